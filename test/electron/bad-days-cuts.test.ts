// Power that goes at any step of a first run, a change at people or keys, a restore: the next start ends or undoes it.
import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { Output } from '../../shared/contract/channels.ts';
import { cutsOf } from './cuts.ts';
import {
  ADMINISTRATOR,
  ALL,
  draftOf,
  newId,
  OFFICER,
  openApp,
  openReady,
  refer,
  setupOf,
  temporaryFolder,
  type TestApp,
  TODAY,
} from './fixtures.ts';

// A busy machine is no bad day.
vi.setConfig({ testTimeout: 120_000 });

/** A station with a record with a picture, a protected one, and a draft with a picture. */
async function worked(): Promise<{ app: TestApp; draft: string; images: string[] }> {
  const app = await openReady();
  const images = [(await app.image(1)).id, (await app.image(2)).id];
  const record = draftOf(images[0]);
  await app.ask('protection.record', { id: newId(), examinationId: record.id, signs: ['VT.01'], note: 'n' });
  await app.ask('examination.save', { ...record, judgedOn: TODAY, decision: refer() });
  const draft = draftOf(images[1]);
  await app.ask('draft.save', draft);
  return { app, draft: draft.id, images };
}

/** Which of these secrets lets the person in; nothing of the station may be broken. */
async function openedBy(app: TestApp, id: string, secrets: readonly string[]): Promise<string | null> {
  for (const secret of secrets) {
    const code = await app.codeOf('vault.sign-in', { officerId: id, secret });
    if (code === 'ok') return secret;
    expect(code).toBe('sign-in-wrong');
  }
  return null;
}

/** All that was kept before is there, whoever was cut. */
async function expectAll(
  app: TestApp,
  { draft, images }: { draft: string; images: string[] },
): Promise<void> {
  expect(await openedBy(app, OFFICER.id, [OFFICER.secret])).toBe(OFFICER.secret);
  expect((await app.ask('history.search', ALL)).total).toBe(1);
  expect((await app.ask('draft.load', {})).draft?.id).toBe(draft);
  for (const id of images) expect(await app.getImage(id, 'original')).toMatchObject({ ok: true });
  expect(app.verifyAudit()).toMatchObject({ ok: true });
  expect(app.faults).toEqual([]);
}

const leftIn = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /\.(next|new|tmp)|restoring|scratch/u.test(name));

/** Looks at every state that a cut can leave; answers how many there were. */
async function each(
  cuts: readonly string[],
  look: (app: TestApp, isLast: boolean) => Promise<void>,
): Promise<number> {
  for (const [at, folder] of cuts.entries()) {
    const app = await openApp({ dataFolder: folder });
    expect(app.failure, `cut ${at} of ${cuts.length}`).toBeNull();
    await look(app, at === cuts.length - 1);
    await app.close();
  }
  return cuts.length;
}

