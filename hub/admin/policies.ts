// The policy, and the hub's own name, from the command line.
import { MESSAGE_KINDS } from '../../shared/sharing/codes.ts';
import { HubFailure } from '../failure.ts';
import { listAgencies } from '../network.ts';
import { noteAudit } from '../people.ts';
import { UsageError } from '../options.ts';
import { addRule, listRules, removeRule } from '../rules.ts';
import {
  asTable,
  type Command,
  COMMAND_LINE,
  findAgency,
  readChoice,
  readCountry,
  readId,
} from './command.ts';

/** What a looser policy hands on. */
const toldText = (count: number): string =>
  count === 0 ? '' : `\nOlder reports that somebody may see now, and is told of: ${count}`;

const list: Command = {
  name: 'policy list',
  takes: [],
  flags: {},
  help: 'Lists the rules for what agencies see of each other. Without rules every agency sees what the network shares.',
  async run({ database }) {
    const rules = await listRules(database.db);
    const names = new Map((await listAgencies(database.db)).map(({ id, name }) => [id, name]));
    const agency = (id: string | null): string => (id === null ? 'every' : (names.get(id) ?? id));
    const rows = rules.map((rule) => [
      rule.id,
      rule.effect,
      agency(rule.from_agency),
      agency(rule.to_agency),
      rule.issuer ?? 'every',
      rule.kind ?? 'every',
    ]);
    return { value: rules, text: asTable(['ID', 'EFFECT', 'FROM', 'TO', 'ISSUER', 'KIND'], rows) };
  },
};

const add: Command = {
  name: 'policy add',
  takes: [],
  flags: {
    effect: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    issuer: { type: 'string' },
    kind: { type: 'string' },
  },
  help: `Adds a rule; a denial wins over every other. What is left out means every.
  --effect EFFECT  allow or deny
  --from AGENCY    whose reports (id or name)
  --to AGENCY      who sees them (id or name)
  --issuer CODE    of documents of this issuer, three letters
  --kind KIND      report, correction, withdrawal, alert or case-study`,
  async run({ database, need, flag }) {
    const { db } = database;
    const effect = readChoice('effect', need('effect'), ['allow', 'deny'] as const);
    const [from, to, issuer, kind] = [flag('from'), flag('to'), flag('issuer'), flag('kind')];
    const rule = {
      effect,
      fromAgency: from === undefined ? null : await findAgency(db, from),
      toAgency: to === undefined ? null : await findAgency(db, to),
      issuer: issuer === undefined ? null : readCountry(issuer),
      kind: kind === undefined ? null : readChoice('kind', kind, MESSAGE_KINDS),
    };
    const { id, handedOn } = await addRule(db, rule, COMMAND_LINE);
    return { value: { id, handedOn }, text: `Added: ${id}${toldText(handedOn)}` };
  },
};

const remove: Command = {
  name: 'policy remove',
  takes: ['ID'],
  flags: {},
  help: 'Removes a rule.',
  async run({ database, given: [id = ''] }) {
    const handedOn = await removeRule(database.db, readId(id), COMMAND_LINE);
    if (handedOn === null) throw new HubFailure('unknown-rule', { id });
    return { value: { id, handedOn }, text: `Removed.${toldText(handedOn)}` };
  },
};

const rename: Command = {
  name: 'rename',
  takes: ['NAME'],
  flags: {},
  help: 'Gives the hub the name that stations show. A running hub takes it at its next start.',
  async run({ database, given: [given = ''] }) {
    const name = given.trim();
    if (name === '' || name.length > 120) throw new UsageError('A name has 1 to 120 characters.');
    await database.db.transaction().execute(async (trx) => {
      await trx.updateTable('hub_identity').set({ name }).execute();
      await noteAudit(trx, COMMAND_LINE, 'hub.renamed', null);
    });
    return { value: { name }, text: 'Renamed.' };
  },
};

export const POLICY_COMMANDS: readonly Command[] = [list, add, remove, rename];
