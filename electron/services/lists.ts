// Lists of numbers: imported, removed, and asked for every document; what they hold is known here as tokens alone.
import { createSecretKey, type KeyObject } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { ListImported, ListRow, ListState, ListStep } from '../../shared/contract/lists.ts';
import type { AskedList } from '../../shared/examination/listed.ts';
import { areEnough, columnsOf } from '../../shared/lists/columns.ts';
import {
  type AskedDocument,
  isPlainNumber,
  keysOfDocument,
  keysOfNumber,
  keysOfVisa,
  type ListKey,
  matchedOf,
  numberText,
  stateText,
} from '../../shared/lists/keys.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { deleteList, type ListEntry, loadLists, saveList } from '../db/lists.ts';
import { StationFailure } from '../failure.ts';
import { syncFolder } from '../files.ts';
import { newKey, wipe } from '../keys.ts';
import { type Imported, type ImportJob, UNFINISHED } from '../lists/import.ts';
import { findTables, inspectTable } from '../lists/inspect.ts';
import { digestOfFile, LIST_SUFFIX, openTokens, type TokenFile, tokenOf } from '../lists/token-file.ts';
import { onDuty, type ServiceContext, today } from './context.ts';
import { createUnderWay } from './under-way.ts';

/** Imports one table beside the station's own work. */
export interface Importer {
  run(job: ImportJob, told: (step: ListStep, share: number) => void): Promise<Imported>;
  /** Ends it where it stands; what it left on the disk stays for the caller to remove. */
  end(): Promise<void>;
}

export interface ListService {
  state(): ListState;
  find(input: Request<'list.find'>): Promise<Output<'list.find'>>;
  inspect(input: Request<'list.inspect'>): Promise<Output<'list.inspect'>>;
  import(input: Request<'list.import'>): Promise<ListImported>;
  cancel(): Promise<ListState>;
  remove(id: string): ListState;
  look(input: Request<'list.look'>): Output<'list.look'>;
  /** What every list in force says of each document, in their order; today is the station's. */
  asked(documents: readonly (AskedDocument | null)[]): AskedList[][];
  /** Whether a list in force cannot be asked: its file is not here, or is not the one that was written. */
  hasMissing(): boolean;
  /** Opens the files that the store names, removes all others, and looks whether they are whole. */
  start(): void;
  close(): Promise<void>;
}

export const LIST_FOLDER = 'lists';

interface OpenList {
  entry: ListEntry;
  key: KeyObject;
  /** Null where the file is not here, or was changed. */
  tokens: TokenFile | null;
}

