// How a command gets at the station of a folder: signed in by name and secret, with the rights of whoever that is.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ParseArgsOptionsConfig } from 'node:util';
import type { Failure, Reply } from '../../shared/contract/bridge.ts';
import type { Channel, Input, Output } from '../../shared/contract/channels.ts';
import { type App, type Command as Caller, createApp } from '../app.ts';
import { knock } from '../command-door.ts';
import { APP_VERSION } from '../settings.ts';
import { type Invocation, UsageError } from './command.ts';
import { linesOf } from './input.ts';
import { commandShell } from './shell.ts';
import { knows, say } from './text.ts';

/** Options that every command at a station takes. */
export const STATION_OPTIONS: ParseArgsOptionsConfig = {
  data: { type: 'string' },
  as: { type: 'string' },
  'secret-stdin': { type: 'boolean' },
  json: { type: 'boolean' },
};

/** Asks the station; throws `Refused` where it refuses. */
export type Ask = <C extends Channel>(channel: C, input: Input<C>) => Promise<Output<C>>;

/** The station refused; the message is the code alone. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.code);
    this.failure = failure;
  }
}

/** The first line of standard input; an argument would stand in the list of processes and in the shell's history. */
async function secretFrom({ stdin, note }: Pick<Invocation, 'stdin' | 'note'>): Promise<string> {
  if ('isTTY' in stdin && stdin.isTTY === true) {
    await note.line(say('cli.station.waiting'));
    await note.flush();
  }
  for await (const { text } of linesOf(stdin)) return text;
  return '';
}

const asker =
  (dispatch: (channel: string, body: string) => Promise<string>): Ask =>
  async <C extends Channel>(channel: C, input: Input<C>) => {
    const reply = JSON.parse(await dispatch(channel, JSON.stringify(input))) as Reply<Output<C>>;
    if (!reply.ok) throw new Refused(reply.error);
    return reply.value;
  };

/** The folder's station: the one that runs there already, else one of our own, which the caller closes. */
async function reach(
  dataFolder: string,
  report: (fault: string) => void,
): Promise<{ caller: Caller; own: App | null }> {
  const running = await knock(dataFolder);
  if (running !== null) return { caller: running, own: null };
  const own = await createApp({ dataFolder, version: APP_VERSION, shell: commandShell(), report });
  if (own.failure === null) return { caller: own.command(), own };
  await own.close();
  throw new Refused({ code: own.failure });
}

/** Prints what a station answered: one JSON value where it was asked for, else lines for people. Answers 0, done. */
export async function tell(
  { values, out }: Pick<Invocation, 'values' | 'out'>,
  answer: unknown,
  lines: readonly string[],
): Promise<number> {
  for (const line of values['json'] === true ? [JSON.stringify(answer)] : lines) await out.line(line);
  return 0;
}

/** One of the three parts, as whoever typed a command needs it. */
function partOf(code: string, part: 'happened' | 'safe' | 'todo', places: string): string {
  // The window's words speak of a screen and of marked places.
  if (code === 'bad-request') return say(`cli.bad-request.${part}`, { places });
  return say(knows(`error.${code}.${part}`) ? `error.${code}.${part}` : `cli.other-version.${part}`);
}

/**
 * What a refusal says, in three parts, with the places at fault where it names them. A code of another version than this
 * command is told as such, with the code for whoever asks for it.
 */
export function refusalLines(code: string, fields: readonly string[] = []): string[] {
  const places = fields.length === 0 ? 'none' : fields.join(', ');
  const lines = (['happened', 'safe', 'todo'] as const).map((part) => partOf(code, part, places));
  if (code === 'list-quote') return [...lines, say('lists.quote-line', { line: places })];
  return knows(`error.${code}.happened`) ? lines : [...lines, say('app.failed.code', { code })];
}

/** Does something at the station of a folder and lets go of it. Answers 1 where the station refuses, told in three parts. */
async function within(
  { note }: Invocation,
  folder: string,
  action: (ask: Ask, dataFolder: string) => Promise<number>,
): Promise<number> {
  const report = (fault: string): void => void note.line(fault);
  const dataFolder = resolve(folder);
  let reached: Awaited<ReturnType<typeof reach>> | null = null;
  try {
    return await action(async (channel, input) => {
      reached ??= await reach(dataFolder, report);
      return asker(reached.caller.dispatch)(channel, input);
    }, dataFolder);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { code, fields } = error.failure;
    if (code === 'not-set-up') {
      // The window's words speak of a first run; who types a folder has mistyped it.
      await note.line(say('cli.station.none', { folder: dataFolder }));
      return 1;
    }
    for (const line of refusalLines(code, fields)) await note.line(line);
    return 1;
  } finally {
    // Set by the first question; a closure hides that from the compiler.
    const { caller, own } = (reached as Awaited<ReturnType<typeof reach>> | null) ?? {};
    caller?.end();
    await own?.close();
  }
}

/**
 * Signs in at the station of `--data` as `--as`, does what is to be done there and signs out. Answers the exit code of
 * `action`; 1 where the station refuses, which is told in its three parts. Throws `UsageError` for options that are
 * missing.
 */
export async function atStation(
  invocation: Invocation,
  action: (ask: Ask) => Promise<number>,
): Promise<number> {
  const { data, as: name, 'secret-stdin': fromStdin } = invocation.values;
  if (typeof data !== 'string' || typeof name !== 'string' || fromStdin !== true) {
    throw new UsageError(say('cli.station.who'));
  }
  const secret = await secretFrom(invocation);
  if (secret === '') throw new UsageError(say('cli.station.who'));
  return within(invocation, data, async (ask, dataFolder) => {
    // A mistyped folder is not to become a new station's.
    if (!existsSync(dataFolder)) throw new Refused({ code: 'not-set-up' });
    await ask('vault.sign-in', { name, secret });
    return action(ask);
  });
}

/**
 * At a folder that is to become a station's, with the recovery key from the first line of standard input. Throws
 * `UsageError` for options that are missing.
 */
export async function atNewStation(
  invocation: Invocation,
  action: (ask: Ask, recoveryKey: string) => Promise<number>,
): Promise<number> {
  const { data, 'recovery-stdin': fromStdin } = invocation.values;
  if (typeof data !== 'string' || fromStdin !== true) throw new UsageError(say('cli.station.recovery'));
  const recoveryKey = await secretFrom(invocation);
  if (recoveryKey === '') throw new UsageError(say('cli.station.recovery'));
  return within(invocation, data, (ask) => action(ask, recoveryKey));
}
