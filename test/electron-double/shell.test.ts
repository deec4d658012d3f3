// The Electron shell as it is shipped, run on the double: hardening, bridge, image door and the Shell port.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Bridge } from '../../shared/contract/bridge.ts';
import { OFFICER, setUpFolder } from '../electron/set-up.ts';
import { draftOf, newId } from '../electron/fixtures.ts';
import { textOfPdf } from '../pdf-text.ts';
import { type Launched, launchOnDouble } from './launch.ts';

/** A browser and a build on a busy machine. */
const START_MS = 120_000;

type OwnWindow = typeof globalThis & { countercheckBridge: Bridge };

const dataFolder = mkdtempSync(join(tmpdir(), 'on-double-'));
let launched: Launched;

beforeAll(async () => {
  await setUpFolder(dataFolder);
  launched = await launchOnDouble({ dataFolder });
  const { id: officerId, secret } = OFFICER;
  await ask('vault.sign-in', JSON.stringify({ officerId, secret }));
}, START_MS);
afterAll(async () => {
  await launched?.quit();
  rmSync(dataFolder, { recursive: true, force: true });
});

const ask = (channel: unknown, body: unknown): Promise<unknown> =>
  launched.page.evaluate(
    ([name, text]) =>
      (globalThis as unknown as OwnWindow).countercheckBridge.invoke(name as string, text as string),
    [channel, body],
  );

describe('the window', () => {
  test('is isolated, sandboxed and without Node', () => {
    const preferences = launched.window.options.webPreferences;
    expect(preferences).toMatchObject({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    });
    expect(launched.double.control.sandboxed).toBe(true);
    expect(launched.window.session.spellchecks).toBe(false);
    expect(launched.double.control.menus).toEqual([process.platform === 'darwin' ? expect.anything() : null]);
  });

  test('sees two functions of the bridge and nothing of Electron or Node', async () => {
    const seen = await launched.page.evaluate(() => {
      const own = globalThis as unknown as Record<string, unknown>;
      return {
        bridge: Object.keys(own['countercheckBridge'] as object).sort(),
        frozen: Object.isFrozen(own['countercheckBridge']),
        others: ['require', 'process', 'module', 'electron', 'ipcRenderer'].filter((name) => name in own),
        secure: globalThis.isSecureContext,
      };
    });
    expect(seen).toEqual({ bridge: ['invoke', 'subscribe'], frozen: true, others: [], secure: true });
  });

  test('asks before it closes over a draft that is not kept, and stays unless told otherwise', () => {
    const { control } = launched.double;
    const closes = (answer: number): boolean => {
      control.answer = answer;
      const event = { left: false, preventDefault: () => (event.left = true) };
      launched.window.webContents.emit('will-prevent-unload', event);
      return event.left;
    };
    expect([closes(0), closes(1)]).toEqual([false, true]);
    expect(control.questions.at(-1)).toMatchObject({
      defaultId: 0,
      cancelId: 0,
      buttons: ['Stay', 'Close and lose it'],
    });
  });

  test('leaves its page for no other', () => {
    const { webContents } = launched.window;
    for (const url of [
      'https://example.org/',
      'app://other/',
      'file:///etc/passwd',
      'app://countercheck/x',
    ]) {
      expect(webContents.navigates(url)).toBe(false);
      expect(webContents.opens(url)).toBe('deny');
    }
    for (const name of ['will-frame-navigate', 'will-redirect', 'will-attach-webview']) {
      const event = { prevented: false, preventDefault: () => (event.prevented = true) };
      webContents.emit(name, event);
      expect([name, event.prevented]).toEqual([name, true]);
    }
  });

  test('reaches nothing but its own origin', async () => {
    const reached = await launched.page.evaluate(async () => {
      const tries = ['https://example.org/', 'http://127.0.0.1:9/', 'http://other.app.localhost/'];
      const all = await Promise.allSettled(tries.map((url) => fetch(url, { mode: 'no-cors' })));
      return all.filter((each) => each.status === 'fulfilled').length;
    });
    expect(reached).toBe(0);
    const { cancels } = launched.double.control.stage;
    const cancelled = [
      'https://example.org/',
      'file:///etc/passwd',
      'app://countercheck.example/',
      'blob:https://x/',
      'devtools://devtools/',
    ];
    expect(cancelled.map((url) => cancels?.(url))).toEqual(cancelled.map(() => true));
    expect(['app://countercheck/', 'blob:app://countercheck/1'].map((url) => cancels?.(url))).toEqual([
      false,
      false,
    ]);
  });

  test('may use the camera, in its main frame and on its own page, and nothing else', async () => {
    const { session } = launched.window;
    const own = { isMainFrame: true, requestingUrl: 'app://countercheck/' };
    const answers = [
      session.asks('media', { ...own, mediaTypes: ['video'] }),
      session.asks('media', { ...own, mediaTypes: ['audio'] }),
      session.asks('media', { ...own, mediaTypes: ['video', 'audio'] }),
      session.asks('media', { ...own, mediaTypes: [] }),
      session.asks('media', { ...own, mediaTypes: ['video'], isMainFrame: false }),
      session.asks('media', { ...own, mediaTypes: ['video'], requestingUrl: 'https://example.org/' }),
      ...[
        'geolocation',
        'notifications',
        'midi',
        'fullscreen',
        'clipboard-read',
        'display-capture',
        'openExternal',
      ].map((permission) => session.asks(permission, own)),
    ];
    expect(answers).toEqual([true, ...Array.from({ length: 12 }, () => false)]);
    expect(session.checks('media', 'app://countercheck/', { isMainFrame: true, mediaType: 'video' })).toBe(
      true,
    );
    expect(session.checks('media', 'app://countercheck/', { isMainFrame: true, mediaType: 'audio' })).toBe(
      false,
    );
    expect(session.checks('media', 'https://example.org/', { isMainFrame: true, mediaType: 'video' })).toBe(
      false,
    );
    expect(session.checks('hid', 'app://countercheck/', { isMainFrame: true })).toBe(false);
    expect(session.device?.({} as never)).toBe(false);
    const width = await launched.page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ video: true });
      const settings = stream.getVideoTracks()[0]?.getSettings();
      for (const track of stream.getTracks()) track.stop();
      return settings?.width ?? 0;
    });
    expect(width).toBeGreaterThan(0);
  });

  test('downloads nothing', () => {
    const event = { prevented: false, preventDefault: () => (event.prevented = true) };
    launched.window.session.emit('will-download', event);
    expect(event.prevented).toBe(true);
  });
});

