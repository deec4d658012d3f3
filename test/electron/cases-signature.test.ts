// Who cannot be the second of two: whoever set the other's secret while the case was going on, in either direction.
import { describe, expect, it } from 'vitest';
import { addPerson, codeOf, enter, openStaffed, outcomeOf, referCase } from './case-fixtures.ts';
import { ADMINISTRATOR, newId, OFFICER, type TestApp } from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const ONCE = 'known to two for once';
const THIRD = { ...EXAMINER, id: newId(), name: 'T. Third', signInName: 'third' };

interface Person {
  id: string;
  secret: string;
}

/** `by` sets the examiner another secret, and somebody comes in with it; answers what the examiner signs in with now. */
async function renew(app: TestApp, by: Person, newSecret: string): Promise<Person> {
  await app.signIn(by);
  await app.ask('people.new-secret', { id: EXAMINER.id, secret: ONCE });
  await app.signIn({ id: EXAMINER.id, secret: ONCE });
  await app.ask('vault.change-secret', { secret: ONCE, newSecret });
  return { id: EXAMINER.id, secret: newSecret };
}

async function conclude(app: TestApp, id: string, by: Person): Promise<string> {
  await app.signIn(by);
  await enter(app, id, { kind: 'taken' });
  return (await enter(app, id, outcomeOf('L2.genuine_bearer'))).outcomeId ?? '';
}

async function signed(app: TestApp, id: string, entryId: string, by: Person): Promise<string> {
  await app.signIn(by);
  return codeOf(app, id, { kind: 'signed', entryId });
}

describe('one who set the other a secret since the case began', () => {
  it('has not the other sign the own outcome, whether it was given before or after', async () => {
    const app = await openStaffed();
    const [before, after] = [await referCase(app), await referCase(app)];
    const first = await conclude(app, before.id, OFFICER);
    const examiner = await renew(app, OFFICER, 'chosen by the wrong hand');
    const second = await conclude(app, after.id, OFFICER);
    expect(await signed(app, before.id, first, examiner)).toBe('sign-renewed');
    expect(await signed(app, after.id, second, examiner)).toBe('sign-renewed');
    expect((await app.ask('case.open', { id: before.id })).state).toBe('to-sign');
    expect(app.verifyAudit()).toMatchObject({ ok: true });
  });

  it('does not sign what was concluded in the name of the other', async () => {
    const app = await openStaffed();
    const { id } = await referCase(app);
    const examiner = await renew(app, OFFICER, 'chosen by the wrong hand');
    const outcome = await conclude(app, id, examiner);
    expect(await signed(app, id, outcome, OFFICER)).toBe('sign-renewed');
    // What the examiner concludes once the administrator let them in again is theirs.
    const again = await renew(app, ADMINISTRATOR, 'chosen by the right hand');
    expect(await signed(app, id, outcome, OFFICER)).toBe('sign-renewed');
    await app.signIn(again);
    await enter(app, id, { kind: 'reopened', reason: 'concluded by another hand' });
    const { outcomeId } = await enter(app, id, outcomeOf('L2.genuine_bearer'));
    expect(await signed(app, id, outcomeId ?? '', OFFICER)).toBe('ok');
  });

  it('stops no third officer, and nobody once the administrator has set the secret anew', async () => {
    const app = await openStaffed();
    await addPerson(app, THIRD);
    const [one, other] = [await referCase(app), await referCase(app)];
    const outcomes = [await conclude(app, one.id, OFFICER), await conclude(app, other.id, OFFICER)] as const;
    await renew(app, OFFICER, 'chosen by the wrong hand');
    expect(await signed(app, one.id, outcomes[0], THIRD)).toBe('ok');
    const again = await renew(app, ADMINISTRATOR, 'chosen by the right hand');
    expect(await signed(app, other.id, outcomes[1], again)).toBe('ok');
  });

  it('stops nobody in a case that began later', async () => {
    const app = await openStaffed();
    const examiner = await renew(app, OFFICER, 'forgotten and set anew');
    await app.signIn(OFFICER);
    // A clock tells two moments apart after a millisecond.
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { id } = await referCase(app);
    expect(await signed(app, id, await conclude(app, id, OFFICER), examiner)).toBe('ok');
  });
});
