// First run, settings, officers, where the data lies, and what a shell can do.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { APP_VERSION, dataFolder } from '../../electron/settings.ts';
import {
  ADMINISTRATOR,
  decide,
  draftOf,
  newId,
  NO_SHELL,
  OFFICER,
  openApp,
  openReady,
  refer,
  SETTINGS,
  setupOf,
  TODAY,
} from './fixtures.ts';
import { png } from '../images/samples.ts';

describe('first run', () => {
  it('sets the station up once, and lasts', async () => {
    const app = await openApp();
    expect(await app.codeOf('station.state', {})).toBe('signed-out');
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new', dataFolder: app.folder });
    await app.ask('station.setup', setupOf());
    const state = await app.ask('station.state', {});
    expect(state).toMatchObject({ settings: SETTINGS });
    // The answer held the recovery key, which is shown once: a repeated request is refused like another one.
    expect(await app.codeOf('station.setup', setupOf())).toBe('already-saved');
    expect(await app.codeOf('station.setup', setupOf({ place: 'Elsewhere' }))).toBe('already-saved');
    // How full this machine's disk is may be told as well.
    const told = app.events.filter((event) => event !== 'health.changed');
    expect(told).toEqual(['station.changed', 'vault.changed', 'station.changed']);
    await app.close();
    const later = await openApp({ dataFolder: app.folder });
    await later.signIn(ADMINISTRATOR);
    expect(await later.ask('station.state', {})).toEqual(state);
  });

  it('refuses a time zone that nobody knows', async () => {
    const app = await openApp();
    const refused = { ok: false, error: { code: 'bad-request', fields: ['timeZone'] } };
    expect(await app.call('station.setup', setupOf({ timeZone: 'Utopia/Zenda' }))).toEqual(refused);
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new' });
    expect(await app.codeOf('settings.save', SETTINGS)).toBe('signed-out');
    await app.ask('station.setup', setupOf());
    expect(await app.call('settings.save', { ...SETTINGS, timeZone: 'Utopia/Zenda' })).toEqual(refused);
  });

  it('lets the officer at the counter set what is for their eyes and ears, and nothing else', async () => {
    const app = await openReady();
    const { settings } = await app.ask('settings.adjust', { theme: 'uv', sound: false, cameraLabel: 'top' });
    expect(settings).toMatchObject({ ...SETTINGS, theme: 'uv', sound: false, cameraLabel: 'top' });
    expect(await app.codeOf('settings.save', SETTINGS)).toBe('not-allowed');
  });
});

describe('officers', () => {
  it('are added and sign in; a record keeps the name of its day', async () => {
    const app = await openReady();
    const draft = draftOf();
    const first = refer();
    await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: first });
    await app.signIn(ADMINISTRATOR);
    const second = { id: newId(), name: 'B. Examiner', role: 'examiner' as const, signInName: 'second' };
    await app.ask('people.save', { ...second, secret: 'for one day only' });
    const { id, role, signInName } = OFFICER;
    await app.ask('people.save', { id, role, signInName, name: 'A. Officer-Married', secret: null });
    await app.signIn({ id: second.id, secret: 'for one day only' });
    await app.ask('vault.change-secret', { secret: 'for one day only', newSecret: '730162' });
    const change = { ...decide('clear'), examinationId: draft.id, replaces: first.id };
    const record = await app.ask('decision.change', change);
    expect(record.officerName).toBe(OFFICER.name);
    expect(record.decisions.map(({ officerName }) => officerName)).toEqual([OFFICER.name, second.name]);
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });
});

describe('the data folder', () => {
  const at = (platform: NodeJS.Platform, env: Record<string, string>, home = '/home/o'): string =>
    dataFolder({ platform, env, home });

  it('is where each system keeps data of one user', () => {
    expect(at('linux', {})).toBe('/home/o/.local/share/countercheck');
    expect(at('linux', { XDG_DATA_HOME: '/data' })).toBe('/data/countercheck');
    expect(at('linux', { XDG_DATA_HOME: 'relative' })).toBe('/home/o/.local/share/countercheck');
    expect(at('darwin', {}, '/Users/o')).toBe('/Users/o/Library/Application Support/Countercheck');
    expect(at('win32', { LOCALAPPDATA: 'C:\\Users\\o\\AppData\\Local' })).toBe(
      'C:\\Users\\o\\AppData\\Local\\Countercheck',
    );
    expect(at('win32', {}, 'C:\\Users\\o')).toBe('C:\\Users\\o\\AppData\\Local\\Countercheck');
    expect(at('linux', { COUNTERCHECK_DATA: '/srv/cc' })).toBe('/srv/cc');
    expect(at('linux', { COUNTERCHECK_DATA: '' })).toBe('/home/o/.local/share/countercheck');
  });

  it('belongs to a version', () => expect(APP_VERSION).toMatch(/^\d+\.\d+\.\d+/));
});

describe('what only a shell can do', () => {
  it('is left alone where the shell cannot', async () => {
    const app = await openReady();
    expect(await app.ask('shell.pickImage', {})).toEqual({ image: null, pdf: null });
    expect(await app.ask('shell.print', {})).toEqual({ printed: false });
    expect((await app.ask('vault.state', {})).shell).toEqual({
      kind: 'none',
      pickFile: false,
      print: false,
    });
  });

  it('takes no picture any more once the station has closed', async () => {
    let choose: (picked: { bytes: Uint8Array }) => void = () => undefined;
    const shell = {
      ...NO_SHELL,
      can: { ...NO_SHELL.can, pickFile: true },
      pickFile: () => new Promise<{ bytes: Uint8Array }>((resolve) => (choose = resolve)),
    };
    const app = await openReady({ shell });
    const picked = app.codeOf('shell.pickImage', {});
    await expect.poll(() => choose.length).toBe(1);
    await app.close();
    choose({ bytes: await png() });
    expect(await picked).toBe('internal');
    expect(readdirSync(join(app.folder, 'images'))).toEqual([]);
  });

  it('brings a chosen picture through the same decoder', async () => {
    let bytes: Uint8Array | null = await png();
    const shell = {
      ...NO_SHELL,
      can: { ...NO_SHELL.can, pickFile: true, print: true },
      pickFile: async () => (bytes === null ? null : { bytes }),
      print: async () => true,
    };
    const app = await openReady({ shell });
    const { image } = await app.ask('shell.pickImage', {});
    expect(image).toMatchObject({ width: 96, height: 64 });
    expect(await app.getImage(image?.id ?? '', 'grey')).toMatchObject({ ok: true, width: 96, height: 64 });
    bytes = Buffer.from('no picture');
    expect(await app.codeOf('shell.pickImage', {})).toBe('image-not-supported');
    // A PDF is the window's to draw: it is held until the window has fetched it.
    bytes = new TextEncoder().encode('%PDF-1.7 a scan');
    const { image: none, pdf } = await app.ask('shell.pickImage', {});
    expect(none).toBe(null);
    const given = await app.getImage(pdf ?? '', 'original');
    expect(given.ok && [given.mime, new TextDecoder().decode(given.bytes)]).toEqual([
      'application/pdf',
      '%PDF-1.7 a scan',
    ]);
    expect(await app.getImage(pdf ?? '', 'original')).toEqual({ ok: false, code: 'image-unknown' });
    bytes = null;
    expect(await app.ask('shell.pickImage', {})).toEqual({ image: null, pdf: null });
    expect(await app.ask('shell.print', {})).toEqual({ printed: true });
  });
});