describe('the bridge', () => {
  test('reaches the station', async () => {
    const reply = JSON.parse(String(await ask('vault.state', '{}'))) as { ok: boolean; value: object };
    expect(reply).toMatchObject({
      ok: true,
      value: {
        dataFolder,
        phase: 'open',
        keystore: true,
        shell: { kind: 'electron', pickFile: true, print: true },
      },
    });
  });

  test('has the keys of whoever signed in closed in the keystore as well', () => {
    const { content } = JSON.parse(readFileSync(join(dataFolder, 'station.keys'), 'utf8')) as {
      content: string;
    };
    const { people } = JSON.parse(content) as { people: { id: string; keystore: boolean }[] };
    expect(people.find(({ id }) => id === OFFICER.id)?.keystore).toBe(true);
  });

  test('refuses what is not text, and what is too long', async () => {
    await expect(ask(1, '{}')).rejects.toThrow('refused');
    await expect(ask('station.state', {})).rejects.toThrow('refused');
    await expect(ask('station.state', 'x'.repeat(4 * 1024 * 1024 + 1))).rejects.toThrow('refused');
  });

  test('refuses any frame but the main frame of its own page', async () => {
    const handler = launched.double.control.ipcHandlers.get('bridge:invoke');
    const foreign = [
      { url: 'https://example.org/', parent: null },
      { url: 'app://countercheck.example/', parent: null },
      { url: 'app://countercheck/', parent: {} },
      null,
    ];
    for (const senderFrame of foreign) {
      expect(() => handler?.({ senderFrame }, 'station.state', '{}')).toThrow('refused');
    }
    expect([...launched.double.control.ipcHandlers.keys()]).toEqual(['bridge:invoke']);
  });
});

describe('the image door', () => {
  test('takes a picture and gives it back', async () => {
    const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#888' } })
      .png()
      .toBuffer();
    const got = await launched.page.evaluate(async (base64) => {
      const raw = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
      const put = await fetch('/images', { method: 'POST', body: new Blob([raw]) });
      const reply = (await put.json()) as {
        ok: boolean;
        value: { id: string; width: number; height: number };
      };
      const grey = await fetch(`/images/${reply.value.id}/grey`);
      return {
        reply,
        width: grey.headers.get('x-image-width'),
        store: grey.headers.get('cache-control'),
        size: (await grey.arrayBuffer()).byteLength,
      };
    }, bytes.toString('base64'));
    expect(got).toMatchObject({
      reply: { ok: true, value: { width: 40, height: 30 } },
      width: '40',
      store: 'no-store',
      size: 1200,
    });
  });

  test.each([
    ['GET', '/images/0190a000-0000-7000-8000-000000000000/view', 404],
    ['GET', '/images/station.key/original', 404],
    ['GET', '/index.html?x', 400],
    ['GET', '/electron/main.js', 404],
    ['POST', '/', 405],
    ['PUT', '/images', 405],
  ])('%s %s is answered %i', async (method, path, status) => {
    const got = await launched.page.evaluate(
      ([how, where]) => fetch(where, { method: how }).then((answer) => answer.status),
      [method, path] as const,
    );
    expect(got).toBe(status);
  });

  test('refuses another origin and another host', async () => {
    const handler = launched.double.control.stage.handlers.get('app');
    const answers = [
      new Request('app://countercheck/images', {
        method: 'POST',
        headers: { origin: 'https://example.org' },
      }),
      new Request('app://countercheck/', { headers: { origin: 'https://example.org' } }),
      new Request('app://elsewhere/'),
    ].map(async (request) => (await handler?.(request))?.status);
    expect(await Promise.all(answers)).toEqual([403, 403, 404]);
  });
});

