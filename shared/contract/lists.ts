// Shapes of number lists: what is imported and how, how it stands, what is asked of it; never an entry of one.
import { z } from 'zod';
import { LIST_KINDS, LISTED } from '../examination/listed.ts';
import { COLUMN_ROLES } from '../lists/columns.ts';
import { ROW_FAULTS } from '../lists/rows.ts';

const nothing = z.object({});
/** An absolute path on the station's machine. */
const path = z.string().max(1000);
const utc = z.iso.datetime();
const day = z.iso.date();
const listId = z.uuidv7();
const count = z.int().min(0);
const number = z.string().max(40);
const state = z.string().max(3);

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export const DELIMITERS = [',', ';', '\t', '|'] as const;
export const LIST_STEPS = ['reading', 'sorting', 'keeping'] as const;

/** A list that was asked for a document, as the record keeps it. */
export const askedList = z.object({
  id: listId,
  version: z.int().min(1),
  kind: z.enum(LIST_KINDS),
  source: z.string(),
  until: day,
  importedAt: utc,
  matched: z.array(z.enum(LISTED)).max(LISTED.length),
});

/** How the station reads a table; what is not told it finds out. */
const tableGiven = {
  path,
  encoding: z.enum(ENCODINGS).nullable().default(null),
  delimiter: z.enum(DELIMITERS).nullable().default(null),
};

const columns = z.array(z.enum(COLUMN_ROLES).nullable()).max(200);

/** How a table was understood, before anything of it is imported. */
export const listTable = z.object({
  encoding: z.enum(ENCODINGS),
  delimiter: z.enum(DELIMITERS),
  /** Whether the first row names the columns. */
  heading: z.boolean(),
  columns: z.array(
    z.object({
      /** As the first row names it; empty where it names none. */
      title: z.string(),
      role: z.enum(COLUMN_ROLES).nullable(),
      /** Of the first rows, with letters and digits hidden. */
      shapes: z.array(z.string()),
    }),
  ),
});

export const listImport = z.object({
  ...tableGiven,
  kind: z.enum(LIST_KINDS),
  /** Whose list it is. The same kind and source again is a newer version, which takes the place of the one before. */
  source: z.string().trim().min(1).max(120),
  /** Its last day; no day before today. */
  until: day,
  /** What each column is; null for as its headings say. */
  columns: columns.nullable().default(null),
});

const refused = z.array(z.object({ fault: z.enum(ROW_FAULTS), count: z.int().min(1) }));

export const listImported = z.object({
  id: listId,
  version: z.int().min(1),
  rows: count,
  /** Rows of which something can be looked up. */
  taken: count,
  /** What can be looked up, each thing once. */
  entries: count,
  refused,
  /** The first lines that were refused, and why; never what stands there. */
  lines: z.array(z.object({ line: count, fault: z.enum(ROW_FAULTS) })).max(100),
});

export const listRow = z.object({
  id: listId,
  version: z.int().min(1),
  kind: z.enum(LIST_KINDS),
  source: z.string(),
  until: day,
  importedAt: utc,
  importedBy: z.string(),
  entries: count,
  refused: count,
  /** `expired` and `missing` (its file is not here, as after a restore, or was changed) are not asked. */
  standing: z.enum(['in-force', 'expired', 'missing']),
});

export const listState = z.object({
  lists: z.array(listRow),
  running: z.object({ step: z.enum(LIST_STEPS), share: z.number().min(0).max(1) }).nullable(),
});

const lines = z.array(z.string().max(60)).max(3);

export const listChannels = {
  'list.state': { input: nothing, output: listState },
  /** Tables in a folder, by name. Refused with `folder-gone`. */
  'list.find': {
    input: z.object({ folder: path }),
    output: z.object({ files: z.array(z.object({ path, bytes: count })) }),
  },
  /** How a table would be read. Refused with `file-gone`, `list-quote`, `list-columns` (it has no rows). */
  'list.inspect': { input: z.object(tableGiven), output: listTable },
  /**
   * Imports a table: all of it or nothing. Refused with `file-gone`, `list-columns` (none that says what is looked up),
   * `list-quote`, `list-empty` (no row could be taken), `list-busy`, `list-cancelled`, `disk-full`; the version before
   * then stands as it was.
   */
  'list.import': { input: listImport, output: listImported },
  /** Ends an import; answers once nothing is under way. */
  'list.cancel': { input: nothing, output: listState },
  /** Takes a list out of use and removes its file. Refused with `not-found`. */
  'list.remove': { input: z.object({ id: listId }), output: listState },
  /** Asks every list in force for a number typed by hand. Entered in the audit chain, without the number. */
  'list.look': {
    input: z.object({ number, state: state.default(''), visa: z.boolean().default(false) }),
    output: z.object({ lists: z.array(askedList) }),
  },
  /** Asks every list in force for the documents in hand: one answer each, in their order. */
  'lane.listed': {
    input: z.object({
      documents: z.array(z.object({ lines, number: z.string().max(200).optional() })).max(20),
    }),
    output: z.object({ documents: z.array(z.array(askedList)) }),
  },
} as const;

export const listEvents = {
  /** Something of `list.state` changed. */
  'list.changed': nothing,
} as const;

export type Encoding = (typeof ENCODINGS)[number];
export type Delimiter = (typeof DELIMITERS)[number];
export type ListStep = (typeof LIST_STEPS)[number];
export type ListTable = z.infer<typeof listTable>;
export type ListImported = z.infer<typeof listImported>;
export type ListRow = z.infer<typeof listRow>;
export type ListState = z.infer<typeof listState>;
