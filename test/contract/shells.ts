// Both shells with the same page and a real station each, as the contract tests use them.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'rolldown';
import { hostShell } from '../../electron/host/host-shell.ts';
import { runHost } from '../../electron/host/run-host.ts';
import { openStation } from '../../electron/station.ts';
import { launchOnDouble } from '../electron-double/launch.ts';
import { setUpFolder } from '../electron/set-up.ts';
import { openBrowser } from '../host/chromium.ts';

export interface OpenShell {
  page: Page;
  faults: string[];
  close(): Promise<void>;
}

/** A window folder whose page holds the window's own client and nothing else. */
export async function clientFolder(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'client-'));
  await build({
    input: join(import.meta.dirname, 'client.ts'),
    output: { file: join(folder, 'client.js'), format: 'es' },
  });
  writeFileSync(
    join(folder, 'index.html'),
    '<!doctype html><html lang="en"><title>client</title><script type="module" src="/client.js"></script></html>',
  );
  return folder;
}

export async function openHost(windowFolder: string): Promise<OpenShell> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'host-data-'));
  await setUpFolder(dataFolder);
  const faults: string[] = [];
  const report = (fault: string): void => void faults.push(fault);
  const said: string[] = [];
  const host = await runHost({
    windowFolder,
    dataFolder,
    openStation: () => openStation({ dataFolder, version: '0.0.0-test', shell: hostShell(null), report }),
    window: false,
    json: true,
    report,
    say: (line) => said.push(line),
  });
  const browser = await openBrowser(host.origin);
  await browser.page.goto((JSON.parse(said[0] ?? '') as { address: string }).address);
  await browser.page.waitForURL(`${host.origin}/`);
  await browser.page.waitForFunction(() => 'client' in globalThis);
  return {
    page: browser.page,
    faults,
    async close() {
      await browser.close();
      await host.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export async function openElectron(windowFolder: string): Promise<OpenShell> {
  const parent = mkdtempSync(join(tmpdir(), 'double-data-'));
  const dataFolder = join(parent, 'data');
  mkdirSync(dirname(dataFolder), { recursive: true });
  await setUpFolder(dataFolder);
  const launched = await launchOnDouble({ dataFolder, windowFolder });
  await launched.page.waitForFunction(() => 'client' in globalThis);
  return {
    page: launched.page,
    faults: [],
    async close() {
      await launched.quit();
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
