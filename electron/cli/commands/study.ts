// `countercheck study list`: the library of case studies: own ones, those of others, and those of Utopia.
import type { StudyRow } from '../../../shared/contract/studies.ts';
import { atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { say } from '../text.ts';

const MOST_ROWS = 200;

const lineOf = ({ id, from, type, issuer, title }: StudyRow): string =>
  say('cli.study.row', {
    id,
    issuer,
    title,
    from: say(`studies.from.${from}`),
    type: say(`document-type.${type}`),
  });

function list(invocation: Invocation): Promise<number> {
  const { query = '' } = invocation.values;
  return atStation(invocation, async (ask) => {
    const anything = { from: null, issuer: null, type: null, fraud: null } as const;
    const asked = { ...anything, query: String(query), limit: MOST_ROWS, offset: 0 };
    const { rows, total } = await ask('study.library', asked);
    const lines = rows.map(lineOf);
    return tell(invocation, { rows, total }, lines.length > 0 ? lines : [say('studies.none-fits')]);
  });
}

export const study: Command = {
  name: 'study',
  options: { ...STATION_OPTIONS, query: { type: 'string' } },
  async run(invocation) {
    const [action, ...rest] = invocation.files;
    if (rest.length > 0 || action !== 'list') throw new UsageError(say('cli.study.which'));
    return list(invocation);
  },
};
