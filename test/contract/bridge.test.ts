// One table of questions over both bridges, from the window's own client to a real station: the answers are the same.
import { rmSync } from 'node:fs';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { type Channel, contract } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import {
  ADMINISTRATOR,
  ALL,
  decide,
  draftOf,
  ERIKSSON,
  LISTED,
  newId,
  OFFICER,
  refer,
  SETTINGS,
  setupOf,
  TODAY,
} from '../electron/fixtures.ts';
import type { Client } from './client.ts';
import { clientFolder, openElectron, openHost, type OpenShell } from './shells.ts';

/** A browser and a build on a busy machine. */
const START_MS = 120_000;

type Answer = { value: unknown } | { code: string };
type OwnWindow = typeof globalThis & { client: Client };

/** Answers of each shell in their order, without what must differ. */
const transcripts: Record<string, unknown[]> = {};
let windowFolder = '';

beforeAll(async () => {
  windowFolder = await clientFolder();
}, START_MS);
afterAll(() => rmSync(windowFolder, { recursive: true, force: true }));

// Made once, so that both shells are asked exactly the same.
const examined = draftOf();
const decided = refer('seen at the counter');
const cleared = draftOf();
const unknownId = newId();
const anAlert = {
  reportId: unknownId,
  content: {
    tip: 'Tilt the page.',
    audience: { agencies: [], places: [], countries: [] },
    fits: { types: ['passport_ord'], issuers: ['UTO'], numberRange: null, mrzPattern: [] },
    days: 30,
  },
};
const changed = decide('clear');
const second = { id: newId(), name: 'B. Officer', role: 'officer', signInName: 'second' };
const administrator = {
  id: newId(),
  name: 'R. Recovered',
  signInName: 'recovered',
  secret: 'from the sheet',
};
const taken = { examinationId: examined.id, entry: { id: newId(), kind: 'taken' } };
const concluded = {
  id: newId(),
  kind: 'outcome',
  outcome: 'L2.forged',
  dispositions: [],
  reasons: [],
  note: '',
};
/** Weeks of which there is nothing. */
const BEFORE = { from: '2020-W01', to: '2020-W10', week: null, only: {} };
const protection = { id: newId(), examinationId: newId(), signs: [], note: 'x' };

