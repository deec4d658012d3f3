// A station of our own in a temporary folder, and requests that fit the contract.
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach } from 'vitest';
import { type App, type AppOptions, createApp } from '../../electron/app.ts';
import { connect } from '../../electron/db/open.ts';
import { dayIn } from '../../electron/services/context.ts';
import type { Reply } from '../../shared/contract/bridge.ts';
import type { Channel, Input, Output } from '../../shared/contract/channels.ts';
import type { StoredImage } from '../../shared/contract/images.ts';
import { quarters } from '../images/samples.ts';
import sharp from 'sharp';
import { NO_SHELL } from './no-shell.ts';

import {
  ADMINISTRATOR,
  CHEAP,
  databaseOf,
  dataKeyOf,
  LISTED,
  newDatabase,
  OFFICER,
  SETTINGS,
  setUpFolder,
  setupOf,
} from './set-up.ts';

export {
  ADMINISTRATOR,
  CHEAP,
  databaseOf,
  dataKeyOf,
  LISTED,
  newDatabase,
  NO_SHELL,
  OFFICER,
  SETTINGS,
  setupOf,
};

export const newId = (): string => uuidv7();

// Every write is synced to the disk; in memory that costs nothing, and no test here cuts the power.
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

const folders: string[] = [];
const apps: App[] = [];

afterEach(async () => {
  for (const app of apps.splice(0)) await app.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(PLACE, 'countercheck-test-'));
  folders.push(folder);
  return folder;
}

export interface TestApp extends App {
  folder: string;
  faults: string[];
  events: string[];
  call<C extends Channel>(channel: C, input: Input<C>): Promise<Reply<Output<C>>>;
  /** The value, or an error with the code. */
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>>;
  /** The code of a refusal, or `ok`. */
  codeOf<C extends Channel>(channel: C, input: Input<C>): Promise<string>;
  image(grey?: number): Promise<StoredImage>;
  /** Signs somebody in at the window. */
  signIn(person: { id: string; secret: string }): Promise<void>;
}

export async function openApp(options: Partial<AppOptions> = {}): Promise<TestApp> {
  const folder = options.dataFolder ?? temporaryFolder();
  const faults: string[] = [];
  const events: string[] = [];
  const app = await createApp({
    version: '0.0.0-test',
    shell: NO_SHELL,
    kdf: CHEAP,
    ...options,
    dataFolder: folder,
    report: (fault) => faults.push(fault),
  });
  apps.push(app);
  app.subscribe((event) => events.push(event));
  const test: TestApp = {
    ...app,
    get failure() {
      return app.failure;
    },
    folder,
    faults,
    events,
    call: async (channel, input) => JSON.parse(await app.dispatch(channel, JSON.stringify(input))),
    async ask(channel, input) {
      const reply = await test.call(channel, input);
      if (!reply.ok) throw new Error(`${channel}: ${reply.error.code} ${reply.error.fields?.join() ?? ''}`);
      return reply.value;
    },
    async codeOf(channel, input) {
      const reply = await test.call(channel, input);
      return reply.ok ? 'ok' : reply.error.code;
    },
    async signIn({ id, secret }) {
      await test.ask('vault.sign-in', { officerId: id, secret });
    },
    async image(grey = 100) {
      const pixels = quarters().fill(grey, 0, 300);
      const bytes = await sharp(pixels, { raw: { width: 96, height: 64, channels: 3 } })
        .png()
        .toBuffer();
      const reply: Reply<StoredImage> = JSON.parse(await app.putImage(bytes));
      if (!reply.ok) throw new Error(reply.error.code);
      return reply.value;
    },
  };
  return test;
}

/** Today at a station of these settings. */
export const TODAY = dayIn(SETTINGS.timeZone, new Date());

/** A station that is set up, with an officer at the counter. */
export async function openReady(
  options: Partial<AppOptions> = {},
  settings: Partial<Input<'settings.save'>> = {},
): Promise<TestApp> {
  const app = await openApp(options);
  await app.ask('station.setup', setupOf(settings));
  await app.signIn(OFFICER);
  return app;
}

/** A folder that is set up, for a station in another thread or process: there a secret costs what it costs for real. */
export async function readyFolder(): Promise<string> {
  const folder = temporaryFolder();
  await setUpFolder(folder);
  return folder;
}

/** The station of a folder that is set up, opened again, with the officer at the counter. */
export async function openAgain(folder: string, options: Partial<AppOptions> = {}): Promise<TestApp> {
  const app = await openApp({ ...options, dataFolder: folder });
  await app.signIn(OFFICER);
  return app;
}

/** The passport of Doc 9303-4 appendix B. */
export const ERIKSSON = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];

type DraftInput = Input<'draft.save'>;

export function reading(
  lines: string[],
  imageId: string | null = null,
): DraftInput['documents'][number]['reading'] {
  return {
    source: imageId === null ? 'typed' : 'image',
    lines,
    rawLines: lines,
    corrections: [],
    lowConfidence: [],
    confidence: imageId === null ? null : 0.98,
    outline: null,
    imageId,
  };
}

/** A draft of one document, with a picture where one is given. */
export function draftOf(image: string | null = null, lines: string[] = ERIKSSON): DraftInput {
  return {
    id: newId(),
    startedAt: '2026-11-22T08:00:00.000Z',
    documents: [
      {
        id: newId(),
        images: image === null ? [] : [{ id: image, light: 'white', source: 'file' }],
        reading: reading(lines, image),
      },
    ],
  };
}

type Decision = Input<'examination.save'>['decision'];

export const decide = (outcome: Decision['outcome'], reasons: string[] = [], note = ''): Decision => ({
  id: newId(),
  outcome,
  reasons,
  note,
});

export const refer = (note = ''): Decision => decide('referred', ['at-second-line'], note);

export const ALL: Input<'history.search'> = {
  text: '',
  state: '',
  from: null,
  to: null,
  outcome: null,
  limit: 100,
  offset: 0,
};

/**
 * The pages of the station's store as they lie on disk now, free ones too: SQLite hands out each as it reads it. Throws
 * where the log holds older pages.
 */
export async function pagesInClear(folder: string): Promise<Buffer> {
  const logged = statSync(join(folder, 'station.db-wal'), { throwIfNoEntry: false })?.size ?? 0;
  if (logged > 0) throw new Error(`the log holds ${logged} bytes`);
  const db = connect(join(folder, 'station.db'), await dataKeyOf(folder), 'WAL');
  try {
    return db.serialize();
  } finally {
    db.close();
  }
}
