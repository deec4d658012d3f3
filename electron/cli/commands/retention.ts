// `countercheck retention preview|run`: what the rules would erase, and erasing exactly that.
import type { RetentionPreview } from '../../../shared/contract/retention.ts';
import { type Ask, atStation, STATION_OPTIONS, tell } from '../at-station.ts';
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

async function preview(invocation: Invocation, ask: Ask): Promise<number> {
  const found = await ask('retention.preview', {});
  const { rules, ids, total, received } = found;
  const code = codeOf(found);
  const more = total - ids.length;
  return tell(invocation, { ...found, preview: code }, [
    ...rules.map(({ id, days, due, held }) => say('cli.retention.rule', { id, days, due, held })),
    ...(received > 0 ? [say('retention-page.received', { count: received })] : []),
    ...ids.map((id) => `  ${id}`),
    ...(more > 0 ? [say('cli.retention.more', { count: more })] : []),
    say('cli.retention.total', { count: total }),
    ...(total > 0 ? [say('cli.retention.how-to-run', { preview: code })] : []),
  ]);
}

async function run(invocation: Invocation, ask: Ask): Promise<number> {
  const result = await ask('retention.run', previewOf(invocation.values));
  const { erased, drafts, pictures, received } = result;
  return tell(invocation, result, [
    say('cli.retention.done', { erased, pictures }),
    ...(drafts > 0 ? [say('cli.retention.drafts', { count: drafts })] : []),
    ...(received > 0 ? [say('retention-page.received.done', { count: received })] : []),
  ]);
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
