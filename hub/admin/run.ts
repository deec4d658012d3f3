// Runs one command of the hub's command line: found by its words, read strictly, answered as text or one line of JSON.
import { holdsHub } from '../db/open.ts';
import { HubFailure } from '../failure.ts';
import { readFlags, type Store, STORE_FLAGS, STORE_HELP, storeOf, UsageError } from '../options.ts';
import { clusterVersion } from '../postgres/cluster.ts';
import { prepareDatabase } from '../prepare.ts';
import { borrowStore } from '../store.ts';
import { AGENCY_COMMANDS } from './agencies.ts';
import { BACKUP_COMMANDS } from './backups.ts';
import { BUNDLE_COMMANDS } from './bundles.ts';
import type { Command } from './command.ts';
import { PEOPLE_COMMANDS } from './people.ts';
import { POLICY_COMMANDS } from './policies.ts';

export const COMMANDS: readonly Command[] = [
  ...AGENCY_COMMANDS,
  ...PEOPLE_COMMANDS,
  ...POLICY_COMMANDS,
  ...BUNDLE_COMMANDS,
  ...BACKUP_COMMANDS,
];

const usageOf = ({ name, takes }: Command): string => [name, ...takes].join(' ');

/** One line for each command. */
export const COMMAND_LIST = COMMANDS.map(
  (command) => `  ${usageOf(command).padEnd(24)} ${command.help.split('\n')[0] ?? ''}`,
).join('\n');

const helpOf = (command: Command): string => `npm run hub -- ${usageOf(command)} [FLAGS]

${command.help}
  --json                  answers in one line of JSON
${STORE_HELP}
`;

/** The command that the first words name; throws `UsageError` for words that name none. */
function find(args: readonly string[]): { command: Command; rest: string[] } {
  const words = args.filter((arg) => !arg.startsWith('-'));
  const command = COMMANDS.find(({ name }) => {
    const parts = name.split(' ');
    return parts.every((part, index) => args[index] === part);
  });
  if (command) return { command, rest: args.slice(command.name.split(' ').length) };
  const near = COMMANDS.filter(({ name }) => name.startsWith(`${words[0] ?? ''} `)).map(usageOf);
  throw new UsageError(
    near.length > 0
      ? `There are: ${near.join('; ')}.`
      : `There is no command “${words.slice(0, 2).join(' ')}”; npm run hub -- --help lists them.`,
  );
}

export interface Terminal {
  env: NodeJS.ProcessEnv;
  print: (text: string) => void;
}

const OWN: Terminal = { env: process.env, print: (text) => process.stdout.write(text) };

/** A mistyped folder is told, and no hub is begun in it. */
function refuseWithoutHub(store: Store): void {
  if ('folder' in store && clusterVersion(store.folder) === null)
    throw new HubFailure('no-hub', { place: store.folder.path });
}

/** Runs the command that the arguments name; answers the exit code. Throws `UsageError` for wrong usage. */
export async function runCommand(args: string[], { env, print }: Terminal = OWN): Promise<number> {
  const { command, rest } = find(args);
  const { values, positionals } = readFlags({
    args: rest,
    allowPositionals: true,
    options: {
      ...command.flags,
      ...STORE_FLAGS,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const flags = values as Record<string, string | boolean | undefined>;
  if (flags.help === true) {
    print(helpOf(command));
    return 0;
  }
  if (positionals.length !== command.takes.length) {
    throw new UsageError(`This command is: ${usageOf(command)}`);
  }
  const flag = (name: string): string | undefined => {
    const value = flags[name];
    return typeof value === 'string' ? value : undefined;
  };
  const need = (name: string): string => {
    const value = flag(name);
    if (value === undefined || value.trim() === '') throw new UsageError(`--${name} is missing.`);
    return value;
  };
  const json = flags.json === true;
  try {
    await command.check?.(positionals);
    const named = storeOf(
      { data: flag('data'), postgres: flag('postgres'), 'postgres-user': flag('postgres-user') },
      env,
    );
    if (command.begins !== true) refuseWithoutHub(named);
    const store = await borrowStore(named);
    try {
      const known = await holdsHub(store.database.pool);
      if (command.begins !== true) {
        // A database of something else is left as it is.
        if (!known) throw new HubFailure('no-hub', { place: 'this database' });
        await prepareDatabase(store.database);
      }
      const answer = await command.run({ database: store.database, given: positionals, flag, need });
      print(`${json ? JSON.stringify(answer.value) : answer.text}\n`);
      return 0;
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof HubFailure) || !json) throw error;
    print(`${JSON.stringify({ error: { code: error.code, message: error.message } })}\n`);
    return 1;
  }
}
