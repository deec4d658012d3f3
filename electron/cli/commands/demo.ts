// `countercheck demo`: the main job with no display, on specimens, in a folder of its own that is removed at the end.
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { plainFields, plainFinding } from '../../../shared/examination/check.ts';
import { parseMrz } from '../../../shared/mrz/parse.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { examine, findAgain, isWhole, type Recorded, setUp, signIn } from '../demo/examinations.ts';
import { concludeCase, type Concluded } from '../demo/second-line.ts';
import { openDemoStation, Refused } from '../demo/station.ts';
import { photographWindow } from '../demo/window.ts';
import { createReader } from '../read-file.ts';
import { fieldLines, findingLines } from '../report.ts';
import { say } from '../text.ts';
import { judgingDay } from './check.ts';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const ENDED_BY_SIGNAL = 130;

type Say = (line: string) => Promise<void>;

export const demo: Command = {
  name: 'demo',
  options: { out: { type: 'string' } },
  async run({ values, files, out, note }) {
    if (files.length > 0) throw new UsageError(say('cli.demo.no-files'));
    const outFolder = resolve((values.out as string | undefined) ?? 'countercheck-demo');
    const folder = await mkdtemp(join(tmpdir(), 'countercheck-demo-'));
    // The folder holds a key; an end by Ctrl+C leaves it as little as any other.
    const leave = (): never => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(ENDED_BY_SIGNAL);
    };
    for (const signal of SIGNALS) process.once(signal, leave);
    const tell: Say = async (line) => {
      await out.line(line);
      await out.flush();
    };
    try {
      await examineSpecimens({ folder, outFolder }, tell, note);
      await tell(say('cli.demo.window'));
      for (const picture of await photographWindow(folder, outFolder)) await tell(`  ${picture}`);
      return 0;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await note.line(say('cli.demo.failed', { code: error.message }));
      return 1;
    } finally {
      for (const signal of SIGNALS) process.off(signal, leave);
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  },
};

/** The specimen whose doubt goes on to the second line. */
const DOUBTED = 'specimen.set.passport-birth';

interface Folders {
  /** Of the demo's own station. */
  folder: string;
  /** Where pictures and the report go. */
  outFolder: string;
}

/**
 * Records every specimen, closes the store, opens it again and prints what is found; one doubt is taken to a signed case.
 * Throws `Refused`.
 */
async function examineSpecimens(
  { folder, outFolder }: Folders,
  tell: Say,
  note: Invocation['note'],
): Promise<void> {
  const report = (fault: string): void => void note.line(fault);
  const saved: Recorded[] = [];
  const first = await openDemoStation(folder, report);
  const reader = createReader();
  try {
    await setUp(first);
    const { specimens } = await first.ask('specimen.list', {});
    await tell(say('cli.demo.reading', { count: specimens.length }));
    for (const specimen of specimens) saved.push(await examine(first, reader, specimen));
  } finally {
    await reader.close();
    await first.app.close();
  }
  await tell(say('cli.demo.reopened', { count: saved.length }));
  const second = await openDemoStation(folder, report);
  try {
    await signIn(second);
    for (const each of saved) {
      const record = await findAgain(second, each);
      if (!isWhole(record, each)) throw new Refused('not-whole');
      await tell(recordReport(each, record));
    }
    const doubt = saved.find(({ titleId }) => titleId === DOUBTED);
    if (doubt === undefined) throw new Refused('not-found');
    await tell(`\n${say('cli.demo.second-line', { title: say(doubt.titleId) })}`);
    await tell(caseReport(await concludeCase(second, doubt, outFolder)));
    if (!second.app.verifyAudit().ok) throw new Refused('audit');
    await tell(say('cli.demo.audit'));
  } finally {
    await second.app.close();
  }
}

function caseReport({ outcome, author, signer, notChecked, report }: Concluded): string {
  return [
    `  ${say('cli.demo.concluded', { outcome: say(`procedure.outcome.${outcome}`), author, signer })}`,
    `  ${say('cli.demo.not-checked', { count: notChecked })}`,
    `  ${report === null ? say('cli.demo.no-report') : report}`,
  ].join('\n');
}

type Found = Awaited<ReturnType<typeof findAgain>>;

function recordReport({ titleId }: Recorded, { documents, decisions }: Found): string {
  const lines = [`\n${say(titleId)}`];
  for (const { reading, findings } of documents) {
    const parsed = parseMrz(reading?.lines ?? [], { today: judgingDay(undefined) });
    lines.push(...parsed.lines.map((line) => `    ${line}`));
    if (parsed.ok)
      lines.push(...fieldLines({ fields: plainFields(parsed.fields), checkDigits: parsed.checkDigits }));
    lines.push(
      ...findingLines(
        findings.map((finding) => plainFinding(finding as Parameters<typeof plainFinding>[0], say)),
      ),
    );
  }
  for (const { outcome } of decisions) lines.push(`  ${say(`cli.demo.decision.${outcome}`)}`);
  return lines.join('\n');
}
