// Lists that go on below: where the next page begins, and the link to it.
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Html, html } from '../../shared/report/html.ts';
import type { ListPlace } from '../db/reports.ts';
import { word } from './words.ts';

const place = z.tuple([z.iso.datetime(), z.uuid()]);

/** The row that the page begins below; null for the first page, and for what is no place. */
export function placeBelow(request: FastifyRequest): ListPlace | null {
  const { below } = request.query as { below?: unknown };
  const read = place.safeParse(typeof below === 'string' ? below.split('_') : []);
  return read.success ? { receivedAt: new Date(read.data[0]), id: read.data[1] } : null;
}

/** The link to what lies below the last row; nothing where there is none. `query` is kept. */
export function olderLink(
  path: string,
  last: ListPlace | undefined,
  query: Record<string, string> = {},
): Html | null {
  if (last === undefined) return null;
  const below = `${last.receivedAt.toISOString()}_${last.id}`;
  return html`<p><a href="${path}?${new URLSearchParams({ ...query, below }).toString()}">${word('hub.older')}</a></p>`;
}
