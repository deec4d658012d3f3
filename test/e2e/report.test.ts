// The report of a case as the plain host makes it: asked for over its own wire, printed by a browser without a window.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { textOfPdf } from '../pdf-text.ts';
import { type RunningHost, startHost } from './host.ts';
import { specimenFile } from './pictures.ts';
import { decide, drop, expectRows, see, setUp } from './steps.ts';
import { endTest, openWindow, type TestWindow } from './window.ts';
import { text } from './words.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const folder = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
const out = mkdtempSync(join(tmpdir(), 'countercheck-e2e-'));
let host: RunningHost;
let window: TestWindow;

beforeAll(async () => {
  host = await startHost({ dataFolder: folder });
  window = await openWindow(host);
  await setUp(window.page);
});
afterEach(({ task }) => endTest(window, task));
afterAll(async () => {
  await window?.close();
  await host?.stop();
  for (const one of [folder, out]) rmSync(one, { recursive: true, force: true });
});

test('a doubt at the counter becomes a PDF with its picture, and nothing else lies in the folder', async () => {
  const { page } = window;
  const { jpeg, lines } = await specimenFile('utopia-passport-good');
  window.personal(...lines);
  await drop(page, { name: 'passport.jpg', bytes: jpeg });
  await expectRows(page, lines);
  await decide(page, 'd', text('reason.at-second-line'));
  await page.keyboard.press('Enter');
  await see(page, text('examine.saved.referred'));

  const ask = (channel: string, input: unknown) =>
    page.evaluate(
      async ([name, body]) => {
        const answer = await fetch(`/rpc/${name}`, { method: 'POST', body });
        return (await answer.json()) as { ok: boolean; value: never };
      },
      [channel, JSON.stringify(input)] as const,
    );
  const { value: list } = (await ask('case.list', { show: 'open', limit: 5, offset: 0 })) as {
    value: { rows: { id: string }[] };
  };
  const printed = (await ask('case.print', { examinationId: list.rows[0]?.id, folder: out })) as {
    ok: boolean;
    value: { path: string };
  };
  expect(printed).toMatchObject({ ok: true, value: { page: null, missing: 0 } });
  const bytes = readFileSync(printed.value.path);
  const words = (await textOfPdf(bytes)).replaceAll(/\s+/gu, ' ');
  expect(words).toContain('Case report');
  expect(words).toContain((lines[1] ?? '').slice(0, 9).replaceAll('<', ''));
  // A picture of the passport makes it larger than text could.
  expect(bytes.length).toBeGreaterThan(60_000);
  expect(readdirSync(out)).toHaveLength(1);
});
