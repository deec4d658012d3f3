// `countercheck audit verify|anchor|day-log`: whether the audit chain is whole, and a code that holds its end.
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { AuditBreak, AuditVerdict } from '../../../shared/contract/audit.ts';
import { parseDay } from '../../../shared/mrz/dates.ts';
import { type Ask, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

/** Anchors as given: the lines of a file of this name, else the text itself. */
function anchorsFrom(given: string): string[] {
  const isFile = existsSync(given) && statSync(given).isFile();
  const text = isFile ? readFileSync(given, 'utf8') : given;
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** A number of 0 says that no entry tells of it. */
const breakLine = ({ seq, kind, subjectId }: AuditBreak): string =>
  `  ${say(`audit-page.break.${kind}`, { seq: seq ?? 0, id: subjectId ?? '' })}`;

/** The verdict for people, in the window's words where both say the same. Ids and numbers of entries, never what stands there. */
export function verdictLines({
  ok,
  entries,
  signedFrom,
  anchors,
  restoredAt,
  breaks,
  more,
}: AuditVerdict): string[] {
  const signed =
    signedFrom === null ? say('audit-page.unsigned') : say('audit-page.signed', { seq: signedFrom });
  return [
    ok
      ? say('cli.audit.whole', { entries })
      : say('cli.audit.broken', { count: breaks.length + more, entries }),
    ...breaks.map(breakLine),
    ...(more > 0 ? [say('cli.audit.more', { count: more })] : []),
    signed,
    say('audit-page.anchors', { count: anchors }),
    ...restoredAt.map((seq) => say('cli.audit.restored', { seq })),
  ];
}

async function verify(invocation: Invocation, ask: Ask): Promise<number> {
  const given = invocation.values['anchor'];
  const anchors = typeof given === 'string' ? anchorsFrom(given) : [];
  const verdict = await ask('audit.verify', { anchors });
  await tell(invocation, verdict, verdictLines(verdict));
  return verdict.ok ? 0 : 1;
}

async function anchor(invocation: Invocation, ask: Ask): Promise<number> {
  const made = await ask('audit.anchor', {});
  return tell(invocation, made, [say('cli.audit.anchored', { ...made })]);
}

function dayFrom(values: Invocation['values']): string | null {
  const given = values['day'];
  if (typeof given !== 'string') return null;
  if (parseDay(given) === null) throw new UsageError(say('cli.audit.wrong-day', { value: given }));
  return given;
}

async function dayLog(invocation: Invocation, ask: Ask): Promise<number> {
  const log = await ask('audit.day-log', { day: dayFrom(invocation.values) });
  const {
    day,
    stationCode,
    place,
    outcomes,
    clearedCounted,
    refused,
    officers,
    firstEntry,
    anchor: made,
  } = log;
  const text = say('cli.audit.day-log', {
    day,
    stationCode,
    place,
    ...outcomes,
    counted: clearedCounted,
    ...refused,
    people: officers.length,
    officers: officers.join('; '),
    first: firstEntry,
    last: made.seq,
    code: made.code,
    at: made.at,
  });
  return tell(invocation, log, [text]);
}

const ACTIONS = { verify, anchor, 'day-log': dayLog };

const isAction = (name: string): name is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, name);

export const audit: Command = {
  name: 'audit',
  options: { ...STATION_OPTIONS, anchor: { type: 'string' }, day: { type: 'string' } },
  async run(invocation) {
    const [action = '', ...rest] = invocation.files;
    if (!isAction(action) || rest.length > 0) throw new UsageError(say('cli.audit.which'));
    // Wrong usage is told before anybody signs in.
    dayFrom(invocation.values);
    return atStation(invocation, (ask) => ACTIONS[action](invocation, ask));
  },
};
