// `countercheck case …`: which cases there are, the report of one as a PDF, and one examination in clear with a manifest.
import { resolve } from 'node:path';
import type { CaseRow } from '../../../shared/contract/cases.ts';
import { type Ask, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

const SHOWN = ['open', 'done', 'all'] as const;
const MOST_ROWS = 200;

type Action = (ask: Ask) => Promise<number>;

/** `held` is said with the name of whoever holds it. */
function line({ id, at, state, holder, name, number }: CaseRow): string {
  const standing = say(`cases.state.${state}`, { name: holder?.name ?? '' });
  return say('cli.case.row', { id, at, state: standing, name, number });
}

function list(invocation: Invocation): Action {
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

const missingLines = (missing: number): string[] =>
  missing > 0 ? [say('cli.case.missing', { count: missing })] : [];

const report =
  (invocation: Invocation, examinationId: string, folder: string): Action =>
  async (ask) => {
    const { page: _page, ...done } = await ask('case.print', { examinationId, folder });
    const { path, bytes, sha256, missing } = done;
    const said = say('cli.case.printed', { path: path ?? '', bytes, sha256 });
    return tell(invocation, done, [said, ...missingLines(missing)]);
  };

const exported =
  (invocation: Invocation, examinationId: string, folder: string): Action =>
  async (ask) => {
    const done = await ask('case.export', { examinationId, folder });
    const { path, files: count, manifestSha256, missing } = done;
    const said = say('cli.case.exported', { path, count, manifestSha256 });
    return tell(invocation, done, [said, ...missingLines(missing)]);
  };

/** Throws `UsageError` where it is not said which, or where to. */
function actionOf(invocation: Invocation): Action {
  const { files, values } = invocation;
  const [action, examinationId, ...rest] = files;
  const { to } = values;
  if (action === 'list' && files.length === 1) return list(invocation);
  const made = action === 'report' ? report : action === 'export' ? exported : undefined;
  if (made === undefined || examinationId === undefined || rest.length > 0 || typeof to !== 'string')
    throw new UsageError(say('cli.case.which'));
  return made(invocation, examinationId, resolve(to));
}

export const caseCommand: Command = {
  name: 'case',
  options: { ...STATION_OPTIONS, to: { type: 'string' }, show: { type: 'string' } },
  run: async (invocation) => atStation(invocation, actionOf(invocation)),
};
