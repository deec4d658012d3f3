// /v1/feed: what concerns a station, a page after the other by a cursor, and events that say when to look.
import type { FastifyInstance } from 'fastify';
import { feed, type FeedItem } from '../../shared/wire/api.ts';
import type { HubContext } from '../context.ts';
import { feedPage, type FeedRow } from '../db/feed.ts';
import { cursorAt, PAGE_BOUNDS, placeOf } from '../feed-place.ts';
import { inShape } from '../read.ts';
import { callerOf } from '../signed.ts';

export function feedRoutes(hub: FastifyInstance, { database, identity, listeners }: HubContext): void {
  const api = {
    summary: 'What concerns this station after a cursor; without one from the beginning',
    query: feed.query,
    answers: { 200: feed.answer },
    refusals: ['bad-request'],
  } as const;
  hub.get('/v1/feed', { config: { api, signed: true } }, async (request) => {
    const { after, limit } = inShape(feed.query, request.query, 'bad-request');
    const place = after === undefined ? 0 : placeOf(after, identity.epoch);
    const page = await feedPage(database.db, callerOf(request).agencyId, place, limit, PAGE_BOUNDS);
    const { epoch } = identity;
    return { items: page.rows.flatMap(toItem), cursor: cursorAt(epoch, page.last), more: page.more, epoch };
  });

  const events = {
    summary: 'Server-sent events: `look` says that the feed has more',
    answers: { 200: { bytes: 'text/event-stream' } },
  } as const;
  hub.get('/v1/feed/events', { config: { api: events, signed: true } }, (request, reply) => {
    reply.hijack();
    listeners.add(callerOf(request).stationId, reply.raw);
  });
}

function toItem({ seq, kind, subject, report }: FeedRow): FeedItem[] {
  if (kind === 'directory') return [{ seq, kind }];
  if (subject === null) return [];
  if (kind === 'revoked') return [{ seq, kind, stationId: subject }];
  if (!report) return [];
  return [
    {
      seq,
      kind,
      id: subject,
      agencyId: report.agencyId,
      stationId: report.stationId,
      body: report.body.toString('utf8'),
      sha256: report.sha256.toString('hex'),
      signature: report.signature.toString('base64url'),
      signKey: report.signKey.toString('base64url'),
      receivedAt: report.receivedAt.toISOString(),
    },
  ];
}
