// Agencies and their stations from the command line.
import { codeOf, HubFailure } from '../failure.ts';
import {
  addAgency,
  closeAgency,
  inviteBack,
  inviteStation,
  listAgencies,
  listStations,
  revokeStation,
} from '../network.ts';
import { asTable, type Command, COMMAND_LINE, findAgency, readCountry, readId, timeText } from './command.ts';

const UNIQUE = '23505';

const add: Command = {
  name: 'agency add',
  takes: [],
  flags: { name: { type: 'string' }, country: { type: 'string' } },
  help: `Adds an agency.
  --name NAME      as other agencies see it
  --country CODE   three letters as in a passport`,
  async run({ database, need }) {
    const name = need('name').trim();
    const country = readCountry(need('country'));
    try {
      const id = await addAgency(database.db, { name, country }, COMMAND_LINE);
      return { value: { id, name, country }, text: `Added: ${id}` };
    } catch (error) {
      if (codeOf(error) === UNIQUE) throw new HubFailure('name-taken', { name }, { cause: error });
      throw error;
    }
  },
};

const list: Command = {
  name: 'agency list',
  takes: [],
  flags: {},
  help: 'Lists agencies with the number of their stations.',
  async run({ database }) {
    const agencies = await listAgencies(database.db);
    const rows = agencies.map(({ id, name, country, stations, closedAt }) => [
      id,
      name,
      country,
      stations,
      closedAt === null ? 'open' : `closed ${timeText(closedAt)}`,
    ]);
    return { value: agencies, text: asTable(['ID', 'NAME', 'COUNTRY', 'STATIONS', 'STATE'], rows) };
  },
};

const close: Command = {
  name: 'agency close',
  takes: ['AGENCY'],
  flags: {},
  help: 'Ends an agency (id or name): its stations send and read nothing from here on.',
  async run({ database, given: [named = ''] }) {
    const id = await findAgency(database.db, named);
    await closeAgency(database.db, id, COMMAND_LINE);
    return { value: { id }, text: 'Closed.' };
  },
};

const invite: Command = {
  name: 'station invite',
  takes: ['AGENCY'],
  flags: {},
  help: 'Makes a code with which one station of the agency (id or name) enrols, once, within 7 days.',
  async run({ database, given: [named = ''] }) {
    const agency = await findAgency(database.db, named);
    const invitation = await inviteStation(database.db, agency, COMMAND_LINE);
    if (!invitation) throw new HubFailure('unknown-agency', { named });
    const { code } = invitation;
    return {
      value: invitation,
      text: `${code}\nIt is shown this once; the station’s administrator types it.`,
    };
  },
};

const inviteAgain: Command = {
  name: 'station invite-back',
  takes: ['ID'],
  flags: {},
  help: `Makes a code with which one revoked station comes back as the one that it was, with the keys that it still has.
Only where its computer was in good hands all the time: else invite a new station.`,
  async run({ database, given: [id = ''] }) {
    const invitation = await inviteBack(database.db, readId(id), COMMAND_LINE);
    if (!invitation) throw new HubFailure('not-revoked', { id });
    return {
      value: invitation,
      text: `${invitation.code}\nIt is shown this once; at the station an administrator leaves the hub and types it.`,
    };
  },
};

const stations: Command = {
  name: 'station list',
  takes: [],
  flags: { agency: { type: 'string' } },
  help: `Lists stations and when each sent last.
  --agency AGENCY  of this one only (id or name)`,
  async run({ database, flag }) {
    const named = flag('agency');
    const agency = named === undefined ? null : await findAgency(database.db, named);
    const all = await listStations(database.db, agency);
    const rows = all.map((station) => [
      station.id,
      station.code,
      station.place,
      station.country,
      station.agencyName,
      timeText(station.lastReportAt),
      station.revokedAt === null ? 'open' : 'revoked',
    ]);
    const headings = ['ID', 'CODE', 'PLACE', 'COUNTRY', 'AGENCY', 'LAST REPORT', 'STATE'];
    return { value: all, text: asTable(headings, rows) };
  },
};

const revoke: Command = {
  name: 'station revoke',
  takes: ['ID'],
  flags: {},
  help: 'Ends a station in one step: from here on it sends and reads nothing. What it sent stays.',
  async run({ database, given: [id = ''] }) {
    const done = await revokeStation(database.db, readId(id), COMMAND_LINE);
    if (!done) throw new HubFailure('unknown-station', { id });
    return { value: { id }, text: 'Revoked.' };
  },
};

export const AGENCY_COMMANDS: readonly Command[] = [add, list, close, invite, stations, revoke, inviteAgain];
