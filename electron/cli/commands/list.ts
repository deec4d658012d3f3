// `countercheck list import|list|remove|look`: lists of numbers taken in, shown, taken out of use, and asked by hand.
import { resolve } from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import { DELIMITERS, ENCODINGS, type ListImported } from '../../../shared/contract/lists.ts';
import { parseDay } from '../../../shared/mrz/dates.ts';
import { LIST_KINDS } from '../../../shared/examination/listed.ts';
import { COLUMN_ROLES, type Columns } from '../../../shared/lists/columns.ts';
import { type Ask, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

const OPTIONS: ParseArgsOptionsConfig = {
  kind: { type: 'string' },
  source: { type: 'string' },
  until: { type: 'string' },
  encoding: { type: 'string' },
  delimiter: { type: 'string' },
  columns: { type: 'string' },
  state: { type: 'string' },
  visa: { type: 'boolean' },
};
const PROGRESS_MS = 1000;

/** One of the values that an option may have; null where it is not given. */
function oneOf<T extends string>(
  { values }: Invocation,
  option: string,
  known: readonly T[],
  spelled: (text: string) => string = (text) => text,
): T | null {
  const given = values[option];
  if (typeof given !== 'string') return null;
  const found = known.find((each) => each === spelled(given));
  if (found === undefined) throw new UsageError(say('cli.list.option', { option: `--${option}` }));
  return found;
}

function columnsGiven({ values }: Invocation): Columns | null {
  const { columns } = values;
  if (typeof columns !== 'string') return null;
  return columns.split(',').map((text) => {
    const name = text.trim();
    const role = COLUMN_ROLES.find((each) => each === name);
    if (role === undefined && name !== 'none' && name !== '')
      throw new UsageError(say('cli.list.option', { option: '--columns' }));
    return role ?? null;
  });
}

/** Tells how far an import is while it goes on, and stops it at Ctrl+C, so that nothing half made stays. */
async function followed<T>(
  { onInterrupt, note, values }: Invocation,
  ask: Ask,
  work: Promise<T>,
): Promise<T> {
  const letGo = onInterrupt(() => void ask('list.cancel', {}).catch(() => undefined));
  const tellProgress = async (): Promise<void> => {
    const { running } = await ask('list.state', {});
    if (running === null) return;
    const hundredths = Math.floor(running.share * 100);
    await note.line(say('cli.list.progress', { step: say(`lists.step.${running.step}`), hundredths }));
  };
  const timer =
    values['json'] === true
      ? null
      : setInterval(() => void tellProgress().catch(() => undefined), PROGRESS_MS);
  try {
    return await work;
  } finally {
    if (timer !== null) clearInterval(timer);
    letGo();
  }
}

function importedLines({ id, version, rows, taken, entries, refused, lines }: ListImported): string[] {
  const count = rows - taken;
  return [
    say('cli.list.imported', { id, version, rows, taken, entries }),
    ...(count > 0 ? [say('lists.refused', { count })] : []),
    ...refused.flatMap(({ fault, count: refusals }) => {
      const own = lines.filter((each) => each.fault === fault).map(({ line }) => line);
      const told = say(`lists.fault.${fault}`, { count: refusals });
      return own.length === 0 ? [told] : [told, say('lists.refused.lines', { lines: own.join(', ') })];
    }),
  ];
}

function importList(invocation: Invocation, file: string): Promise<number> {
  const { source, until } = invocation.values;
  const kind = oneOf(invocation, 'kind', LIST_KINDS);
  const isDay = typeof until === 'string' && parseDay(until) !== null;
  if (kind === null || typeof source !== 'string' || source.trim() === '' || !isDay)
    throw new UsageError(say('cli.list.import-needs'));
  const input = {
    path: resolve(file),
    kind,
    source,
    until,
    encoding: oneOf(invocation, 'encoding', ENCODINGS),
    delimiter: oneOf(invocation, 'delimiter', DELIMITERS, (text) => (text === 'tab' ? '\t' : text)),
    columns: columnsGiven(invocation)?.slice() ?? null,
  };
  return atStation(invocation, async (ask) => {
    const done = await followed(invocation, ask, ask('list.import', input));
    return tell(invocation, done, importedLines(done));
  });
}

function show(invocation: Invocation): Promise<number> {
  return atStation(invocation, async (ask) => {
    const state = await ask('list.state', {});
    const rows = state.lists.map(({ id, kind, source, version, entries, until, standing }) =>
      say('cli.list.row', {
        id,
        kind: say(`lists.kind.${kind}`),
        source,
        version,
        entries,
        until,
        standing: say(`lists.standing.${standing}`),
      }),
    );
    return tell(invocation, state, rows.length > 0 ? rows : [say('cli.list.none')]);
  });
}

function remove(invocation: Invocation, id: string): Promise<number> {
  return atStation(invocation, async (ask) =>
    tell(invocation, await ask('list.remove', { id }), [say('cli.list.removed')]),
  );
}

function look(invocation: Invocation, number: string): Promise<number> {
  const { state: named, visa } = invocation.values;
  const state = typeof named === 'string' ? named.trim() : '';
  return atStation(invocation, async (ask) => {
    const answer = await ask('list.look', {
      number,
      state,
      visa: visa === true,
    });
    const found = answer.lists
      .filter(({ matched }) => matched.length > 0)
      .map(({ kind, source, importedAt, until }) =>
        say('cli.list.found', { kind: say(`lists.kind.${kind}`), source, importedAt, until }),
      );
    const none =
      answer.lists.length === 0
        ? say('cli.list.no-lists')
        : say(state === '' ? 'cli.list.not-found-alone' : 'cli.list.not-found', {
            count: answer.lists.length,
          });
    return tell(invocation, answer, found.length > 0 ? found : [none]);
  });
}

export const list: Command = {
  name: 'list',
  options: { ...STATION_OPTIONS, ...OPTIONS },
  async run(invocation) {
    const [action, what, ...rest] = invocation.files;
    if (rest.length === 0 && what === undefined && action === 'list') return show(invocation);
    if (rest.length === 0 && what !== undefined) {
      if (action === 'import') return importList(invocation, what);
      if (action === 'remove') return remove(invocation, what);
      if (action === 'look') return look(invocation, what);
    }
    throw new UsageError(say('cli.list.which'));
  },
};