describe('what only a shell can do', () => {
  test('a file chosen in the dialogue becomes an image', async () => {
    const path = join(dataFolder, 'chosen.png');
    writeFileSync(
      path,
      await sharp({ create: { width: 50, height: 20, channels: 3, background: '#444' } })
        .png()
        .toBuffer(),
    );
    launched.double.control.openFiles.push(path);
    const reply = JSON.parse(String(await ask('shell.pickImage', '{}'))) as object;
    expect(reply).toMatchObject({ ok: true, value: { image: { width: 50, height: 20 } } });
    expect(launched.double.control.dialogs).toEqual([
      {
        properties: ['openFile'],
        filters: [{ name: expect.stringContaining('JPEG'), extensions: expect.anything() }],
      },
    ]);
    expect(JSON.parse(String(await ask('shell.pickImage', '{}')))).toEqual({
      ok: true,
      value: { image: null, pdf: null },
    });
  });

  test('a folder is chosen by its own dialogue', async () => {
    launched.double.control.openFiles.push(dataFolder);
    expect(JSON.parse(String(await ask('shell.pickFolder', '{}')))).toEqual({
      ok: true,
      value: { folder: dataFolder },
    });
    expect(launched.double.control.dialogs.at(-1)).toEqual({ properties: ['openDirectory'] });
  });

  test('the window is printed', async () => {
    expect(JSON.parse(String(await ask('shell.print', '{}')))).toEqual({
      ok: true,
      value: { printed: true },
    });
    expect(launched.window.webContents.printed).toHaveLength(1);
  });

  test('a case becomes a PDF in a hidden window of its own, which goes with it', async () => {
    const draft = draftOf();
    const decision = {
      id: newId(),
      outcome: 'referred',
      reasons: ['at-second-line'],
      note: 'seam <b>open</b>',
    };
    const judgedOn = new Date().toISOString().slice(0, 10);
    await ask('examination.save', JSON.stringify({ ...draft, judgedOn, decision }));
    const windows = launched.double.control.windows.length;
    const folder = mkdtempSync(join(tmpdir(), 'printed-'));
    const reply = JSON.parse(
      String(await ask('case.print', JSON.stringify({ examinationId: draft.id, folder }))),
    );
    expect(reply).toMatchObject({ ok: true, value: { page: null } });
    const text = await textOfPdf(readFileSync(reply.value.path));
    rmSync(folder, { recursive: true });
    expect(text).toContain('ERIKSSON, ANNA MARIA');
    expect(text).toContain('seam <b>open</b>');
    expect(launched.double.control.windows).toHaveLength(windows + 1);
    const hidden = launched.double.control.windows.at(-1);
    expect(hidden?.isVisible()).toBe(false);
    expect(hidden?.options.webPreferences).toMatchObject({
      javascript: false,
      sandbox: true,
      contextIsolation: true,
    });
    expect(hidden?.options.webPreferences?.preload).toBeUndefined();
    await expect.poll(() => hidden?.isDestroyed()).toBe(true);
    expect(launched.window.isDestroyed()).toBe(false);
  });
});

test('the source starts no crash reporter and opens no debugging port', () => {
  for (const name of ['main', 'window', 'print-window', 'menu', 'preload', 'electron-shell']) {
    const source = readFileSync(join(import.meta.dirname, `../../electron/${name}.ts`), 'utf8');
    expect(source).not.toMatch(
      /crashReporter|appendSwitch\('remote-debugging|openDevTools|executeJavaScript/,
    );
  }
});

test('a packaged window takes no debugging port from whoever starts it', () => {
  expect(launched.double.control.removedSwitches).toEqual(
    expect.arrayContaining(['remote-debugging-port', 'remote-debugging-pipe']),
  );
  expect(launched.double.control.switches.join()).not.toContain('debugging');
});
