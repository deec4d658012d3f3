// `countercheck case …`: which cases there are, the report of one, one examination in clear, or a case between stations.
import { resolve } from 'node:path';
import type { CaseRow } from '../../../shared/contract/cases.ts';
import type { Output } from '../../../shared/contract/channels.ts';
import { type Ask, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { stationNamed } from '../recipients.ts';
import { say } from '../text.ts';

const SHOWN = ['open', 'done', 'all'] as const;
const MOST_ROWS = 200;

type Act = (ask: Ask) => Promise<number>;

/** What a command does with what follows it; null where an option is missing. */
type Action = (invocation: Invocation, subject: string) => Act | null;

const folderOf = ({ values: { to } }: Invocation): string | null =>
  typeof to === 'string' ? resolve(to) : null;

const missingLine = (missing: number): string[] =>
  missing > 0 ? [say('cli.case.missing', { count: missing })] : [];

/** Where it is, of one that another station has; else `held` is said with the name of whoever holds it. */
function line({ id, at, state, holder, name, number, handover }: CaseRow): string {
  const standing =
    handover?.direction === 'out'
      ? say('handover.state', { station: handover.stationCode })
      : say(`cases.state.${state}`, { name: holder?.name ?? '' });
  return say('cli.case.row', { id, at, state: standing, name, number });
}

function list(invocation: Invocation): Act {
  const { show = 'open' } = invocation.values;
  const shown = SHOWN.find((each) => each === show);
  if (shown === undefined) throw new UsageError(say('cli.case.wrong-show', { value: String(show) }));
  return async (ask) => {
    const found = await ask('case.list', { show: shown, limit: MOST_ROWS, offset: 0 });
    const rows = found.rows.map(line);
    return tell(invocation, found, [
      ...(rows.length === 0 ? [say('cli.case.none')] : rows),
      ...(found.more ? [say('cli.case.more')] : []),
    ]);
  };
}

const report: Action = (invocation, examinationId) => {
  const folder = folderOf(invocation);
  if (folder === null) return null;
  return async (ask) => {
    const { page: _page, ...done } = await ask('case.print', { examinationId, folder });
    const { path, bytes, sha256, missing } = done;
    const said = say('cli.case.printed', { path: path ?? '', bytes, sha256 });
    return tell(invocation, done, [said, ...missingLine(missing)]);
  };
};

const exportCase: Action = (invocation, examinationId) => {
  const folder = folderOf(invocation);
  if (folder === null) return null;
  return async (ask) => {
    const done = await ask('case.export', { examinationId, folder });
    const { path, files: count, manifestSha256, missing } = done;
    const line = say('cli.case.exported', { path, count, manifestSha256 });
    return tell(invocation, done, [line, ...missingLine(missing)]);
  };
};

const handOver: Action = (invocation, examinationId) => {
  const folder = folderOf(invocation);
  const { for: name } = invocation.values;
  if (folder === null || typeof name !== 'string') return null;
  return async (ask) => {
    const stationId = await stationNamed(ask, name);
    const done = await ask('case.hand-over', { examinationId, stationId, folder });
    const { path, sha256, missing } = done;
    return tell(invocation, done, [say('cli.case.handed', { path, sha256 }), ...missingLine(missing)]);
  };
};

function receivedLine({ kind, examinationId: id, stationCode: station, entries, known }: Received): string {
  if (known) return say('cli.case.known');
  if (kind === 'acknowledged') return say('cli.case.acknowledged', { station, id });
  return kind === 'opened'
    ? say('cli.case.opened', { station, id, entries })
    : say('cli.case.returned', { station, id, entries });
}

type Received = Output<'case.receive'>;

const receive: Action = (invocation, file) => async (ask) => {
  const done = await ask('case.receive', { path: resolve(file) });
  return tell(invocation, done, [receivedLine(done)]);
};

const acknowledge: Action = (invocation, examinationId) => {
  const folder = folderOf(invocation);
  if (folder === null) return null;
  return async (ask) => {
    const done = await ask('case.acknowledge', { examinationId, folder });
    return tell(invocation, done, [say('cli.case.word', { path: done.path })]);
  };
};

const takeBack: Action = (invocation, examinationId) => async (ask) => {
  const done = await ask('case.take-back', { examinationId });
  return tell(invocation, done, [say('cli.case.taken-back')]);
};

const ACTIONS: Readonly<Record<string, Action>> = {
  report,
  export: exportCase,
  'hand-over': handOver,
  receive,
  acknowledge,
  'take-back': takeBack,
};

export const caseCommand: Command = {
  name: 'case',
  options: { ...STATION_OPTIONS, to: { type: 'string' }, for: { type: 'string' }, show: { type: 'string' } },
  async run(invocation) {
    const [name = '', subject, ...rest] = invocation.files;
    if (name === 'list' && subject === undefined) return atStation(invocation, list(invocation));
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    const act = subject === undefined || rest.length > 0 ? null : (action?.(invocation, subject) ?? null);
    if (act === null) throw new UsageError(say('cli.case.which'));
    return atStation(invocation, act);
  },
};
