// Photographs the real window: the host as a program on the demo's data, driven in headless Chromium by its keys.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Page } from 'playwright-core';
import { say } from '../text.ts';
import { DEMO_OFFICER } from './examinations.ts';
import { Refused } from './station.ts';

const SIZE = { width: 1366, height: 768 };
const START_MS = 20_000;
const STEP_MS = 60_000;
const STOP_MS = 5_000;

/** The specimen that is shown being examined, and the finding it must give. */
const SHOWN = { titleId: 'specimen.set.passport-birth', findingId: 'finding.mrz.cd.dob.title' };

/**
 * Takes a light and a dark picture of each screen into `outFolder` and answers their paths. Throws `Refused` where the
 * host does not start, a screen does not come, or the window asks anybody but its own origin.
 */
export async function photographWindow(dataFolder: string, outFolder: string): Promise<string[]> {
  const browser = process.env['COUNTERCHECK_BROWSER'];
  if (!browser) throw new Refused('no-browser');
  await mkdir(outFolder, { recursive: true });
  const host = startHost(dataFolder);
  try {
    return await drive(browser, await addressOf(host), outFolder);
  } finally {
    await stop(host);
  }
}

/** The host is a program of its own, as `npm start` runs it; nothing of it is imported here. */
function startHost(dataFolder: string): ChildProcess {
  const program = join(import.meta.dirname, '../../host/main.ts');
  return spawn(process.execPath, [...process.execArgv, program, '--no-window', '--json'], {
    env: { ...process.env, COUNTERCHECK_DATA: dataFolder },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

async function addressOf(host: ChildProcess): Promise<string> {
  if (!host.stdout) throw new Refused('host');
  const lines = createInterface({ input: host.stdout });
  try {
    const [line] = await once(lines, 'line', { signal: AbortSignal.timeout(START_MS) });
    return (JSON.parse(String(line)) as { address: string }).address;
  } catch {
    throw new Refused('host');
  }
}

async function stop(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return;
  const ended = once(host, 'exit');
  const last = setTimeout(() => host.kill('SIGKILL'), STOP_MS);
  host.kill('SIGTERM');
  await ended;
  clearTimeout(last);
}

async function drive(executablePath: string, address: string, outFolder: string): Promise<string[]> {
  const { chromium, errors } = await import('playwright-core');
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const browser = await chromium.launch({ executablePath, args: asRoot ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage({ viewport: SIZE, reducedMotion: 'reduce' });
    page.setDefaultTimeout(STEP_MS);
    const { origin } = new URL(address);
    const abroad: string[] = [];
    page.on('request', (request) => {
      const url = request.url();
      if (!url.startsWith(`${origin}/`) && !url.startsWith('blob:')) abroad.push(url);
    });
    await page.goto(address);
    const pictures = await visit(page, outFolder);
    if (abroad.length > 0) throw new Refused('other-origin');
    return pictures;
  } catch (error) {
    throw error instanceof errors.TimeoutError ? new Refused('window-timeout', { cause: error }) : error;
  } finally {
    await browser.close();
  }
}

/** The sign-in, Examine with a specimen read, History, one record, Settings. */
async function visit(page: Page, outFolder: string): Promise<string[]> {
  const pictures: string[] = [];
  const photograph = async (name: string): Promise<void> => {
    await picturesShown(page);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const path = join(outFolder, `${name}-${colorScheme}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      pictures.push(path);
    }
    await page.emulateMedia({ colorScheme: 'light' });
  };

  const name = page.getByRole('textbox', { name: say('person.sign-in-name') });
  await name.waitFor();
  await photograph('sign-in');
  await name.fill(DEMO_OFFICER.signInName);
  await page.keyboard.press('Tab');
  await page.keyboard.type(DEMO_OFFICER.secret);
  await page.keyboard.press('Enter');

  const specimen = page.getByRole('button', { name: say(SHOWN.titleId) });
  await specimen.waitFor();
  await photograph('start');
  await specimen.click();
  await page.getByText(say(SHOWN.findingId)).first().waitFor();
  await page.getByText(say('examine.draft.kept')).first().waitFor();
  await photograph('examine');

  await page.keyboard.press('F3');
  const row = page
    .getByRole('row')
    .filter({ hasText: say('history.outcome.referred') })
    .first();
  await row.waitFor();
  await photograph('history');
  await row.dblclick();
  await page.getByText(say('history.decisions')).first().waitFor();
  await page.locator('canvas[data-sharp=true]').first().waitFor();
  await photograph('record');

  await page.keyboard.press('F8');
  await page.locator('main').getByRole('textbox').first().waitFor();
  await photograph('settings');
  return pictures;
}

/** Waits until every picture of the page is there to be painted; one that cannot be is left to be seen as missing. */
async function picturesShown(page: Page): Promise<void> {
  await page.evaluate(async () => {
    // The image element of SVG decodes as that of HTML does.
    const pictures = document.querySelectorAll<HTMLImageElement>('img, image');
    await Promise.allSettled([...pictures].map((picture) => picture.decode()));
  });
}
