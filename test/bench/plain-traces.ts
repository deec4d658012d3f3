// A thousand examinations in the real window over the real host: no marker and no picture in any file of data, profile or
// temporary folders, while all of it runs and after both were killed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { browserArguments, canSandbox } from '../../electron/host/browser.ts';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { createProfile } from '../../electron/host/profile.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { buildWindow } from '../../scripts/build-window.ts';
import { OFFICER, setUpFolder } from '../electron/set-up.ts';
import { type Scan, scanFolders } from './traces/scan.ts';
import { MARKERS, names, traveller, type Traveller } from './traces/travellers.ts';

const ROOT = join(import.meta.dirname, '../..');
const EXAMINATIONS = 1_000;
/** Every so many the window shows a picture, somebody asks for protection, and a name is typed by hand. */
const SHOWN = 50;

interface Told {
  address: string;
  origin: string;
}

/** Everything that a run may leave lies below one place. */
function foldersIn(place: string) {
  const folders = {
    data: join(place, 'data'),
    temp: join(place, 'temp'),
    home: join(place, 'home'),
  };
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folders;
}

type Folders = ReturnType<typeof foldersIn>;

const surroundings = ({ data, temp, home }: Folders): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  TMPDIR: temp,
  TMP: temp,
  TEMP: temp,
  HOME: home,
  XDG_RUNTIME_DIR: temp,
  XDG_CACHE_HOME: join(home, 'cache'),
  XDG_CONFIG_HOME: join(home, 'config'),
  COUNTERCHECK_DATA: data,
});

async function startHost(folders: Folders) {
  const main = join(ROOT, 'electron/host/main.ts');
  const child = spawn(process.execPath, [main, '--no-window', '--json'], {
    env: surroundings(folders),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, told: JSON.parse(line) as Told };
  }
  throw new Error('the host ended');
}

/** The product's own switches, but for those that say where the window leads and how large it is. */
const isOwnSwitch = (text: string): boolean => !/^--(app|user-data-dir|start-|window-)/u.test(text);

/** The browser with the product's own profile, which lies below the temporary folder like everything else. */
async function openBrowser(
  folders: Folders,
  origin: string,
): Promise<{ context: BrowserContext; profile: string }> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('this measurement needs Chromium, Chrome or Edge');
  process.env['XDG_RUNTIME_DIR'] = folders.temp;
  process.env['TMPDIR'] = folders.temp;
  const { folder: profile } = await createProfile(origin, executablePath);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    chromiumSandbox: canSandbox(),
    env: surroundings(folders),
    args: browserArguments('about:blank', profile, canSandbox()).filter(isOwnSwitch),
    ignoreDefaultArgs: ['--disable-extensions'],
    handleSIGTERM: false,
  });
  return { context, profile };
}

/** Asks the station from within the page, as the window does. */
async function ask(page: Page, channel: string, input: unknown): Promise<unknown> {
  const reply: { ok: boolean; value: unknown; error?: { code: string } } = await page.evaluate(
    async ([name, body]) =>
      (await fetch(`/rpc/${name}`, { method: 'POST', body: body ?? '', cache: 'no-store' })).json(),
    [channel, JSON.stringify(input)] as const,
  );
  if (!reply.ok) throw new Error(`${channel}: ${reply.error?.code}`);
  return reply.value;
}

async function putImage(page: Page, picture: Buffer): Promise<string> {
  const reply: { ok: boolean; value: { id: string } } = await page.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    return (await fetch('/images', { method: 'POST', body: bytes })).json();
  }, picture.toString('base64'));
  return reply.value.id;
}

/** The picture as the window's own parts show it, in the sizes they ask for. */
function show(page: Page, imageId: string): Promise<void> {
  return page.evaluate(async (id) => {
    for (const variant of ['thumb', 'screen', 'view']) {
      const picture = document.createElement('img');
      picture.src = `/images/${id}/${variant}`;
      document.body.append(picture);
      await picture.decode();
      picture.remove();
    }
  }, imageId);
}

