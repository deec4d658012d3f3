// The command line's frame: picks the command, reads its options, answers help, version and wrong usage.
import type { Readable, Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { describeFault } from '../failure.ts';
import { APP_VERSION } from '../settings.ts';
import { type Command, type Invocation, UsageError } from './command.ts';
import { alert } from './commands/alert.ts';
import { audit } from './commands/audit.ts';
import { backup } from './commands/backup.ts';
import { bundle } from './commands/bundle.ts';
import { caseCommand } from './commands/case.ts';
import { check } from './commands/check.ts';
import { demo } from './commands/demo.ts';
import { diagnostics } from './commands/diagnostics.ts';
import { list } from './commands/list.ts';
import { exportLog } from './commands/export.ts';
import { log } from './commands/log.ts';
import { people } from './commands/people.ts';
import { read } from './commands/read.ts';
import { retention } from './commands/retention.ts';
import { study } from './commands/study.ts';
import { trends } from './commands/trends.ts';
import { Output } from './output.ts';
import { say } from './text.ts';

/** What a run works with; the process's own, or a test's. */
export interface Streams {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable;
  onInterrupt: Invocation['onInterrupt'];
}

const COMMANDS: readonly Command[] = [
  read,
  check,
  demo,
  audit,
  retention,
  backup,
  bundle,
  caseCommand,
  exportLog,
  log,
  diagnostics,
  people,
  list,
  alert,
  study,
  trends,
];
const DONE = 0;
const COULD_NOT = 1;
const WRONG_USAGE = 2;

/** Runs one command line and answers its exit code: 0 done, 1 could not, 2 wrong usage. */
export async function run(
  argv: readonly string[],
  { stdin, stdout, stderr, onInterrupt }: Streams,
): Promise<number> {
  const out = new Output(stdout);
  const note = new Output(stderr);
  const [name = '', ...args] = argv;
  const command = COMMANDS.find((candidate) => candidate.name === name);
  try {
    if (command) return await runCommand(command, args, { stdin, out, note, onInterrupt });
    if (['--help', '-h', 'help'].includes(name)) await out.line(say('cli.usage'));
    else if (name === '--version') await out.line(APP_VERSION);
    else throw new UsageError(name === '' ? say('cli.no-command') : say('cli.unknown-command', { name }));
    return DONE;
  } catch (error) {
    if (!(error instanceof UsageError)) {
      // Only the place in our own code: a message may quote what was worked on.
      await note.line(describeFault('cli', error));
      await note.line(say('cli.internal'));
      return COULD_NOT;
    }
    await note.line(error.message);
    await note.line(say(command ? `cli.${command.name}.usage` : 'cli.usage'));
    return WRONG_USAGE;
  } finally {
    await out.flush();
    await note.flush();
  }
}

type Rest = Pick<Invocation, 'stdin' | 'out' | 'note' | 'onInterrupt'>;

async function runCommand(command: Command, args: string[], rest: Rest): Promise<number> {
  const { values, positionals } = parse(command, args);
  if (values['help'] !== true) return command.run({ values, files: positionals, ...rest });
  await rest.out.line(say(`cli.${command.name}.usage`));
  return DONE;
}

function parse(command: Command, args: string[]) {
  try {
    const { values, positionals } = parseArgs({
      args,
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    return { values: values as Invocation['values'], positionals };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!code.startsWith('ERR_PARSE_ARGS')) throw error;
    // Node says in English what is wrong; only the option's own name is taken from it.
    const option = /--?[\w-]+/.exec(message)?.[0] ?? '';
    const id = code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? 'cli.unknown-option' : 'cli.option-value';
    throw new UsageError(say(id, { option }));
  }
}