describe.each([
  ['electron', openElectron],
  ['loopback', openHost],
] as const)('the bridge of %s', (name, open) => {
  let shell: OpenShell;
  let page: Page;
  const transcript: unknown[] = (transcripts[name] = []);

  beforeAll(async () => {
    shell = await open(windowFolder);
    page = shell.page;
  }, START_MS);
  afterAll(async () => {
    await shell?.close();
    expect(shell?.faults).toEqual([]);
  });

  async function ask(channel: string, input: unknown): Promise<Answer> {
    const answer = await page.evaluate(
      ([asked, body]) => (globalThis as unknown as OwnWindow).client.ask(asked as string, body),
      [channel, input] as const,
    );
    transcript.push([channel, masked(answer)]);
    return answer;
  }
  const put = (bytes: Uint8Array): Promise<Answer> =>
    page.evaluate((all) => (globalThis as unknown as OwnWindow).client.put(all), [...bytes]);
  const look = (id: string): Promise<unknown> =>
    page.evaluate((asked) => (globalThis as unknown as OwnWindow).client.look(asked), id);
  const heard = (): Promise<string[]> =>
    page.evaluate(() => (globalThis as unknown as OwnWindow).client.heard.map(({ event }) => event));

  test.each<[string, string, unknown, object]>([
    [
      'a station that was just started',
      'vault.state',
      {},
      { value: { phase: 'sealed', session: null, people: [] } },
    ],
    ['anything of a station that is sealed', 'station.state', {}, { code: 'signed-out' }],
    ['a channel that is none', 'station.nothing', {}, { code: 'unknown-channel' }],
    ['a name that every object has', 'toString', {}, { code: 'unknown-channel' }],
    ['another such name', '__proto__', {}, { code: 'unknown-channel' }],
    ['a question that is no object', 'vault.sign-in', null, { code: 'bad-request' }],
    [
      'a record before anybody signs in',
      'examination.save',
      { ...examined, judgedOn: TODAY, decision: decided },
      { code: 'signed-out' },
    ],
    ['a second first run', 'station.setup', setupOf(), { code: 'already-saved' }],
    ['an upgrade of nothing', 'station.upgrade', { administrator, officer: null }, { code: 'already-saved' }],
    ['a wrong secret', 'vault.sign-in', { name: 'officer', secret: '000111' }, { code: 'sign-in-wrong' }],
    [
      'a key that is none',
      'vault.recover',
      { recoveryKey: 'AAAAA', administrator },
      { code: 'recovery-wrong' },
    ],
    [
      'the administrator',
      'vault.sign-in',
      { name: ADMINISTRATOR.signInName, secret: ADMINISTRATOR.secret },
      { value: { phase: 'open', session: { role: 'administrator' } } },
    ],
    [
      'settings that do not fit',
      'settings.save',
      { ...SETTINGS, country: 'Utopia' },
      { code: 'bad-request' },
    ],
    ['settings that do', 'settings.save', SETTINGS, { value: { settings: SETTINGS } }],
    [
      'a traveller’s record for the administrator',
      'history.open',
      { id: unknownId },
      { code: 'not-allowed' },
    ],
    [
      'a second officer',
      'people.save',
      { ...second, secret: 'for one day only' },
      {
        value: {
          people: [{ id: OFFICER.id }, { id: second.id, mustChange: true }, { id: ADMINISTRATOR.id }],
        },
      },
    ],
    ['the people', 'people.list', {}, { value: { people: [{}, {}, {}] } }],
    ['nobody to release', 'people.release', { id: unknownId }, { code: 'not-found' }],
    ['nobody to give a secret', 'people.new-secret', { id: unknownId, secret: 'x' }, { code: 'not-found' }],
    ['nobody to leave', 'people.leave', { id: unknownId }, { code: 'not-found' }],
    [
      'another recovery key without proof',
      'vault.new-recovery-key',
      { secret: 'x' },
      { code: 'sign-in-wrong' },
    ],
    ['a change of keys without proof', 'vault.change-key', { secret: 'x' }, { code: 'sign-in-wrong' }],
    ['a locked window', 'vault.lock', {}, { value: { phase: 'locked', people: [LISTED, {}, {}] } }],
    [
      'a change of shift',
      'vault.sign-in',
      { officerId: OFFICER.id, secret: OFFICER.secret },
      { value: { phase: 'open', session: { officerId: OFFICER.id } } },
    ],
    ['a hand on the window', 'vault.touch', {}, { value: {} }],
    [
      'a secret without proof',
      'vault.change-secret',
      { secret: 'x', newSecret: '730162' },
      { code: 'sign-in-wrong' },
    ],
    ['no draft yet', 'draft.load', {}, { value: { draft: null, begunBy: null } }],
    ['no draft to take over', 'draft.take', { id: unknownId }, { code: 'not-found' }],
    ['a draft left alone', 'draft.leave', { id: unknownId }, { value: {} }],
    [
      'what is for the eyes',
      'settings.adjust',
      { theme: 'dark', sound: true, cameraLabel: null },
      { value: { settings: { theme: 'dark' } } },
    ],
    ['a draft kept', 'draft.save', examined, { value: {} }],
    ['the draft again', 'draft.load', {}, { value: { draft: examined } }],
    [
      'a record',
      'examination.save',
      { ...examined, judgedOn: TODAY, decision: decided },
      { value: { recorded: true } },
    ],
    [
      'the same sent twice',
      'examination.save',
      { ...examined, judgedOn: TODAY, decision: decided },
      { value: { recorded: true } },
    ],
    [
      'another under its id',
      'examination.save',
      { ...examined, judgedOn: TODAY, decision: refer('x') },
      { code: 'already-saved' },
    ],
    ['no draft any more', 'draft.load', {}, { value: { draft: null } }],
    [
      'the list',
      'history.search',
      { ...ALL, text: 'L898902' },
      { value: { total: 1, rows: [{ number: 'L898902C3' }] } },
    ],
    [
      'the record opened',
      'history.open',
      { id: examined.id },
      { value: { id: examined.id, stationCode: 'ZEN-01' } },
    ],
    ['a record that is none', 'history.open', { id: unknownId }, { code: 'not-found' }],
    [
      'the document again within minutes',
      'lane.seen',
      { lines: ERIKSSON },
      { value: { seen: { outcome: 'referred' } } },
    ],
    ['no list', 'list.state', {}, { value: { lists: [], running: null } }],
    ['no folder of tables', 'list.find', { folder: '/nowhere' }, { code: 'folder-gone' }],
    ['no table', 'list.inspect', { path: '/nowhere/none.csv' }, { code: 'file-gone' }],
    [
      'no table to import',
      'list.import',
      { path: '/nowhere/none.csv', kind: 'lost', source: 'Utopia', until: '2099-12-31' },
      { code: 'file-gone' },
    ],
    ['no import to stop', 'list.cancel', {}, { value: { running: null } }],
    ['no list to remove', 'list.remove', { id: unknownId }, { code: 'not-found' }],
    ['a number on no list', 'list.look', { number: 'L898902C3' }, { value: { lists: [] } }],
    [
      'a document on no list',
      'lane.listed',
      { documents: [{ lines: ERIKSSON }] },
      { value: { documents: [[]] } },
    ],
    [
      'the day at a glance',
      'desk.day',
      { day: TODAY },
      {
        value: { day: TODAY, outcomes: { referred: 1 }, reports: { toApprove: 0 }, outbox: { hold: 'none' } },
      },
    ],
    ['no log yet', 'log.state', {}, { value: { last: null, due: 0, running: null, posts: ['ZEN-01'] } }],
    [
      'no plan of logs without its folder',
      'log.plan',
      { folder: '/nowhere', at: '00:30', formats: ['csv'], tier: 'T2', shifts: [] },
      { code: 'folder-gone' },
    ],
    [
      'no log without its folder',
      'log.export',
      {
        from: TODAY,
        to: TODAY,
        shift: null,
        post: null,
        tier: 'T2',
        formats: ['csv'],
        place: { folder: '/nowhere' },
      },
      { code: 'folder-gone' },
    ],
    ['no log to stop', 'log.cancel', {}, { value: { running: null } }],
    [
      'its case',
      'case.list',
      { show: 'open', limit: 10, offset: 0 },
      { value: { rows: [{ id: examined.id, state: 'open', holder: null }], more: false } },
    ],
    ['the case taken', 'case.enter', taken, { value: { state: 'held', seq: 1 } }],
    ['the same entry sent twice', 'case.enter', taken, { value: { state: 'held', seq: 1 } }],
    [
      'the case opened',
      'case.open',
      { id: examined.id },
      { value: { state: 'held', entries: [{ kind: 'taken' }], acts: [{ officerName: OFFICER.name }] } },
    ],
    ['no case to report', 'report.prepare', { examinationId: unknownId }, { code: 'not-found' }],
    [
      'no report yet',
      'report.list',
      { show: 'all', limit: 10, offset: 0 },
      { value: { rows: [], more: false } },
    ],
    ['a report that is none', 'report.open', { id: unknownId }, { code: 'not-found' }],
    ['nothing from others', 'received.list', { limit: 10, offset: 0 }, { value: { rows: [], more: false } }],
    ['a report of others that is none', 'received.open', { id: unknownId }, { code: 'not-found' }],
    ['no alert of a report that is none', 'alert.prepare', { reportId: unknownId }, { code: 'not-found' }],
    ['nor what would leave of it', 'alert.preview', anAlert, { code: 'not-found' }],
    ['nor one that does', 'alert.submit', { id: newId(), ...anAlert }, { code: 'not-found' }],
    ['no alert', 'alert.list', {}, { value: { rows: [], more: false } }],
    ['no alert to open', 'alert.open', { id: unknownId }, { code: 'not-found' }],
    ['nobody who read it', 'alert.reads', { id: unknownId }, { code: 'not-found' }],
    ['none for the lane', 'alert.lane', {}, { value: { alerts: [] } }],
    [
      'trends of weeks before there was a station',
      'trends.view',
      { by: 'issuer', ...BEFORE },
      { value: { view: { total: 0, lines: [], more: 0, map: [] }, examined: null, span: null } },
    ],
    ['a view that is none', 'trends.view', { by: 'nationality', ...BEFORE }, { code: 'bad-request' }],
    [
      'the reports behind nothing',
      'trends.reports',
      { ...BEFORE, limit: 10, offset: 0 },
      { value: { rows: [], total: 0 } },
    ],
    [
      'trends into a folder that is none',
      'trends.save',
      {
        question: { by: 'issuer', ...BEFORE },
        what: 'table',
        isShared: true,
        folder: '/nowhere/at/all',
      },
      { code: 'folder-gone' },
    ],
    ['nothing to send, and nowhere', 'outbox.state', {}, { value: { waiting: 0, parked: 0, hold: 'none' } }],
    ['nothing to try again', 'outbox.retry', { seq: 1 }, { code: 'not-found' }],
    ['no hub', 'hub.state', {}, { value: { hub: null, partners: [] } }],
    ['no file on its way', 'bundle.state', {}, { value: {} }],
    ['nobody to carry to', 'bundle.recipients', {}, { value: {} }],
    [
      'nobody to hand it to',
      'case.hand-over',
      { examinationId: examined.id, stationId: unknownId, folder: '/' },
      { code: 'hub-none' },
    ],
    [
      'a conclusion of protection',
      'case.enter',
      { examinationId: examined.id, entry: { ...concluded, dispositions: ['protection_referral'] } },
      { code: 'bad-request' },
    ],
    [
      'a conclusion without a reason',
      'case.enter',
      { examinationId: examined.id, entry: concluded },
      { code: 'bad-request' },
    ],
    ['the procedure', 'procedure.get', {}, { value: { problems: [], procedure: { id: 'countercheck' } } }],
    [
      'a changed decision',
      'decision.change',
      { ...changed, examinationId: examined.id, replaces: decided.id },
      { value: { decisions: [{ outcome: 'referred' }, { outcome: 'clear', replaces: decided.id }] } },
    ],
    [
      'one that was replaced before',
      'decision.change',
      { ...decide('clear'), examinationId: examined.id, replaces: decided.id },
      { code: 'superseded' },
    ],
    [
      'a cleared traveller',
      'examination.save',
      { ...cleared, judgedOn: TODAY, decision: decide('clear') },
      { value: { recorded: false } },
    ],
    ['taken back', 'examination.undo', { id: cleared.id }, { value: { draft: cleared } }],
    ['dropped', 'draft.discard', { id: cleared.id }, { value: {} }],
    ['protection', 'protection.record', protection, { value: {} }],
    [
      'the studies that the library brings',
      'study.library',
      { query: 'visa', from: 'utopia', issuer: null, type: 'visa_label', fraud: null, limit: 5, offset: 0 },
      { value: { total: 1, rows: [{ id: 'utopia-visa-until' }] } },
    ],
    ['a study that is none', 'study.open', { id: 'nothing' }, { code: 'not-found' }],
    [
      'no folder of a scanner',
      'scans.state',
      {},
      { value: { folder: null, afterwards: 'keep', waiting: 0, came: 0, trouble: null, left: null } },
    ],
    [
      'a folder without its whole path',
      'scans.watch',
      { folder: 'scans', afterwards: 'keep' },
      { code: 'scan-folder-name' },
    ],
    ['no scan', 'scans.take', {}, { value: { scan: null } }],
    ['a scan that is none', 'scans.settle', { id: unknownId, imageId: null }, { value: {} }],
    ['a scan that nobody took', 'scans.release', { id: unknownId }, { value: {} }],
    ['nothing to let go', 'scans.drop', {}, { value: { waiting: 0 } }],
    ['the specimens', 'specimen.list', {}, { value: { specimens: expect.anything() } }],
    ['an unknown specimen', 'specimen.open', { id: 'nothing' }, { code: 'not-found' }],
  ])('%s', async (_what, channel, input, expected) => {
    expect(await ask(channel, input)).toMatchObject(expected);
  });

  test('says what it can do', async () => {
    const electron = name === 'electron';
    expect(await ask('vault.state', {})).toMatchObject({
      value: { shell: { kind: electron ? 'electron' : 'host', pickFile: electron, print: electron } },
    });
    transcript.pop();
    expect(await ask('shell.print', {})).toEqual({ value: { printed: electron } });
    transcript.pop();
    expect(await ask('shell.pickFolder', {})).toEqual({ value: { folder: null } });
    expect(await ask('shell.pickImage', {})).toEqual({ value: { image: null, pdf: null } });
  });

  test('every other question reaches the station too', async () => {
    const asked = new Set(transcript.map((entry) => (entry as [string])[0]));
    const others = Object.keys(contract).filter((channel) => !asked.has(channel));
    expect(others.length).toBeLessThan(Object.keys(contract).length / 2);
    for (const channel of others.filter((each) => each !== 'shell.print')) {
      const code = can(OFFICER.role, channel as Channel) ? 'bad-request' : 'not-allowed';
      expect(await ask(channel, 'nonsense'), channel).toEqual({ code });
    }
  });

  test('events reach the window', async () => {
    await expect.poll(heard).toContain('history.changed');
    expect(await heard()).toContain('station.changed');
    const before = (await heard()).length;
    await ask('settings.adjust', { theme: 'light', sound: true, cameraLabel: null });
    await expect.poll(async () => (await heard()).length).toBeGreaterThan(before);
  });

  test('a picture goes in, and out as pixels and as a picture', async () => {
    const plain = sharp({ create: { width: 60, height: 40, channels: 3, background: '#808080' } });
    for (const [width, bytes] of [
      [60, await plain.clone().png().toBuffer()],
      [60, await plain.clone().jpeg().toBuffer()],
      [60, await plain.clone().tiff().toBuffer()],
      // On its side by EXIF: the decoder turns it.
      [40, await plain.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ] as const) {
      const answer = (await put(bytes)) as { value: { id: string; width: number; sha256: string } };
      expect(answer.value.width).toBe(width);
      expect(answer.value.sha256).toMatch(/^[0-9a-f]{64}$/);
      const seen = (await look(answer.value.id)) as {
        width: number;
        first: number;
        view: number[];
        tile: number[];
      };
      const size = [width, 100 - width];
      expect([seen.width, seen.view, seen.tile]).toEqual([width, size, size]);
      expect(Math.abs(seen.first - 128)).toBeLessThan(3);
    }
  });

  test.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'image-empty'],
    ['text', new TextEncoder().encode('not a picture'), 'image-not-supported'],
    [
      'a drawing that could run code',
      new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      'image-not-supported',
    ],
    ['the first bytes of a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'image-damaged'],
  ])('%s is no picture', async (_what, bytes, code) => {
    expect(await put(bytes)).toEqual({ code });
  });

  test('an image that is not there', async () => {
    expect(await look(unknownId)).toEqual({ code: expect.stringMatching(/^(not-found|image-unknown)$/) });
  });
});

test('both bridges gave the same answers', () => {
  const { electron, loopback } = transcripts;
  expect(electron?.length).toBeGreaterThan(25);
  expect(loopback).toEqual(electron);
});

/** Times, ids minted by the station and the station's own place differ from run to run. */
function masked(answer: Answer): unknown {
  const differs = new Set([
    'savedAt',
    'at',
    'signedInAt',
    'keystore',
    'undoUntil',
    'stationId',
    'dataFolder',
    'version',
    'shell',
  ]);
  return JSON.parse(JSON.stringify(answer), (key: string, value: unknown) =>
    differs.has(key) ? '*' : value,
  );
}