export function createListService(context: ServiceContext, importer: Importer): ListService {
  const { db, dataFolder, now, emit } = context;
  const folder = join(dataFolder, LIST_FOLDER);
  const open = new Map<string, OpenList>();
  let isClosed = false;
  const work = createUnderWay<ListStep>(
    () => {
      if (!isClosed) emit('list.changed', {});
    },
    { busy: 'list-busy', cancelled: 'list-cancelled' },
  );

  function take(entry: ListEntry): OpenList {
    open.get(entry.id)?.tokens?.close();
    const taken = {
      entry,
      key: createSecretKey(entry.key),
      tokens: openTokens(join(folder, entry.file), entry.tokens),
    };
    open.set(entry.id, taken);
    return taken;
  }

  /** Removes what no list names: versions before, and what a cut left. */
  function sweep(): void {
    const named = new Set([...open.values()].map(({ entry }) => entry.file));
    let files: string[];
    try {
      files = readdirSync(folder);
    } catch {
      // Before the first import there is no folder.
      return;
    }
    for (const file of files.filter((name) => name.includes(LIST_SUFFIX) && !named.has(name)))
      rmSync(join(folder, file), { recursive: true, force: true });
  }

  /** A changed file must not say "not listed": it is not asked any more. */
  async function check(list: OpenList): Promise<void> {
    const { entry, tokens } = list;
    if (tokens === null) return;
    const digest = await digestOfFile(join(folder, entry.file));
    if (isClosed || list.tokens === null || open.get(entry.id) !== list || digest === entry.sha256) return;
    list.tokens.close();
    list.tokens = null;
    emit('list.changed', {});
  }

  const day = (): string => today(db, now());

  function rowOf({ entry, tokens }: OpenList): ListRow {
    const { id, version, kind, source, until, importedAt, importedBy, refused } = entry;
    const standing = until < day() ? 'expired' : tokens === null ? 'missing' : 'in-force';
    return {
      id,
      version,
      kind,
      source,
      until,
      importedAt,
      importedBy,
      entries: entry.tokens,
      refused,
      standing,
    };
  }

  const state = (): ListState => ({
    lists: [...open.values()].map(rowOf),
    running: work.running(),
  });

  /** What the lists in force say of these keys. */
  function answers(keys: readonly ListKey[]): AskedList[] {
    if (keys.length === 0) return [];
    const now = day();
    return [...open.values()].flatMap(({ entry, key, tokens }) => {
      if (tokens === null || entry.until < now) return [];
      const { id, version, kind, source, until, importedAt, shapes } = entry;
      const found = keys.filter(
        ({ shape, text }) => shapes.includes(shape) && tokens.has(tokenOf(key, text)),
      );
      return [{ id, version, kind, source, until, importedAt, matched: matchedOf(found) }];
    });
  }

  function note(action: string, subjectId: string, digest: string): void {
    const { officer } = onDuty(context);
    appendAudit(db, { at: now().toISOString(), officerId: officer.id, action, subjectId, digest });
  }

  /** Puts the new version in the place of the one before in one transaction: a cut leaves the one or the other, whole. */
  function keep(entry: ListEntry): void {
    db.transaction(() => {
      saveList(db, entry);
      const { id, kind, source, version, until, tokens, sha256 } = entry;
      note('list.imported', id, digestOf([kind, source, version, until, tokens, sha256]));
    }).immediate();
    take(entry);
    sweep();
  }

  async function imported(input: Request<'list.import'>): Promise<ListImported> {
    const { officer } = onDuty(context);
    const { path, kind, source, until } = input;
    if (until < day()) throw new StationFailure('bad-request', ['until']);
    const table = await inspectTable(input);
    const columns = input.columns ?? columnsOf(table.columns.map(({ title }) => title));
    if (!areEnough(columns, kind)) throw new StationFailure('list-columns');
    work.checkCancelled();
    const before = [...open.values()].find(({ entry }) => entry.kind === kind && entry.source === source);
    const file = `${uuidv7()}${LIST_SUFFIX}`;
    const key = newKey();
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    try {
      const { encoding, delimiter, heading } = table;
      const done = await importer.run(
        { table: { path, encoding, delimiter }, heading, columns, kind, key, folder, name: file },
        (step, share) => work.tell(step, share),
      );
      work.checkCancelled();
      syncFolder(folder);
      const entry: ListEntry = {
        id: before?.entry.id ?? uuidv7(),
        kind,
        source,
        version: (before?.entry.version ?? 0) + 1,
        until,
        importedAt: now().toISOString(),
        importedBy: officer.name,
        file,
        key: Buffer.from(key),
        tokens: done.tokens,
        refused: done.rows - done.taken,
        shapes: done.shapes,
        sha256: done.sha256,
      };
      keep(entry);
      const { rows, taken, refused, lines } = done;
      return { id: entry.id, version: entry.version, rows, taken, entries: done.tokens, refused, lines };
    } catch (error) {
      for (const left of [file, `${file}${UNFINISHED}`])
        rmSync(join(folder, left), { recursive: true, force: true });
      throw error;
    } finally {
      wipe(key);
    }
  }

  async function cancel(by: string | null): Promise<void> {
    await work.cancel(by, () => importer.end());
  }

  return {
    state,
    find: async (input) => ({ files: await findTables(input.folder) }),
    inspect: (input) => inspectTable(input),
    import: (input) => work.alone('reading', () => imported(input)),
    async cancel() {
      await cancel(context.actor()?.officerId ?? null);
      return state();
    },
    remove(id) {
      const list = open.get(id);
      if (list === undefined) throw new StationFailure('not-found');
      db.transaction(() => {
        deleteList(db, id);
        note('list.removed', id, digestOf([list.entry.version, list.entry.sha256]));
      }).immediate();
      list.tokens?.close();
      open.delete(id);
      sweep();
      emit('list.changed', {});
      return state();
    },
    look({ number, state: typed, visa }) {
      const text = numberText(number);
      if (!isPlainNumber(text)) throw new StationFailure('bad-request', ['number']);
      const code = typed.trim() === '' ? '' : stateText(typed);
      if (code === null) throw new StationFailure('bad-request', ['state']);
      const lists = answers(visa ? keysOfVisa(text, code) : keysOfNumber(text, code, null));
      // Somebody tries numbers: who and how often is told, which numbers is nobody's business.
      const { stationId } = onDuty(context);
      note('list.looked', stationId, digestOf(lists.map(({ id, version }) => [id, version])));
      return { lists };
    },
    asked(documents) {
      if (open.size === 0) return documents.map(() => []);
      const now = day();
      return documents.map((document) => (document === null ? [] : answers(keysOfDocument(document, now))));
    },
    hasMissing: () => [...open.values()].some(({ entry, tokens }) => tokens === null && entry.until >= day()),
    start() {
      const lists = loadLists(db).map(take);
      sweep();
      void (async () => {
        for (const list of lists) await check(list);
      })();
    },
    async close() {
      isClosed = true;
      await cancel(null);
      for (const { tokens } of open.values()) tokens?.close();
      open.clear();
    },
  };
}
