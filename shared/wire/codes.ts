// Every refusal of the hub: its code, its status, and what a station does about it. The one table of both sides.

/**
 * `park` that one report and go on, `park-alarm` the same and tell a supervisor, `stop` until somebody looks, `pause` all
 * for as long as the answer says, `retry` later by itself, `fix-clock` sign again with the hub's time.
 */
export type StationDoes = 'park' | 'park-alarm' | 'stop' | 'pause' | 'retry' | 'fix-clock';

interface Refusal {
  status: number;
  does: StationDoes;
}

export const REFUSALS = {
  'bad-request': { status: 400, does: 'park' },
  'unknown-station': { status: 401, does: 'stop' },
  'bad-signature': { status: 401, does: 'stop' },
  clock: { status: 401, does: 'fix-clock' },
  /** A nonce twice: signed anew, it passes. */
  replayed: { status: 401, does: 'retry' },
  /** Of a person at the hub's own pages. */
  'not-signed-in': { status: 401, does: 'stop' },
  revoked: { status: 403, does: 'stop' },
  'not-yours': { status: 403, does: 'park' },
  /** A code for enrolment that is wrong, spent or too old. */
  'code-refused': { status: 403, does: 'stop' },
  'not-found': { status: 404, does: 'park' },
  /** Same id, other bytes. */
  'different-bytes': { status: 409, does: 'park-alarm' },
  /** A picture before the report that names it: its turn comes. */
  'report-first': { status: 409, does: 'retry' },
  'too-large': { status: 413, does: 'park' },
  'wrong-type': { status: 415, does: 'park' },
  schema: { status: 422, does: 'park' },
  /** It says more than its tier may. */
  'tier-leak': { status: 422, does: 'park-alarm' },
  /** Pieces that together are not what the name says. */
  'wrong-hash': { status: 422, does: 'retry' },
  busy: { status: 429, does: 'pause' },
  fault: { status: 500, does: 'retry' },
  'not-ready': { status: 503, does: 'pause' },
} as const satisfies Record<string, Refusal>;

export type RefusalCode = keyof typeof REFUSALS;

/** Status and action of a code, also of one that a newer hub made up: then its status decides. */
export function stationDoes(code: string, status: number): StationDoes {
  const known = Object.entries(REFUSALS).find(([id]) => id === code)?.[1];
  if (known?.status === status) return known.does;
  if (status === 409) return 'park-alarm';
  if (status === 401 || status === 403) return 'stop';
  if (status === 429 || status === 503) return 'pause';
  return status >= 400 && status < 500 && status !== 408 ? 'park' : 'retry';
}
