// Runs the command line in this process with streams of the test's own.
import { Readable, Writable } from 'node:stream';
import { run, type Streams } from '../../electron/cli/program.ts';

export interface CliResult {
  code: number;
  stdout: string;
  stderr: string;
  /** One value for each line of standard output; throws where a line is not JSON. */
  rows: () => Record<string, unknown>[];
}

function collector(): Writable & { text: () => string } {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  return Object.assign(stream, { text: () => chunks.join('') });
}

/** `stdin` may be text or chunks as they would arrive. */
export async function runCli(
  argv: string[],
  stdin: string | Iterable<Uint8Array | string> = '',
  onInterrupt: Streams['onInterrupt'] = () => () => undefined,
): Promise<CliResult> {
  const out = collector();
  const note = collector();
  const code = await run(argv, {
    stdin: Readable.from(typeof stdin === 'string' ? [stdin] : stdin),
    stdout: out,
    stderr: note,
    onInterrupt,
  });
  const rows = () =>
    out
      .text()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, stdout: out.text(), stderr: note.text(), rows };
}
