// `countercheck trends`: one view of what was reported, as the window shows it, in lines or as JSON.
import type { ParseArgsOptionsConfig } from 'node:util';
import { weekOf } from '../../../shared/sharing/redact.ts';
import { valueName } from '../../../shared/trends/names.ts';
import { ordered } from '../../../shared/trends/order.ts';
import { DIMENSIONS, type Dimension } from '../../../shared/trends/row.ts';
import { mondayOf, weekName, weekNumber } from '../../../shared/trends/weeks.ts';
import { atStation, STATION_OPTIONS, tell } from '../at-station.ts';
import { type Command, type Invocation, UsageError } from '../command.ts';
import { knows, say } from '../text.ts';

const OPTIONS: ParseArgsOptionsConfig = {
  by: { type: 'string', default: 'issuer' },
  weeks: { type: 'string', default: '52' },
  only: { type: 'string' },
};
const MOST_WEEKS = 1040;
const WORDS = { text: say, has: knows };

function dimensionNamed(name: unknown): Dimension {
  const found = DIMENSIONS.find((each) => each === name);
  if (found === undefined) throw new UsageError(say('cli.trends.by', { names: DIMENSIONS.join(', ') }));
  return found;
}

/** `country=THA,fraud=CF.full`: what is counted must fit all of it. */
function onlyOf({ values }: Invocation): Partial<Record<Dimension, string>> {
  const { only } = values;
  if (typeof only !== 'string') return {};
  return Object.fromEntries(
    only.split(',').map((part) => {
      const at = part.indexOf('=');
      if (at < 0) throw new UsageError(say('cli.trends.only'));
      return [dimensionNamed(part.slice(0, at).trim()), part.slice(at + 1).trim()];
    }),
  );
}

function weeksOf({ values }: Invocation): number {
  const weeks = Number(values['weeks']);
  if (!Number.isInteger(weeks) || weeks < 1 || weeks > MOST_WEEKS)
    throw new UsageError(say('cli.trends.weeks', { most: MOST_WEEKS }));
  return weeks;
}

function show(invocation: Invocation): Promise<number> {
  const by = dimensionNamed(invocation.values['by']);
  const only = onlyOf(invocation);
  const weeks = weeksOf(invocation);
  return atStation(invocation, async (ask) => {
    const last = weekNumber(weekOf(new Date().toISOString().slice(0, 10)));
    const question = { by, from: weekName(last - weeks + 1), to: weekName(last), week: null, only };
    const answer = await ask('trends.view', question);
    const nameOf = (key: string): string => valueName(WORDS, by, key);
    const week = (name: string): string => say('trends.week', { day: mondayOf(weekNumber(name)) });
    const lines = ordered(by, answer.view.lines, nameOf).flatMap(({ key, count, fresh }) => [
      say('trends.mark', { name: nameOf(key), count }),
      ...fresh.map((each) =>
        say('cli.trends.fresh', { count: each.count, week: week(each.week), usual: each.usual }),
      ),
    ]);
    const { examined, view } = answer;
    return tell(invocation, answer, [
      say('trends.total', { count: view.total, week: week(question.from) }),
      examined === null
        ? say('trends.examined.missing')
        : examined.since === null
          ? say('trends.examined', { count: examined.count })
          : say('trends.examined.since', { count: examined.count, since: examined.since }),
      ...lines,
    ]);
  });
}

export const trends: Command = {
  name: 'trends',
  options: { ...STATION_OPTIONS, ...OPTIONS },
  run(invocation) {
    if (invocation.files.length > 0) throw new UsageError(say('cli.trends.none'));
    return show(invocation);
  },
};
