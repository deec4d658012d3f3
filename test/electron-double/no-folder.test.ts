// The shell where its data folder cannot be made: the window opens all the same and says why.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Bridge } from '../../shared/contract/bridge.ts';
import { type Launched, launchOnDouble } from './launch.ts';

const folder = mkdtempSync(join(tmpdir(), 'on-double-'));
let launched: Launched | null = null;

afterAll(async () => {
  const own = launched?.double.app.getPath('userData');
  await launched?.quit();
  if (own) rmSync(own, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

test('a folder that cannot be made is told in the window', { timeout: 120_000 }, async () => {
  // A file where a folder should be refuses root as well.
  const blocked = join(folder, 'file');
  writeFileSync(blocked, '');
  launched = await launchOnDouble({ dataFolder: join(blocked, 'data') });
  const reply = await launched.page.evaluate(() =>
    (globalThis as unknown as { countercheckBridge: Bridge }).countercheckBridge.invoke(
      'station.state',
      '{}',
    ),
  );
  expect(JSON.parse(reply)).toEqual({ ok: false, error: { code: 'store-read-only' } });
});
