// Who read an alert: told to the hub by the station that read, and asked of it by the one that sent.
import { z } from 'zod';
import { type AlertReads, alertReads } from '../../shared/wire/api.ts';
import { noteReadTold, untoldReads } from '../db/alerts.ts';
import { type HubLink, isStill, loadHub } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';
import { readJson } from '../json.ts';
import type { HubClient } from './hub-client.ts';

/** Told in one turn. */
const TOGETHER = 20;
const MAX_READS_BYTES = 4 * 1024 * 1024;
/** Somebody waits for the answer on a screen. */
const ASK_MS = 5000;

const notFound = z.object({ error: z.object({ code: z.literal('not-found') }) });

/** The hub's own word, not that of a portal on the way. */
const isUnknown = ({ status, body }: { status: number; body: Buffer }): boolean =>
  status === 404 && notFound.safeParse(readJson(body.toString('utf8'))).success;

/**
 * Tells the hub who opened alerts of others; each is told until the hub has it, which does no harm twice. What the hub
 * knows nothing of is never told again. Answers whether something was told, and whether there is more to tell at once.
 */
export async function tellReads(
  { db, client, now }: { db: Db; client: HubClient; now: () => Date },
  hub: HubLink,
  signal: AbortSignal,
): Promise<'more' | 'done'> {
  const reads = untoldReads(db, TOGETHER);
  for (const { alertId, reader, role, at } of reads) {
    const heard = await client.ask(hub, {
      method: 'PUT',
      target: `/v1/alerts/${alertId}/read`,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ reader, role, at }), 'utf8'),
      signal,
    });
    // Refused for good or unheard: the next look tries again, and reports go their own way meanwhile.
    const isOver = heard.kind === 'answer' && (heard.status === 204 || isUnknown(heard));
    if (!isOver || !isStill(db, hub)) return 'done';
    noteReadTold(db, reader, now().toISOString());
  }
  return reads.length === TOGETHER ? 'more' : 'done';
}

/** What the hub says of who read an alert of this station; null where it does not answer. */
export async function askReads(db: Db, client: HubClient, alertId: string): Promise<AlertReads | null> {
  const hub = loadHub(db);
  if (hub === null || hub.pausedAt !== null || hub.stopped !== null) return null;
  const heard = await client.ask(hub, {
    method: 'GET',
    target: `/v1/alerts/${alertId}/reads`,
    maxBytes: MAX_READS_BYTES,
    signal: AbortSignal.timeout(ASK_MS),
  });
  if (heard.kind !== 'answer' || heard.status !== 200) return null;
  const parsed = alertReads.answer.safeParse(readJson(heard.body.toString('utf8')));
  return parsed.success ? parsed.data : null;
}
