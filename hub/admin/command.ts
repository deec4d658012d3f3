// What a command of the hub's command line is, and what several of them need.
import type { Kysely } from 'kysely';
import type { parseArgs } from 'node:util';
import type { HubDatabase } from '../db/open.ts';
import type { Tables } from '../db/tables.ts';
import { HubFailure } from '../failure.ts';
import { listAgencies } from '../network.ts';
import { UsageError } from '../options.ts';

/** Who the audit names for what is done here: whoever may read the hub's folder or its database. */
export const COMMAND_LINE = 'command-line';

type Flags = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>;

export interface Asked {
  database: HubDatabase;
  /** What follows the command, one for each name in `takes`. */
  given: string[];
  flag(name: string): string | undefined;
  /** Throws `UsageError` where the flag is missing. */
  need(name: string): string;
}

export interface Answer {
  /** With `--json`, one line. */
  value: unknown;
  /** Without it. */
  text: string;
}

export interface Command {
  /** As typed, "agency add". */
  name: string;
  /** What follows it, "ID". */
  takes: readonly string[];
  flags: Flags;
  /** What it does, and its flags, for `--help`. */
  help: string;
  /** It begins a hub where there is none, and brings its tables to this version itself. */
  begins?: boolean;
  /** Looked at before a database is opened: what was given cannot be meant, or is not there. Throws. */
  check?: (given: readonly string[]) => Promise<void>;
  run(asked: Asked): Promise<Answer>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

/** An id as typed; throws `UsageError` where it is none, so that the database is not asked about it. */
export function readId(text: string): string {
  if (!UUID.test(text)) throw new UsageError(`“${text}” is no id; the list shows them.`);
  return text.toLowerCase();
}

/** The open agency with this id or name. Throws `unknown-agency`. */
export async function findAgency(db: Kysely<Tables>, named: string): Promise<string> {
  const wanted = named.trim().toLowerCase();
  const agencies = await listAgencies(db);
  const agency = agencies.find(
    ({ id, name, closedAt }) => closedAt === null && (id === wanted || name.toLowerCase() === wanted),
  );
  if (!agency) throw new HubFailure('unknown-agency', { named });
  return agency.id;
}

/** A country as in a passport (ICAO Doc 9303-3, section 5); D alone is Germany. */
export function readCountry(text: string): string {
  const country = text.trim().toUpperCase();
  if (!/^(?:[A-Z]{3}|D)$/u.test(country))
    throw new UsageError('A country is three letters as in a passport.');
  return country;
}

/** One of some words; throws `UsageError` that lists them. */
export function readChoice<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const choice = choices.find((each) => each === text);
  if (choice === undefined) throw new UsageError(`--${flag} is one of ${choices.join(', ')}.`);
  return choice;
}

/** Rows under their headings, as wide as they need. */
export function asTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const all = [headings, ...rows].map((row) => row.map(String));
  const widths = headings.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return all.map(line).join('\n');
}

/** A time for people, UTC; a dash where it never was. */
export const timeText = (at: Date | null): string =>
  at === null ? '-' : `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
