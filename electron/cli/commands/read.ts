// `countercheck read`: pictures of documents in, what was read and what gives reason for doubt out.
import { type Command, UsageError } from '../command.ts';
import { filesOf } from '../open-file.ts';
import { createReader, type ReadRow } from '../read-file.ts';
import { readReport } from '../report.ts';
import { say } from '../text.ts';

const LONGEST_MS = 600_000;

/** Every object has every key, whatever came of its file; a reader of the output need not ask. */
function wholeRow(row: ReadRow): object {
  const { file, status, ...rest } = row;
  const nothing = { format: null, lines: [], confidence: null, lowConfidence: [], fields: null };
  const none = { checkDigits: null, corrections: [], findings: [], explanations: [], protection: [] };
  return { file, status, ...nothing, ...none, mirrored: false, others: [], ...rest };
}

function timeout(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const ms = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (ms < 1 || ms > LONGEST_MS) throw new UsageError(say('cli.read.wrong-timeout', { value: given }));
  return ms;
}

export const read: Command = {
  name: 'read',
  options: { json: { type: 'boolean' }, 'timeout-ms': { type: 'string' } },
  async run({ values, files, out }) {
    if (files.length === 0) throw new UsageError(say('cli.read.no-files'));
    const timeoutMs = timeout(values['timeout-ms'] as string | undefined);
    const reader = createReader();
    let unreadable = 0;
    try {
      for await (const file of filesOf(files)) {
        if (out.closed) break;
        const row = await reader.read(file, { timeoutMs });
        if (row.status === 'unreadable') unreadable += 1;
        await out.line(values.json === true ? JSON.stringify(wholeRow(row)) : readReport(row));
        await out.flush();
      }
    } finally {
      await reader.close();
    }
    return unreadable === 0 ? 0 : 1;
  },
};
