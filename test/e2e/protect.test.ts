// Protection leaves no other trace than an ordinary referral: not in History, audit, store or what the host says.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { databaseOf } from '../electron/set-up.ts';
import { sendBurst } from '../renderer/reader-device.ts';
import { type RunningHost, startHost } from './host.ts';
import { decide, expectRows, openHistory, see, setUp, tabTo, typeByHand } from './steps.ts';
import { endTest, filesHolding, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const NOTE = 'afraid of them';
const DOUBTED = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];
const PROTECTED = [
  'P<UTOSPECIMEN<<LINA<<<<<<<<<<<<<<<<<<<<<<<<<',
  'AB12345671UTO9001011F3001012<<<<<<<<<<<<<<<0',
];
let host: RunningHost;
let window: TestWindow;

beforeAll(async () => {
  host = await startHost({ dataFolder: folder });
  window = await openWindow(host);
  window.personal(NOTE, ...DOUBTED, ...PROTECTED);
  await setUp(window.page);
});

afterEach(({ task }) => endTest(window, task));

afterAll(async () => {
  await host?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a doubt and a protection look the same in History', async () => {
  const { page } = window;
  await sendBurst(page, DOUBTED);
  await expectRows(page, DOUBTED);
  await decide(page, 'd', text('reason.at-second-line'));
  await page.keyboard.press('Enter');
  await see(page, text('examine.saved.referred'));

  await sendBurst(page, PROTECTED);
  await expectRows(page, PROTECTED);
  await decide(page, 'p', text('examine.protect.title'));
  // Needs come first and have the focus; the words follow them.
  await page.getByRole('checkbox').and(page.locator(':focus')).waitFor();
  await page.keyboard.press('Space');
  const note = page.getByLabel(text('examine.protect.note'));
  await tabTo(page, note);
  await typeByHand(page, NOTE);
  // The next traveller's document: it is not taken, and the note stays a note.
  await sendBurst(page, DOUBTED);
  await expect.poll(() => note.inputValue()).toBe(NOTE);
  await tabTo(page, page.getByRole('button', { name: text('examine.protect.confirm') }));
  await page.keyboard.press('Enter');
  await see(page, text('examine.saved.referred'));

  await openHistory(page);
  await see(page, text('history.count', { count: 2 }));
  const shown: string[] = [];
  for (const [, second] of [DOUBTED, PROTECTED]) {
    const row = page.getByRole('row').filter({ hasText: (second ?? '').slice(0, 6) });
    await row.click();
    await page.getByRole('heading', { name: text('history.outcome.referred') }).waitFor();
    const trail = page.getByRole('list').filter({ hasText: text('reason.at-second-line') });
    shown.push((await trail.innerText()).replaceAll(/\d\d:\d\d/g, 'TIME'));
    expect(await page.locator('body').innerText()).not.toContain(NOTE);
    await page.keyboard.press('Escape');
    await row.waitFor();
  }
  expect(shown[1]).toBe(shown[0]);
});

test('only its own file knows', async () => {
  await window.close();
  await host.stop();
  expect(existsSync(join(folder, 'protection.db'))).toBe(true);
  expect(filesHolding(folder, [NOTE, ...PROTECTED])).toEqual([]);
  expect(host.output()).not.toMatch(/protect/i);

  const db = await databaseOf(folder);
  try {
    const tables = db
      .prepare<[], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .all()
      .map(({ name }) => name);
    const everything = tables.map((name) =>
      JSON.stringify([name, db.prepare(`SELECT * FROM "${name}"`).all()]),
    );
    // A search that finds nothing must be able to find something.
    expect(everything.join()).toContain('SPECIMEN');
    expect(everything.filter((rows) => rows.includes(NOTE) || /protect/i.test(rows))).toEqual([]);
    const audit = db
      .prepare<[], { action: string; subject_id: string }>(
        'SELECT action, subject_id FROM audit ORDER BY seq',
      )
      .all();
    const actions = audit.map(({ action }) => action);
    // Whoever signs out at the end does so after either.
    const saves = actions
      .slice(actions.indexOf('examination.saved'))
      .filter((action) => !action.startsWith('officer.'));
    expect(saves.slice(saves.length / 2)).toEqual(saves.slice(0, saves.length / 2));
  } finally {
    db.close();
  }
});
