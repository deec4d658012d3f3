// Signing in: what a secret opens, what a wrong one costs, who is let back in, and what a locked window answers.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ADMINISTRATOR,
  ALL,
  draftOf,
  newId,
  OFFICER,
  openAgain,
  openApp,
  openReady,
  setupOf,
  temporaryFolder,
} from './fixtures.ts';

describe('a station', () => {
  it('that is new is set up in one step, and sealed at the next start', async () => {
    const app = await openApp();
    expect(await app.ask('vault.state', {})).toMatchObject({ phase: 'new', session: null, people: [] });
    expect(readdirSync(app.folder).sort()).toEqual(['images', 'station.lock']);
    const { vault, recoveryKey } = await app.ask('station.setup', setupOf());
    expect(recoveryKey).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){12}[0-9A-HJKMNP-TV-Z]{5}$/);
    expect(vault).toMatchObject({
      phase: 'open',
      session: { officerId: ADMINISTRATOR.id, role: 'administrator', mustChange: false },
      idleMinutes: 5,
    });
    expect(await app.codeOf('station.setup', setupOf())).toBe('already-saved');
    await app.close();
    const later = await openApp({ dataFolder: app.folder });
    expect(await later.ask('vault.state', {})).toMatchObject({ phase: 'sealed', session: null, people: [] });
    expect(await later.codeOf('station.state', {})).toBe('signed-out');
    expect(existsSync(join(app.folder, 'station.key'))).toBe(false);
    expect(await later.ask('vault.sign-in', { name: ' OFFICER ', secret: OFFICER.secret })).toMatchObject({
      phase: 'open',
      session: { officerId: OFFICER.id, name: OFFICER.name },
    });
    expect(await later.ask('history.search', ALL)).toMatchObject({ total: 0 });
  });

  it('keeps no name, role or secret in its key file', async () => {
    const { folder } = await openReady();
    const text = readFileSync(join(folder, 'station.keys'), 'utf8');
    for (const word of [
      OFFICER.name,
      OFFICER.signInName,
      OFFICER.secret,
      'supervisor',
      ADMINISTRATOR.signInName,
    ])
      expect(text).not.toContain(word);
  });
});

describe('a locked window', () => {
  it('answers nothing of a traveller, and lets anybody of the station in', async () => {
    const app = await openReady();
    const draft = draftOf((await app.image()).id);
    await app.ask('draft.save', draft);
    const [image = ''] = draft.documents.flatMap(({ images }) => images.map(({ id }) => id));
    expect(await app.ask('vault.lock', {})).toMatchObject({
      phase: 'locked',
      session: null,
      people: [{ id: OFFICER.id }, { id: ADMINISTRATOR.id }],
    });
    expect(await app.codeOf('draft.load', {})).toBe('signed-out');
    expect(await app.getImage(image, 'view')).toEqual({ ok: false, code: 'signed-out' });
    expect(JSON.parse(await app.putImage(new Uint8Array(5)))).toEqual({
      ok: false,
      error: { code: 'signed-out' },
    });
    await app.signIn(OFFICER);
    expect(await app.ask('draft.load', {})).toEqual({ draft, begunBy: null });
  });
});

export const unused = [newId, openAgain, temporaryFolder];
