// People of the hub's own page, from the command line; also the way back in when the last secret is forgotten.
import { codeOf, HubFailure } from '../failure.ts';
import { addPerson, listPeople, removePerson, resetPerson } from '../people.ts';
import { UsageError } from '../options.ts';
import { asTable, type Command, COMMAND_LINE, findAgency, readChoice, readId } from './command.ts';

const UNIQUE = '23505';
const ROLES = ['administrator', 'agency-administrator', 'analyst'] as const;

const linkText = (path: string): string =>
  `Open this page at the hub’s address, once, within 24 hours:\n  ${path}`;

const add: Command = {
  name: 'person add',
  takes: [],
  flags: { name: { type: 'string' }, role: { type: 'string' }, agency: { type: 'string' } },
  help: `Adds a person, who chooses a secret by a one-time link.
  --name NAME      with which the person signs in
  --role ROLE      administrator, agency-administrator or analyst
  --agency AGENCY  id or name; an administrator has none`,
  async run({ database, need, flag }) {
    const name = need('name').trim();
    const role = readChoice('role', need('role'), ROLES);
    const agency = flag('agency');
    if ((role === 'administrator') === (agency !== undefined) && role !== 'analyst') {
      throw new UsageError(
        role === 'administrator' ? 'An administrator has no --agency.' : `An ${role} needs an --agency.`,
      );
    }
    const agencyId = agency === undefined ? null : await findAgency(database.db, agency);
    try {
      const { id, link } = await addPerson(database.db, { name, role, agencyId }, COMMAND_LINE);
      return { value: { id, path: `/setup/${link}` }, text: `Added: ${id}\n${linkText(`/setup/${link}`)}` };
    } catch (error) {
      if (codeOf(error) === UNIQUE) throw new HubFailure('name-taken', { name }, { cause: error });
      throw error;
    }
  },
};

const list: Command = {
  name: 'person list',
  takes: [],
  flags: {},
  help: 'Lists the people who may sign in.',
  async run({ database }) {
    const people = await listPeople(database.db, null);
    const rows = people.map(({ id, name, role, agencyName, hasSecret }) => [
      id,
      name,
      role,
      agencyName ?? '-',
      hasSecret ? 'ready' : 'link not used yet',
    ]);
    return { value: people, text: asTable(['ID', 'NAME', 'ROLE', 'AGENCY', 'STATE'], rows) };
  },
};

const reset: Command = {
  name: 'person reset',
  takes: ['ID'],
  flags: {},
  help: 'Ends a person’s secret and sessions; they choose a new one by a one-time link.',
  async run({ database, given: [id = ''] }) {
    const link = await resetPerson(database.db, readId(id), COMMAND_LINE);
    if (link === null) throw new HubFailure('unknown-person', { id });
    return { value: { id, path: `/setup/${link}` }, text: linkText(`/setup/${link}`) };
  },
};

const remove: Command = {
  name: 'person remove',
  takes: ['ID'],
  flags: {},
  help: 'Ends a person for good. The last administrator stays.',
  async run({ database, given: [id = ''] }) {
    const done = await removePerson(database.db, readId(id), COMMAND_LINE);
    if (!done) throw new HubFailure('unknown-person', { id });
    return { value: { id }, text: 'Removed.' };
  },
};

export const PEOPLE_COMMANDS: readonly Command[] = [add, list, reset, remove];
