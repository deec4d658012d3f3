// `countercheck alert list`: the alerts of this station and of others, and which of them are in force here.
import type { AlertRow } from '../../../shared/contract/alerts.ts';
import { atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

const ACTIONS = ['list'] as const;

function lineOf({ id, origin, agencyName, stationCode, tip, expiresAt, standing }: AlertRow): string {
  const from =
    origin === 'here' ? say('alerts.own') : say('alerts.from', { agency: agencyName, station: stationCode });
  return say('cli.alert.row', { id, standing: say(`alerts.standing.${standing}`), expiresAt, from, tip });
}

function list(invocation: Invocation): Promise<number> {
  return atStation(invocation, async (ask) => {
    const answer = await ask('alert.list', {});
    const lines = answer.rows.map(lineOf);
    return tell(invocation, answer, lines.length > 0 ? lines : [say('alerts.empty.all')]);
  });
}

export const alert: Command = {
  name: 'alert',
  options: STATION_OPTIONS,
  async run(invocation) {
    const [action, ...rest] = invocation.files;
    if (rest.length > 0 || !ACTIONS.some((each) => each === action))
      throw new UsageError(say('cli.alert.which'));
    return list(invocation);
  },
};
