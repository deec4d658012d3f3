// What a command of the command line is, and what it is given to run with.
import type { Readable } from 'node:stream';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Output } from './output.ts';

export interface Invocation {
  /** As `parseArgs` read them by the command's own `options`. */
  values: { [option: string]: string | boolean | undefined };
  files: string[];
  stdin: Readable;
  out: Output;
  note: Output;
  /** Takes what is to be done at Ctrl+C in place of ending at once; answers how to let go of it. A second one ends. */
  onInterrupt: (act: () => void) => () => void;
}

export interface Command {
  name: string;
  /** Options of `parseArgs`; every command also has `--help`. */
  options: ParseArgsOptionsConfig;
  /** Answers the exit code: 0 done, 1 could not. Throws `UsageError` for wrong usage. */
  run(invocation: Invocation): Promise<number>;
}

/** The command was called wrongly; the message is a finished sentence. */
export class UsageError extends Error {}
