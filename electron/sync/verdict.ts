// What an answer of the hub means for the row that was sent: the table of docs/sync-protocol.md.
import { z } from 'zod';
import { imagePiece, signedReceipt } from '../../shared/wire/api.ts';
import { stationDoes } from '../../shared/wire/codes.ts';
import { hubTimeText, type Receipt, receiptText, verifyText } from '../../shared/wire/sign.ts';
import type { HubLink } from '../db/hub-link.ts';
import { readJson } from '../json.ts';
import type { Heard } from './hub-client.ts';

/**
 * `sent` with the receipt as text; `more` of a picture, so many bytes of it are there; `park` this one and go on; `stop`
 * until somebody resumes; `pause` everything, for so long where the hub says so; `retry` later by itself; `fix-clock` and
 * sign again.
 */
export type Verdict =
  | { do: 'sent'; receipt: string }
  | { do: 'more'; received: number }
  | { do: 'park'; reason: string; isAlarm: boolean }
  | { do: 'stop'; reason: string }
  | { do: 'pause'; reason: string; ms: number | null }
  | { do: 'retry'; reason: string }
  | { do: 'fix-clock'; offsetMs: number };

/** What a refusal can mean. */
type Refusal = Exclude<Verdict, { do: 'sent' | 'more' }>;

/** What must stand in a receipt for it to be one of ours. */
export type Expected = Pick<Receipt, 'kind' | 'id' | 'sha256'>;
type Keys = Pick<HubLink, 'hubId' | 'signKey'>;

/** Nobody says why: a portal of some network rather than the hub, and it may let go by itself. */
const UNEXPLAINED_MS = 5 * 60_000;

/** Of a newer hub too, whose codes this station does not know. */
const refusalBody = z.object({
  error: z.object({ code: z.string().regex(/^[a-z][a-z-]{0,59}$/) }),
  hubTime: z.iso.datetime().optional(),
  signature: z.string().max(100).optional(),
});

const json = (body: Buffer): unknown => readJson(body.toString('utf8'));

/** The receipt that a text holds, as it is kept; null where it is not the hub's, or is for something else than ours. */
export function soundReceipt(content: unknown, expected: Expected, { hubId, signKey }: Keys): string | null {
  const parsed = signedReceipt.safeParse(content);
  if (!parsed.success) return null;
  const { receipt, signature } = parsed.data;
  const isOurs =
    receipt.kind === expected.kind &&
    receipt.id === expected.id &&
    receipt.sha256 === expected.sha256 &&
    receipt.hubId === hubId;
  return isOurs && verifyText(signKey, receiptText(receipt), signature) ? JSON.stringify(parsed.data) : null;
}

/** Seconds, or a date (RFC 9110 10.2.3); null where it is neither. */
function retryAfterMs(text: string | null, now: Date): number | null {
  if (text === null) return null;
  const seconds = /^\d{1,9}$/u.test(text.trim()) ? Number(text) : Number.NaN;
  const ms = Number.isNaN(seconds) ? Date.parse(text) - now.getTime() : seconds * 1000;
  return Number.isNaN(ms) ? null : Math.max(0, ms);
}

/** By how much this machine's clock is behind the hub's; null where it was not the hub that told its time. */
function clockOffset(
  { hubTime, signature }: z.infer<typeof refusalBody>,
  nonce: string,
  { hubId, signKey }: Keys,
  now: Date,
): number | null {
  if (hubTime === undefined || signature === undefined) return null;
  if (!verifyText(signKey, hubTimeText({ hubTime, hubId, nonce }), signature)) return null;
  return Date.parse(hubTime) - now.getTime();
}

type Answer = Extract<Heard, { kind: 'answer' }>;

/** Without a word of the hub's own the status alone is left. */
function unexplained({ status, retryAfter }: Answer, now: Date): Refusal {
  const reason = `status-${status}`;
  if (status === 409) return { do: 'park', reason, isAlarm: true };
  if (status === 400 || status === 413 || status === 422) return { do: 'park', reason, isAlarm: false };
  if (status === 401 || status === 403) return { do: 'pause', reason, ms: UNEXPLAINED_MS };
  if (status === 429 || status === 503) return { do: 'pause', reason, ms: retryAfterMs(retryAfter, now) };
  return { do: 'retry', reason };
}

/** What a refusal means: by the hub's own word where there is one, else by its status. */
export function refusalVerdict(answer: Answer, hub: Keys, now: Date): Refusal {
  const parsed = refusalBody.safeParse(json(answer.body));
  if (!parsed.success) return unexplained(answer, now);
  const { code } = parsed.data.error;
  switch (stationDoes(code, answer.status)) {
    case 'park':
      return { do: 'park', reason: code, isAlarm: false };
    case 'park-alarm':
      return { do: 'park', reason: code, isAlarm: true };
    case 'stop':
      return { do: 'stop', reason: code };
    case 'pause':
      return { do: 'pause', reason: code, ms: retryAfterMs(answer.retryAfter, now) };
    case 'retry':
      return { do: 'retry', reason: code };
    case 'fix-clock': {
      const offsetMs = clockOffset(parsed.data, answer.nonce, hub, now);
      return offsetMs === null ? { do: 'retry', reason: code } : { do: 'fix-clock', offsetMs };
    }
  }
}

/** What to do about what was heard. A success counts only with a receipt of the hub for exactly what was sent. */
export function verdictOf(heard: Heard, expected: Expected, hub: Keys, now: Date): Verdict {
  if (heard.kind === 'silence') return { do: 'retry', reason: heard.reason };
  const { status } = heard;
  if (status >= 400) return refusalVerdict(heard, hub, now);
  // A redirect, or a page of somebody else: never followed, never believed.
  if (status !== 200 && status !== 201) return { do: 'retry', reason: 'not-the-hub' };
  const content = json(heard.body);
  const receipt = soundReceipt(content, expected, hub);
  if (receipt !== null) return { do: 'sent', receipt };
  const piece = expected.kind === 'image' ? imagePiece.answer.safeParse(content) : null;
  if (piece?.success === true && piece.data.receipt === undefined)
    return { do: 'more', received: piece.data.received };
  return { do: 'retry', reason: 'not-the-hub' };
}
