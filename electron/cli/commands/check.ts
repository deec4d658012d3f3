// `countercheck check`: MRZ lines as JSON lines on standard input, one judged object a row on standard output.
import { checkRow } from '../../../shared/examination/check.ts';
import { parseDay } from '../../../shared/mrz/dates.ts';
import { linesOf } from '../input.ts';
import { type Command, UsageError } from '../command.ts';
import { checkReport } from '../report.ts';
import { say } from '../text.ts';

/** Why a row was not even a row; `error.code` of the answer. */
type RowFault = 'row-not-json' | 'row-too-long';

export interface FaultyRow {
  error: { code: RowFault; message: string };
}

/** The day against which dates are judged: as given, else this machine's own. */
export function judgingDay(given: string | undefined, now = new Date()): string {
  if (given === undefined) {
    const two = (part: number): string => String(part).padStart(2, '0');
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }
  if (parseDay(given) === null) throw new UsageError(say('cli.check.wrong-day', { value: given }));
  return given;
}

function fault(code: RowFault): FaultyRow {
  return { error: { code, message: say(`cli.error.${code}`) } };
}

function answerTo(text: string, today: string) {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    return fault('row-not-json');
  }
  return checkRow(row, { today, text: say });
}

export const check: Command = {
  name: 'check',
  options: { json: { type: 'boolean' }, today: { type: 'string' } },
  async run({ values, files, stdin, out, note }) {
    if (files.length > 0) throw new UsageError(say('cli.check.no-files'));
    const today = judgingDay(values.today as string | undefined);
    if ('isTTY' in stdin && stdin.isTTY) {
      await note.line(say('cli.check.waiting'));
      await note.flush();
    }
    let row = 0;
    for await (const line of linesOf(stdin)) {
      if (out.closed) break;
      if (!line.tooLong && line.text.trim() === '') continue;
      row += 1;
      const answer = line.tooLong ? fault('row-too-long') : answerTo(line.text, today);
      await out.line(values.json === true ? JSON.stringify(answer) : checkReport(row, answer));
    }
    return 0;
  },
};
