// `countercheck export`: the detection log of days into one new file, with its manifest.
import { resolve } from 'node:path';
import type { LogTotals, LogWanted } from '../../../shared/contract/logs.ts';
import { LOG_FORMATS, LOG_TIERS, MOST_SHIFTS } from '../../../shared/report/log-codes.ts';
import { parseDay } from '../../../shared/mrz/dates.ts';
import { type Ask, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

type Values = Invocation['values'];

/** How often whoever waits is told how far it is. */
const TELL_MS = 1000;

function day(values: Values, name: 'day' | 'from' | 'to'): string | null {
  const value = values[name];
  if (typeof value !== 'string') return null;
  if (parseDay(value) === null)
    throw new UsageError(say('cli.export.wrong-day', { option: `--${name}`, value }));
  return value;
}

/** The first and the last day; null for today. */
function daysFrom(values: Values): { from: string; to: string } | null {
  const [one, from, to] = [day(values, 'day'), day(values, 'from'), day(values, 'to')];
  if (one !== null && from === null && to === null) return { from: one, to: one };
  if (one === null && from !== null && to !== null && from <= to) return { from, to };
  if (one === null && from === null && to === null) return null;
  throw new UsageError(say('cli.export.days'));
}

function shiftFrom({ shift }: Values): number | null {
  if (typeof shift !== 'string') return null;
  const number = Number(shift);
  if (Number.isInteger(number) && number >= 1 && number <= MOST_SHIFTS) return number;
  throw new UsageError(say('cli.export.wrong-shift', { most: MOST_SHIFTS, value: shift }));
}

function wantedFrom(values: Values): Omit<LogWanted, 'from' | 'to'> {
  const { format, out, post, tier = 'T2' } = values;
  const known = LOG_FORMATS.find((each) => each === format);
  if (known === undefined || typeof out !== 'string') throw new UsageError(say('cli.export.which'));
  const shown = LOG_TIERS.find((each) => each === tier);
  if (shown === undefined) throw new UsageError(say('cli.export.wrong-tier'));
  return {
    formats: [known],
    place: { file: resolve(out) },
    shift: shiftFrom(values),
    post: typeof post === 'string' ? post : null,
    tier: shown,
  };
}

/** A mistyped post would have a log that says that nobody was examined there. */
async function requirePost(ask: Ask, post: string | null): Promise<void> {
  if (post === null) return;
  const { posts } = await ask('log.state', {});
  if (posts.includes(post)) return;
  throw new UsageError(say('cli.export.wrong-post', { value: post, posts: posts.join(', ') }));
}

/** At Ctrl+C the station ends the work itself, so that nothing half made stays; on a terminal it is told how far it is. */
async function watched<T>({ note, values, onInterrupt }: Invocation, ask: Ask, work: Promise<T>): Promise<T> {
  const letGo = onInterrupt(() => void ask('log.cancel', {}).catch(() => undefined));
  const tellHowFar = async (): Promise<void> => {
    const { running } = await ask('log.state', {});
    if (running !== null)
      await note.line(say('cli.export.progress', { part: Math.floor(running.share * 100) }));
  };
  const timer = setInterval(() => void tellHowFar().catch(() => undefined), TELL_MS);
  if (values['json'] === true) clearInterval(timer);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    letGo();
  }
}

const counted = (count: number | null): string => (count === null ? say('log.not-counted') : String(count));

function countsLine({ records, clearedCounted, examined }: LogTotals): string {
  return say('cli.export.counts', {
    records: counted(records),
    counted: counted(clearedCounted),
    examined: counted(examined),
  });
}

export const exportLog: Command = {
  name: 'export',
  options: {
    ...STATION_OPTIONS,
    day: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    shift: { type: 'string' },
    post: { type: 'string' },
    tier: { type: 'string' },
    format: { type: 'string' },
    out: { type: 'string' },
  },
  async run(invocation) {
    const { values, files } = invocation;
    if (files.length > 0) throw new UsageError(say('cli.export.which'));
    // Wrong usage is told before anybody signs in.
    const [wanted, days] = [wantedFrom(values), daysFrom(values)];
    return atStation(invocation, async (ask) => {
      await requirePost(ask, wanted.post);
      const { day: today } = days === null ? await ask('desk.day', { day: null }) : { day: '' };
      const asked = { ...wanted, ...(days ?? { from: today, to: today }) };
      const done = await watched(invocation, ask, ask('log.export', asked));
      const lines = done.files.map(({ path, bytes, sha256 }) =>
        say('cli.export.written', { path, bytes, sha256 }),
      );
      return tell(invocation, done, [
        ...lines,
        countsLine(done.totals),
        say('cli.export.manifest', { path: done.manifest }),
      ]);
    });
  },
};
