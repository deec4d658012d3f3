// The lists of a station as a test sets them: which there are, what the lane is answered, and an import step by step.
import type { Handlers } from '../../shared/contract/channels.ts';
import type { ListImported, ListRow, ListState, ListTable } from '../../shared/contract/lists.ts';
import type { AskedList } from '../../shared/examination/listed.ts';

export interface FakeLists {
  lists: ListRow[];
  running: ListState['running'];
  table: ListTable;
  done: ListImported;
  /** What every list says of a document with these rows. */
  listed: (lines: readonly string[]) => AskedList[];
}

export const LIST_ID = '0192b000-0000-7000-8000-00000000c001';

/** A list of ten million numbers that stands so. */
export const listRow = (standing: ListRow['standing']): ListRow => ({
  id: LIST_ID.slice(0, -1) + { 'in-force': '1', expired: '2', missing: '3' }[standing],
  version: 3,
  kind: ({ 'in-force': 'lost', expired: 'stop', missing: 'watch' } as const)[standing],
  source: 'Utopia, police',
  until: '2026-12-31',
  importedAt: '2026-11-20T06:00:00.000Z',
  importedBy: 'Z. Keys',
  entries: 10_000_000,
  refused: 2,
  standing,
});

export function createFakeLists(): FakeLists {
  return {
    lists: [],
    running: null,
    table: {
      encoding: 'windows-1252',
      delimiter: ';',
      heading: true,
      columns: [
        { title: 'Passnummer', role: 'number', shapes: ['A9999999', 'AA999999'] },
        { title: 'Staat', role: 'state', shapes: ['AAA', 'AAA'] },
        { title: 'Bemerkung', role: null, shapes: ['', 'aaaaaaa'] },
      ],
    },
    done: {
      id: LIST_ID,
      version: 2,
      rows: 5,
      taken: 3,
      entries: 3,
      refused: [
        { fault: 'state', count: 1 },
        { fault: 'length', count: 1 },
      ],
      lines: [
        { line: 3, fault: 'state' },
        { line: 5, fault: 'length' },
      ],
    },
    listed: () => [],
  };
}

type ListChannel = Extract<keyof Handlers, `list.${string}`> | 'lane.listed';

export function fakeLists(own: FakeLists): Pick<Handlers, ListChannel> {
  const state = (): ListState => ({ lists: own.lists, running: own.running });
  return {
    'lane.listed': ({ documents }) => ({ documents: documents.map(({ lines }) => own.listed(lines)) }),
    'list.state': state,
    'list.find': ({ folder }) => ({
      files: [
        { path: `${folder}/lost.csv`, bytes: 152_000_000 },
        { path: `${folder}/stop.csv`, bytes: 900 },
      ],
    }),
    'list.inspect': () => own.table,
    'list.import': () => own.done,
    'list.cancel': () => {
      own.running = null;
      return state();
    },
    'list.remove': ({ id }) => {
      own.lists = own.lists.filter((list) => list.id !== id);
      return state();
    },
    'list.look': () => ({ lists: [] }),
  };
}
