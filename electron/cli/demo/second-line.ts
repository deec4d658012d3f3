// The second line without a window: one doubt taken to an outcome that two people answer for, and its report as a PDF.
import { mkdir } from 'node:fs/promises';
import { v7 as uuid } from 'uuid';
import type { CaseSubmission } from '../../../shared/contract/cases.ts';
import { DEMO_KEEPER, type Recorded, signIn } from './examinations.ts';
import { type DemoStation, Refused } from './station.ts';

/** The second of the two; a secret somebody else gave is changed before anything else. */
const EXAMINER = {
  id: uuid(),
  name: 'B. Specimen',
  role: 'examiner' as const,
  signInName: 'examiner',
  secret: 'second pair of eyes',
};
const FOR_ONCE = 'opens it for once';

/** So many of the document's own items stay open: the report lists what was not checked. */
const LEFT_OPEN = 5;

type Without<T> = T extends unknown ? Omit<T, 'id'> : never;

export interface Concluded {
  outcome: string;
  /** Who concluded, and who signed. */
  author: string;
  signer: string;
  /** Items that stay open, as the report lists them. */
  notChecked: number;
  /** Where the report lies; null where there is no browser to make it. */
  report: string | null;
}

/**
 * The examiner looks, compares the bearer and concludes; the supervisor signs and has the report made in `outFolder`.
 * Throws `Refused`.
 */
export async function concludeCase(
  station: DemoStation,
  { examinationId }: Recorded,
  outFolder: string,
): Promise<Concluded> {
  const { ask } = station;
  const enter = async (entry: Without<CaseSubmission>) =>
    ask('case.enter', { examinationId, entry: { ...entry, id: uuid() } as CaseSubmission });
  await letIn(station);
  await enter({ kind: 'taken' });
  const { documents } = await ask('case.open', { id: examinationId });
  const [{ documentId, itemIds } = { documentId: '', itemIds: [] }] = documents;
  const reason = { documentId, itemId: 'A2' };
  const seen = itemIds.filter((itemId) => itemId !== reason.itemId).slice(0, -LEFT_OPEN);
  const rest = { kind: 'answer' as const, documentId, note: '', marks: [] };
  for (const itemId of seen) await enter({ ...rest, itemId, answer: 'matched' });
  await enter({ ...rest, itemId: reason.itemId, answer: 'differs' });
  await enter({ kind: 'bearer-done', verdict: 'supported', note: '' });
  const { outcomeId } = await enter({
    kind: 'outcome',
    outcome: 'L2.forged',
    dispositions: ['expert_referral'],
    reasons: [reason],
    note: '',
  });
  await signIn(station);
  await enter({ kind: 'signed', entryId: outcomeId ?? '' });
  const { record, notChecked } = await ask('case.open', { id: examinationId });
  const { secondLine } = record;
  if (secondLine === undefined || secondLine.signedBy === null) throw new Refused('not-signed');
  return {
    outcome: secondLine.outcome,
    author: secondLine.officerName,
    signer: secondLine.signedBy,
    notChecked: notChecked.length,
    report: await print(station, examinationId, outFolder),
  };
}

async function letIn({ ask }: DemoStation): Promise<void> {
  const { secret, ...person } = EXAMINER;
  await ask('vault.sign-in', { name: DEMO_KEEPER.signInName, secret: DEMO_KEEPER.secret });
  await ask('people.save', { ...person, secret: FOR_ONCE });
  await ask('vault.sign-in', { name: person.signInName, secret: FOR_ONCE });
  await ask('vault.change-secret', { secret: FOR_ONCE, newSecret: secret });
}

async function print(
  { ask, canPrint }: DemoStation,
  examinationId: string,
  folder: string,
): Promise<string | null> {
  if (!canPrint) return null;
  await mkdir(folder, { recursive: true });
  return (await ask('case.print', { examinationId, folder })).path;
}
