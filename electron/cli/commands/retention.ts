// `countercheck retention preview|run`: what the rules would erase, and erasing exactly that.
import type { RetentionPreview } from '../../../shared/contract/retention.ts';
import { type Ask, atStation, STATION_OPTIONS } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

/** What a run takes to erase what a preview showed: its moment and its digest. */
const codeOf = ({ at, digest }: Pick<RetentionPreview, 'at' | 'digest'>): string => `${at}/${digest}`;

function previewOf(values: Invocation['values']): { at: string; digest: string } {
  const given = values['preview'];
  const parts = typeof given === 'string' ? /^([^/]+Z)\/([0-9a-f]{64})$/u.exec(given) : null;
  if (parts === null) throw new UsageError(say('cli.retention.which-preview'));
  return { at: parts[1] ?? '', digest: parts[2] ?? '' };
}

async function preview({ values, out }: Invocation, ask: Ask): Promise<number> {
  const found = await ask('retention.preview', {});
  if (values['json'] === true) {
    await out.line(JSON.stringify({ ...found, preview: codeOf(found) }));
    return 0;
  }
  for (const { id, days, due, held } of found.rules) {
    await out.line(say('cli.retention.rule', { id, days, due, held }));
  }
  for (const id of found.ids) await out.line(`  ${id}`);
  const more = found.total - found.ids.length;
  if (more > 0) await out.line(say('cli.retention.more', { count: more }));
  await out.line(say('cli.retention.total', { count: found.total }));
  if (found.total > 0) await out.line(say('cli.retention.how-to-run', { preview: codeOf(found) }));
  return 0;
}

async function run({ values, out }: Invocation, ask: Ask): Promise<number> {
  const result = await ask('retention.run', previewOf(values));
  const { erased, drafts, pictures } = result;
  if (values['json'] === true) {
    await out.line(JSON.stringify(result));
    return 0;
  }
  await out.line(say('cli.retention.done', { erased, pictures }));
  if (drafts > 0) await out.line(say('cli.retention.drafts', { count: drafts }));
  return 0;
}

const ACTIONS = { preview, run };

const isAction = (name: string): name is keyof typeof ACTIONS => Object.hasOwn(ACTIONS, name);

export const retention: Command = {
  name: 'retention',
  options: { ...STATION_OPTIONS, preview: { type: 'string' } },
  async run(invocation) {
    const [action = '', ...rest] = invocation.files;
    if (!isAction(action) || rest.length > 0) throw new UsageError(say('cli.retention.which'));
    // Wrong usage is told before anybody signs in.
    if (action === 'run') previewOf(invocation.values);
    return atStation(invocation, (ask) => ACTIONS[action](invocation, ask));
  },
};
