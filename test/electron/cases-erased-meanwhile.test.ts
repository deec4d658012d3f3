// A case is erased while a picture for it is looked at: the entry is refused by name, and no fault of ours is told.
import { expect, it, vi } from 'vitest';
import type { ImageVault } from '../../electron/images/vault.ts';
import { codeOf, enter, referCase } from './case-fixtures.ts';
import { OFFICER, openReady } from './fixtures.ts';

const looking: { meanwhile: (() => Promise<void>) | null } = { meanwhile: null };

vi.mock(import('../../electron/images/vault.ts'), async (original) => {
  const real = await original();
  return {
    ...real,
    openVault(...given) {
      const vault = real.openVault(...given);
      const get: ImageVault['get'] = async (id) => {
        const picture = await vault.get(id);
        const { meanwhile } = looking;
        looking.meanwhile = null;
        await meanwhile?.();
        return picture;
      };
      return { ...vault, get };
    },
  };
});

it('an entry that comes too late is refused', async () => {
  let days = 0;
  const app = await openReady({ now: () => new Date(Date.now() + days * 24 * 60 * 60_000) });
  const { id, documentId } = await referCase(app);
  await enter(app, id, { kind: 'taken' });
  days = 4000;
  await app.signIn(OFFICER);
  const picture = await app.image(50);
  const { at, digest } = await app.ask('retention.preview', {});
  let run = Promise.resolve('not asked');
  looking.meanwhile = async () => {
    run = app.codeOf('retention.run', { at, digest });
    // It ends once the entry is through: drafts that are due go in the order of what is saved.
    await expect.poll(async () => (await app.ask('history.open', { id })).erasedAt).toBeDefined();
  };
  const image = { id: picture.id, light: 'white', source: 'file' } as const;
  expect(await codeOf(app, id, { kind: 'image', documentId, image })).toBe('erased');
  expect(await run).toBe('ok');
  expect(app.faults).toEqual([]);
  expect(app.verifyAudit()).toMatchObject({ ok: true });
});
