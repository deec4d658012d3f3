// The handle that shells hold: the same answers from a thread of its own, in order, and none left hanging.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Shell, Station } from '../../electron/shell.ts';
import { openStation } from '../../electron/station.ts';
import { png } from '../images/samples.ts';
import { ADMINISTRATOR, NO_SHELL, OFFICER, readyFolder, SETTINGS, temporaryFolder } from './fixtures.ts';

const stations: Station[] = [];
afterEach(async () => {
  for (const station of stations.splice(0)) await station.close();
});

function start(dataFolder = temporaryFolder(), shell: Shell = NO_SHELL): Station & { faults: string[] } {
  const faults: string[] = [];
  const station = openStation({ dataFolder, version: '1.2.3', shell, report: (fault) => faults.push(fault) });
  stations.push(station);
  return { ...station, faults };
}

const ask = async (station: Station, channel: string, input: unknown = {}) =>
  JSON.parse(await station.dispatch(channel, JSON.stringify(input)));

const signIn = (station: Station) =>
  ask(station, 'vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });

/** Set up, with the officer at the counter. */
async function ready(shell: Shell = NO_SHELL) {
  const station = start(await readyFolder(), shell);
  await signIn(station);
  return station;
}

const nextEvent = (station: Station): Promise<[string, string]> =>
  new Promise((resolve) => station.subscribe((event, body) => resolve([event, body])));

describe('the station in its own thread', () => {
  it('answers what was asked before it was open, and tells that it opened', async () => {
    const station = start();
    const asked = [ask(station, 'vault.state'), ask(station, 'history.search'), ask(station, 'nothing')];
    expect(await nextEvent(station)).toEqual(['station.changed', '{}']);
    // Whoever listens late is told as well.
    expect(await nextEvent(station)).toEqual(['station.changed', '{}']);
    expect(await Promise.all(asked)).toMatchObject([
      { ok: true, value: { version: '1.2.3', phase: 'new' } },
      { ok: false, error: { code: 'signed-out' } },
      { ok: false, error: { code: 'unknown-channel' } },
    ]);
    expect(station.faults).toEqual([]);
  });

  it('takes pictures in and shows them in every variant', async () => {
    const station = await ready();
    const bytes = new Uint8Array(await png());
    const reply = JSON.parse(await station.putImage(bytes));
    expect(reply).toMatchObject({ ok: true, value: { width: 96, height: 64 } });
    // The caller's bytes are still its own.
    expect(bytes.byteLength).toBeGreaterThan(0);
    const { id } = reply.value;
    expect(await station.getImage(id, 'original')).toEqual({
      ok: true,
      mime: 'image/png',
      bytes,
      width: 96,
      height: 64,
    });
    const grey = await station.getImage(id, 'grey');
    expect(grey).toMatchObject({ ok: true, mime: 'application/octet-stream', width: 96, height: 64 });
    expect(grey.ok && grey.bytes.length).toBe(96 * 64);
    for (const variant of ['view', 'thumb'] as const) {
      expect(await station.getImage(id, variant)).toMatchObject({ ok: true, mime: 'image/jpeg', width: 96 });
    }
    const tile = await station.getImage(id, { level: 0, x: 0, y: 0 });
    expect(tile).toMatchObject({ ok: true, mime: 'image/jpeg', width: 96, height: 64 });
    // It is kept where it was made: asked for again it is the same.
    expect(await station.getImage(id, { level: 0, x: 0, y: 0 })).toEqual(tile);
    expect(await station.getImage('../station.key', 'original')).toEqual({
      ok: false,
      code: 'image-unknown',
    });
    expect(JSON.parse(await station.putImage(new Uint8Array()))).toEqual({
      ok: false,
      error: { code: 'image-empty' },
    });
  });

  it('pushes what changed', async () => {
    const station = start(await readyFolder());
    await nextEvent(station);
    const events: string[] = [];
    // How full this machine's disk is may be told as well.
    const stop = station.subscribe((event) => event !== 'health.changed' && events.push(event));
    await signIn(station);
    expect(events).toEqual(['station.changed', 'vault.changed', 'station.changed']);
    stop();
    await ask(station, 'settings.adjust', { theme: 'uv', sound: false, cameraLabel: null });
    expect(events).toHaveLength(3);
  });

  it('asks the shell across the threads, and bears its refusal', async () => {
    const can = { ...NO_SHELL.can, pickFile: true, print: true };
    const picked = await png();
    const shell: Shell = {
      ...NO_SHELL,
      kind: 'host',
      can,
      pickFile: async () => ({ bytes: new Uint8Array(picked) }),
      print: () => Promise.reject(new Error('no printer for ERIKSSON')),
    };
    const station = await ready(shell);
    expect(await ask(station, 'shell.pickImage')).toMatchObject({
      ok: true,
      value: { image: { width: 96 } },
    });
    expect(await ask(station, 'shell.print')).toEqual({ ok: false, error: { code: 'internal' } });
    expect(station.faults.join()).not.toContain('ERIKSSON');
    expect((await ask(station, 'vault.state')).value.shell).toEqual({
      kind: 'host',
      pickFile: true,
      print: true,
    });
  });

  it('that cannot open answers every call with the reason', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'station.db'), 'something else');
    const station = start(folder);
    expect(await ask(station, 'station.state')).toEqual({ ok: false, error: { code: 'store-key' } });
    expect(await nextEvent(station)).toEqual(['station.failed', '{"code":"store-key"}']);
    expect(await station.getImage('x', 'view')).toEqual({ ok: false, code: 'store-key' });
  });

  it('that was closed has written all, lets the folder go and answers at once', async () => {
    const folder = await readyFolder();
    const station = start(folder);
    await signIn(station);
    const saved = ask(station, 'settings.adjust', { theme: 'uv', sound: false, cameraLabel: null });
    await station.close();
    expect(await saved).toMatchObject({ ok: true });
    expect(await ask(station, 'station.state')).toEqual({ ok: false, error: { code: 'internal' } });
    await station.close();
    const next = start(folder);
    await ask(next, 'vault.sign-in', { name: ADMINISTRATOR.signInName, secret: ADMINISTRATOR.secret });
    expect(await ask(next, 'station.state')).toMatchObject({
      ok: true,
      value: { settings: { ...SETTINGS, theme: 'uv', sound: false } },
    });
  });

  it('does not hold up its shell while it decodes', async () => {
    const station = await ready();
    const { deflateSync } = await import('node:zlib');
    const { forgedPng } = await import('../images/samples.ts');
    const big = forgedPng(6000, 5000, deflateSync(Buffer.alloc(6001 * 5000), { level: 1 }));
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    expect(JSON.parse(await station.putImage(big))).toMatchObject({ ok: true });
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });
});
