// A station whose clock a test sets, a day's work at it, and what is asked of its logs.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { Input } from '../../shared/contract/channels.ts';
import { decide, draftOf, OFFICER, openReady, refer, type TestApp } from './fixtures.ts';

const HOUR_MS = 3_600_000;
export const DAY = '2026-11-21';
/** Half past eight in the morning of that day in Bangkok. */
export const MORNING = Date.parse('2026-11-21T01:30:00.000Z');
/** A place that a spreadsheet would run. */
export const PLACE = '=cmd|" /C calc"!A0';

export interface Clocked extends TestApp {
  /** Sets the clock. */
  at(time: number): void;
}

export async function openClocked(
  options: Parameters<typeof openReady>[0] = {},
  settings = {},
): Promise<Clocked> {
  let time = MORNING;
  const app = await openReady(
    { now: () => new Date(time), ...options },
    { place: PLACE, clearedPolicy: 'record', idleMinutes: 30, ...settings },
  );
  return Object.assign(app, {
    at(next: number) {
      time = next;
    },
  });
}

type Decision = Input<'examination.save'>['decision'];

export async function examine(
  app: Clocked,
  time: number,
  decision: Decision,
  lines?: string[],
): Promise<void> {
  app.at(time);
  await app.signIn(OFFICER);
  const startedAt = new Date(time - 20_000).toISOString();
  const day = new Date(time + 7 * HOUR_MS).toISOString().slice(0, 10);
  const draft = { ...draftOf(null, lines), startedAt };
  await app.ask('examination.save', { ...draft, judgedOn: day, decision });
}

/** A day with three examinations, and one of the night that belongs to its last shift. */
export async function worked(app: Clocked): Promise<void> {
  await examine(app, MORNING, decide('clear'));
  await examine(app, MORNING + 7 * HOUR_MS, refer('a note about Anna'));
  await examine(app, MORNING + 14 * HOUR_MS, decide('skip', ['no-time']));
  await examine(app, MORNING + 18 * HOUR_MS, decide('clear'));
}

export const wanted = (folder: string, more: Partial<Input<'log.export'>> = {}): Input<'log.export'> => ({
  from: DAY,
  to: DAY,
  shift: null,
  post: null,
  tier: 'T2',
  formats: ['csv', 'xlsx', 'json'],
  place: { folder },
  ...more,
});

export const plan = (folder: string | null, more: Partial<Input<'log.plan'>> = {}): Input<'log.plan'> => ({
  folder,
  at: '00:30',
  formats: ['csv', 'json'],
  tier: 'T2',
  shifts: [],
  ...more,
});

export const jsonOf = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
export const rowsOf = (path: string): string[][] =>
  parse(readFileSync(path), { bom: true, record_delimiter: '\r\n' });