async function examine(page: Page, one: Traveller, place: number): Promise<void> {
  const image = await putImage(page, one.picture);
  const begun = one.draft(image);
  await ask(page, 'draft.save', begun);
  if (place % SHOWN === 0) await show(page, image);
  if (place % SHOWN === 1) {
    const { id, note } = { ...one.decision, note: one.note };
    await ask(page, 'protection.record', { id, examinationId: begun.id, signs: ['A1'], note });
  }
  const judgedOn = new Date().toISOString().slice(0, 10);
  await ask(page, 'examination.save', { ...begun, decision: one.decision, judgedOn });
}

/** Types a name into a field of the page and lets the browser draw, remember and complete whatever it would. */
async function typeByHand(page: Page, text: string): Promise<void> {
  await page.evaluate(() => {
    const field = document.createElement('input');
    field.name = 'name';
    field.id = 'by-hand';
    document.body.append(field);
  });
  await page.locator('#by-hand').pressSequentially(text);
  await page.locator('#by-hand').blur();
  await page.evaluate(() => document.querySelector('#by-hand')?.remove());
}

/** Kills every process of the browser of this profile; answers how many. Only Linux tells whose they are. */
function killBrowser(profile: string): number {
  if (process.platform !== 'linux') return 0;
  const own = readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/u.test(pid) || Number(pid) === process.pid) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
    } catch {
      return false;
    }
  });
  for (const pid of own) {
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // Its parent took it along.
    }
  }
  return own.length;
}

const note = (text: string): void => void process.stderr.write(`${text}\n`);

function told(what: string, scan: Scan): void {
  note(`${what}: ${scan.files} files, ${scan.bytes} bytes, ${scan.hits.length} traces`);
  for (const hit of scan.hits) note(`  ${hit}`);
}

/** `seed` changes nothing here: the travellers are always the same. */
export async function bench(_options: { seed: number }): Promise<BenchResult> {
  await buildWindow(ROOT);
  const place = mkdtempSync(join(tmpdir(), 'bench-traces-'));
  const folders = foldersIn(place);
  try {
    await setUpFolder(folders.data, { timeZone: 'UTC' });
    const { child, told: address } = await startHost(folders);
    const gone = once(child, 'exit');
    const { context, profile } = await openBrowser(folders, address.origin);
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(address.address);
    // The opening page leads on by itself; then somebody is asked to sign in.
    await page.getByRole('textbox').first().waitFor();
    await ask(page, 'vault.sign-in', { name: OFFICER.signInName, secret: OFFICER.secret });
    await page.reload();
    const before = scanFolders([place], MARKERS);
    told('before', before);
    for (let count = 0; count < EXAMINATIONS; count += 1) {
      if (count % 100 === 0) note(`${count} examined`);
      if (count % 20 === 0) await ask(page, 'vault.touch', {});
      await examine(page, await traveller(count), count);
      if (count % SHOWN === 2) await typeByHand(page, names[count % names.length] ?? '');
    }
    const running = scanFolders([place], MARKERS);
    told('running', running);
    child.kill('SIGKILL');
    const browserGone = new Promise((resolve) => context.once('close', resolve));
    if (killBrowser(profile) === 0) await context.close();
    await Promise.all([gone, browserGone]);
    const killed = scanFolders([place], MARKERS);
    told('killed', killed);
    return {
      figures: {
        examinations: EXAMINATIONS,
        markers: MARKERS.length,
        files: running.files,
        bytes: running.bytes,
        tracesBefore: before.hits.length,
        tracesRunning: running.hits.length,
        tracesKilled: killed.hits.length,
      },
      goals: {
        'there were files to look at, pictures among them': running.files > EXAMINATIONS / 2,
        'no trace while the app runs': running.hits.length === 0,
        'no trace after kill -9': killed.hits.length === 0,
      },
    };
  } finally {
    rmSync(place, { recursive: true, force: true, maxRetries: 5 });
  }
}