describe('power that goes', () => {
  it('in a first run leaves a station that is new, or whole', async () => {
    const app = await openApp();
    const cuts = await cutsOf(app.folder, () => app.ask('station.setup', setupOf()));
    const phases: string[] = [];
    const seen = await each(cuts, async (later, isLast) => {
      const { phase } = await later.ask('vault.state', {});
      phases.push(phase);
      if (isLast) expect(phase).toBe('sealed');
      if (phase === 'new') await later.ask('station.setup', setupOf());
      await later.signIn(OFFICER);
      expect(await later.codeOf('history.search', ALL)).toBe('ok');
      expect(leftIn(later.folder)).toEqual([]);
    });
    expect(seen).toBeGreaterThan(4);
    expect(new Set(phases)).toEqual(new Set(['new', 'sealed']));
  });

  it('while a secret is changed leaves one that opens: the old one or the new one', async () => {
    const { app, ...kept } = await worked();
    const [secret, newSecret] = [ADMINISTRATOR.secret, '604173'];
    await app.signIn(ADMINISTRATOR);
    const cuts = await cutsOf(app.folder, () => app.ask('vault.change-secret', { secret, newSecret }));
    const seen = await each(cuts, async (later, isLast) => {
      const own = await openedBy(later, ADMINISTRATOR.id, [newSecret, secret]);
      expect(own).toBe(isLast ? newSecret : (own ?? 'none'));
      await expectAll(later, kept);
    });
    expect(seen).toBeGreaterThan(2);
  });

  it('while people come, are named anew, forget a secret or leave shuts nobody else out, and can be done again', async () => {
    const { app, ...kept } = await worked();
    await app.signIn(ADMINISTRATOR);
    const person = { id: newId(), name: 'N. Ew', role: 'examiner' as const, signInName: 'newcomer' };
    const [first, second] = ['604173', '917304'];
    const acts: ((at: TestApp) => Promise<unknown>)[] = [
      (at) => at.ask('people.save', { ...person, secret: first }),
      (at) => at.ask('people.save', { ...person, signInName: 'renamed', secret: null }),
      (at) => at.ask('people.new-secret', { id: person.id, secret: second }),
      (at) => at.ask('people.leave', { id: person.id }),
    ];
    for (const [step, act] of acts.entries()) {
      const cuts = await cutsOf(app.folder, () => act(app));
      const seen = await each(cuts, async (later) => {
        await expectAll(later, kept);
        await later.signIn(ADMINISTRATOR);
        const { people } = await later.ask('people.list', {});
        const there = people.find(({ id }) => id === person.id);
        if (step === 0 && there === undefined) await act(later);
        if (step === 3 && there?.leftAt !== null) return;
        if (step > 0 && there?.leftAt === null) await act(later);
        if (step === 3) return;
        const name = step === 0 ? 'newcomer' : 'renamed';
        const entered = await later.codeOf('vault.sign-in', { name, secret: step === 2 ? second : first });
        expect(entered, `step ${step}`).toBe('ok');
      });
      expect(seen).toBeGreaterThan(1);
    }
  });

  it('while a recovery key is made leaves the one on paper in force', async () => {
    const app = await openApp();
    const { recoveryKey: paper } = await app.ask('station.setup', setupOf());
    await app.signIn(ADMINISTRATOR);
    let made = '';
    const cuts = await cutsOf(app.folder, async () => {
      const { secret } = ADMINISTRATOR;
      made = (await app.ask('vault.new-recovery-key', { secret })).recoveryKey;
    });
    await each(cuts, async (later, isLast) => {
      // Nobody has seen the new one before it was answered.
      await later.signIn(OFFICER);
      const administrator = { id: newId(), name: 'R', signInName: 'rescuer', secret: '604173' };
      const recoveryKey = isLast ? made : paper;
      expect(await later.codeOf('vault.recover', { recoveryKey, administrator })).toBe('ok');
    });
  });

  it('while the data key is changed leaves all records, pictures, drafts and secrets', async () => {
    const { app, ...kept } = await worked();
    await app.signIn(ADMINISTRATOR);
    const { secret } = ADMINISTRATOR;
    const cuts = await cutsOf(app.folder, () => app.ask('vault.change-key', { secret }));
    const seen = await each(cuts, async (later) => {
      await expectAll(later, kept);
      await later.close();
      expect(leftIn(later.folder)).toEqual([]);
    });
    expect(seen).toBeGreaterThan(8);
  });

  it('while a backup is restored leaves an empty folder, or the whole station', async () => {
    const app = await openApp();
    const { recoveryKey } = await app.ask('station.setup', setupOf());
    await app.signIn(OFFICER);
    const image = await app.image();
    await app.ask('examination.save', { ...draftOf(image.id), judgedOn: TODAY, decision: refer() });
    const { path } = await app.ask('backup.create', { folder: temporaryFolder() });
    const place = await openApp();
    let answer: Output<'backup.restore'> | null = null;
    const cuts = await cutsOf(place.folder, async () => {
      answer = await place.ask('backup.restore', { path, recoveryKey });
    });
    expect(answer).toMatchObject({ content: { examinations: 1 } });
    const phases: string[] = [];
    const seen = await each(cuts, async (later, isLast) => {
      const { phase } = await later.ask('vault.state', {});
      phases.push(phase);
      if (isLast) expect(phase).toBe('sealed');
      expect(leftIn(later.folder)).toEqual([]);
      if (phase === 'new') {
        expect(existsSync(later.folder)).toBe(true);
        expect(await later.codeOf('backup.restore', { path, recoveryKey })).toBe('ok');
      }
      await later.signIn(OFFICER);
      expect((await later.ask('history.search', ALL)).total).toBe(1);
      expect(await later.getImage(image.id, 'original')).toMatchObject({ ok: true });
      expect(later.verifyAudit()).toMatchObject({ ok: true });
    });
    expect(seen).toBeGreaterThan(8);
    expect(new Set(phases)).toEqual(new Set(['new', 'sealed']));
  });
});
