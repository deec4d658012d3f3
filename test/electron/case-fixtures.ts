// A station with two who work at second line and one at the counter, and cases of theirs.
import type { CaseSubmission, CaseView } from '../../shared/contract/cases.ts';
import type { Channel, Input, Output } from '../../shared/contract/channels.ts';
import type { AppOptions } from '../../electron/app.ts';
import {
  ADMINISTRATOR,
  draftOf,
  ERIKSSON,
  newId,
  OFFICER,
  openReady,
  refer,
  type TestApp,
  TODAY,
} from './fixtures.ts';
import { EXAMINER } from './set-up.ts';

const ONCE = 'walks in for once';

/** Lets somebody in whose secret is their own. */
export async function addPerson(app: TestApp, person: Omit<typeof EXAMINER, 'role'> & { role: string }) {
  await app.signIn(ADMINISTRATOR);
  const { secret, ...rest } = person;
  await app.ask('people.save', { ...rest, secret: ONCE } as Input<'people.save'>);
  await app.signIn({ id: person.id, secret: ONCE });
  await app.ask('vault.change-secret', { secret: ONCE, newSecret: secret });
  await app.signIn(OFFICER);
}

/** The officer of the fixtures is a supervisor; here an examiner works beside them. */
export async function openStaffed(
  options: Partial<AppOptions> = {},
  settings: Partial<Input<'settings.save'>> = {},
): Promise<TestApp> {
  const app = await openReady(options, settings);
  await addPerson(app, EXAMINER);
  return app;
}

export interface TestCase {
  id: string;
  documentId: string;
  imageId: string;
}

/** Refers a traveller from the counter; `lines` in the one document. */
export async function referCase(app: TestApp, lines: string[] = ERIKSSON, note = ''): Promise<TestCase> {
  const { id: imageId } = await app.image();
  const draft = draftOf(imageId, lines);
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer(note) });
  return { id: draft.id, documentId: draft.documents[0]?.id ?? '', imageId };
}

type Without<T> = T extends unknown ? Omit<T, 'id'> : never;
/** An entry without its id. */
export type Entry = Without<CaseSubmission>;

export const withId = (entry: Entry): CaseSubmission => ({ ...entry, id: newId() }) as CaseSubmission;

export const enter = (app: Pick<TestApp, 'ask'>, id: string, entry: Entry): Promise<Output<'case.enter'>> =>
  app.ask('case.enter', { examinationId: id, entry: withId(entry) });

/** The code of a refusal, or `ok`. */
export const codeOf = (app: Pick<TestApp, 'codeOf'>, id: string, entry: Entry): Promise<string> =>
  app.codeOf('case.enter', { examinationId: id, entry: withId(entry) });

export const answerOf = (
  documentId: string,
  itemId: string,
  answer: 'matched' | 'differs' | 'not-present' | 'not-checked' | null,
): Extract<Entry, { kind: 'answer' }> => ({
  kind: 'answer',
  documentId,
  itemId,
  answer,
  note: '',
  marks: [],
});

export const outcomeOf = (
  outcome: Extract<CaseSubmission, { kind: 'outcome' }>['outcome'],
  change: Partial<Extract<Entry, { kind: 'outcome' }>> = {},
): Extract<Entry, { kind: 'outcome' }> => ({
  kind: 'outcome',
  outcome,
  dispositions: [],
  reasons: [],
  note: '',
  ...change,
});

export interface Colleague {
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>>;
  codeOf<C extends Channel>(channel: C, input: Input<C>): Promise<string>;
}

/** Somebody else at the same station, at the same time: with a session beside the window's. */
export async function colleague(
  app: TestApp,
  { id, secret }: { id: string; secret: string },
): Promise<Colleague> {
  const command = app.command();
  const call = async (channel: string, input: unknown) =>
    JSON.parse(await command.dispatch(channel, JSON.stringify(input)));
  const entered = await call('vault.sign-in', { officerId: id, secret });
  if (entered.ok !== true) throw new Error(entered.error.code);
  return {
    async ask(channel, input) {
      const reply = await call(channel, input);
      if (reply.ok !== true)
        throw new Error(`${channel}: ${reply.error.code} ${reply.error.fields?.join() ?? ''}`);
      return reply.value;
    },
    async codeOf(channel, input) {
      const reply = await call(channel, input);
      return reply.ok === true ? 'ok' : reply.error.code;
    },
  };
}

/** Kinds of entries in their order. */
export const kindsOf = ({ entries }: CaseView): string[] => entries.map(({ kind }) => kind);
