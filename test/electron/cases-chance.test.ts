// Two officers who send whatever they like in any order: each entry is taken or refused by name, and the case stays whole.
import { expect, it } from 'vitest';
import type { CaseEntry } from '../../shared/contract/cases.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import {
  answerOf,
  colleague,
  type Entry,
  openStaffed,
  outcomeOf,
  referCase,
  withId,
} from './case-fixtures.ts';
import { newId } from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const REFUSALS = new Set([
  'ok',
  'bad-request',
  'bearer-closed',
  'case-closed',
  'case-held',
  'case-not-closed',
  'image-unknown',
  'sign-own',
  'superseded',
]);

/** What must be true of the entries of any case, told by the entries alone. */
function faultsOf(entries: readonly CaseEntry[]): string[] {
  const faults: string[] = [];
  const closed = new Set<string>();
  let holder = '';
  let outcome: Extract<CaseEntry, { kind: 'outcome' }> | null = null;
  let signed = false;
  for (const [index, entry] of entries.entries()) {
    const { kind, officerId } = entry;
    const told = `${kind} at ${entry.seq}`;
    if (entry.seq !== index + 1) faults.push(`${told}: out of place`);
    if (outcome !== null && kind !== 'signed' && kind !== 'reopened')
      faults.push(`${told}: after the outcome`);
    if (['answer', 'image', 'question', 'outcome'].includes(kind) && officerId !== holder)
      faults.push(`${told}: not in their hands`);
    if ((kind === 'bearer' || kind === 'bearer-done') && closed.has(officerId))
      faults.push(`${told}: closed before`);
    if (kind === 'signed' && (signed || entry.entryId !== outcome?.id || outcome.officerId === officerId))
      faults.push(`${told}: not theirs to sign`);
    if (kind === 'reopened' && outcome === null) faults.push(`${told}: not concluded`);
    if (kind === 'bearer-done') closed.add(officerId);
    if (kind === 'signed') signed = true;
    if (kind === 'taken' || kind === 'reopened') holder = officerId;
    if (kind === 'outcome') [outcome, signed, holder] = [entry, false, ''];
    if (kind === 'reopened') outcome = null;
  }
  return faults;
}

it.each([1, 2, 3])('by chance %i', async (seed) => {
  const random = createRandom(seed);
  const app = await openStaffed({}, { secondSignature: random.pick(['required', 'off']) });
  const { id, documentId, imageId } = await referCase(app);
  const officers = [app, await colleague(app, EXAMINER)];
  const outcomes: string[] = [newId()];
  const entries: Record<string, () => Entry | Promise<Entry>> = {
    taken: () => ({ kind: 'taken' }),
    answer: () => ({
      ...answerOf(
        documentId,
        random.pick(['A1', 'L1a', 'S1', 'V01']),
        random.pick(['matched', 'differs', null]),
      ),
      marks: [
        {
          imageId: random.pick([imageId, newId()]),
          shape: 'point',
          points: [{ x: random.int(0, 110), y: 1 }],
          note: '',
        },
      ],
    }),
    image: async () => ({
      kind: 'image',
      documentId,
      image: { id: random.chance(0.5) ? (await app.image()).id : newId(), light: 'macro', source: 'file' },
    }),
    question: () => ({ kind: 'question', questionId: random.pick(['Q03', 'Q20']), note: '' }),
    bearer: () => ({ kind: 'bearer', componentId: 'FC10', answer: 'similar', note: '' }),
    closed: () => ({ kind: 'bearer-done', verdict: 'cannot-say', note: '' }),
    outcome: () =>
      outcomeOf(random.pick(['L2.genuine_bearer', 'L2.forged']), { note: random.pick(['', 'why']) }),
    signed: () => ({ kind: 'signed', entryId: random.pick(outcomes.slice(-2)) }),
    reopened: () => ({ kind: 'reopened', reason: 'another look' }),
  };
  const codes = new Map<string, number>();
  const sent: { by: (typeof officers)[number]; entry: ReturnType<typeof withId> }[] = [];
  for (let index = 0; index < 160; index += 1) {
    const name = random.pick(Object.keys(entries));
    // Most of a case is done by one who holds it; now and then something is sent twice.
    const again = random.chance(0.1) ? sent.at(-1) : undefined;
    const by = again?.by ?? officers[random.chance(0.7) ? 0 : 1] ?? app;
    const entry = again?.entry ?? withId((await entries[name]?.()) ?? { kind: 'taken' });
    const code = await by.codeOf('case.enter', { examinationId: id, entry });
    if (code === 'ok') sent.push({ by, entry });
    if (code === 'ok' && entry.kind === 'outcome') outcomes.push(entry.id);
    codes.set(code, (codes.get(code) ?? 0) + 1);
    expect(REFUSALS, `${name} ${index}`).toContain(code);
  }
  for (const officer of officers) await officer.ask('case.open', { id });
  // Closed by both, so that nothing is hidden from whoever looks now.
  for (const officer of officers)
    await officer.codeOf('case.enter', {
      examinationId: id,
      entry: withId({ kind: 'bearer-done', verdict: 'cannot-say', note: '' }),
    });
  const view = await app.ask('case.open', { id });
  expect(view.entries.map(({ id: entryId }) => entryId)).toEqual(view.acts.map(({ id: actId }) => actId));
  expect(faultsOf(view.entries)).toEqual([]);
  const there = view.acts.map((act) => act.id);
  for (const { entry } of sent) expect(there).toContain(entry.id);
  expect(codes.size).toBeGreaterThan(4);
  expect(app.verifyAudit()).toMatchObject({ ok: true, breaks: [] });
  expect(app.faults).toEqual([]);
});
