// What belongs to protection alone, and what a case may say: the two never meet, and the procedure knows which is which.
import { expect, it } from 'vitest';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import { caseSubmission } from '../../shared/contract/cases.ts';
import { protectionEntry } from '../../shared/contract/protection.ts';
import { PROTECTION_DISPOSITIONS } from '../../shared/contract/protection-ids.ts';
import { newId } from '../../renderer/lib/id.ts';

const { dispositions, signs, questions } = shippedProcedure();

const outcomeWith = (disposition: string) =>
  caseSubmission.safeParse({
    id: newId(),
    kind: 'outcome',
    outcome: 'L2.inconclusive',
    dispositions: [disposition],
    reasons: [],
    note: '',
  });

const entryWith = (change: object) =>
  protectionEntry.safeParse({ id: newId(), examinationId: newId(), signs: [], note: '', ...change });

it('every disposition of the procedure is of a case or of protection, never of both', () => {
  expect(dispositions.filter((one) => one.protection).map(({ id }) => id)).toEqual(
    expect.arrayContaining([...PROTECTION_DISPOSITIONS]),
  );
  for (const { id, protection } of dispositions) {
    expect(outcomeWith(id).success, id).toBe(!protection);
    const referral = { contactId: null, contactName: '', consent: 'no', dispositions: [id] };
    expect(entryWith({ referral }).success, id).toBe(protection);
  }
});

it('an entry takes every sign and every question of the procedure at once, and one without anything', () => {
  const answers = questions.map(({ id }) => ({ questionId: id, note: 'x'.repeat(1000) }));
  expect(entryWith({ signs: signs.map(({ id }) => id), answers }).success).toBe(true);
  expect(entryWith({}).data).toMatchObject({ needs: [], answers: [], referral: null });
  expect(entryWith({ needs: ['gold'] }).success).toBe(false);
});
