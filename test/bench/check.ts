// Reading a zone and asking every rule of it, beside what the npm package mrz takes to parse the same zone.
import { parse } from 'mrz';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { judge } from '../../shared/examination/judge.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { STATES } from '../../shared/mrz/states.ts';
import { createRandom, type Random } from '../../shared/specimen/prng.ts';
import { TD1, TD1_LONG, TD3, TODAY } from '../mrz/specimens.ts';
import { makeZone } from './detective/zones.ts';
import { quantile } from './reading/score.ts';

const MADE = 200;
const ROUNDS = 21;
/** Times the whole set is gone through in one round: long enough for the processor's clock. */
const TIMES = 100;

type Zone = readonly string[];

/** TD1 and TD3: the book's specimens and made ones of Utopia. */
function utopia(seed: number): Zone[] {
  const random = createRandom(seed);
  const zones: Zone[] = [TD1, TD1_LONG, TD3];
  while (zones.length < MADE) {
    const { format, lines } = makeZone(random.fork(`zone ${zones.length} ${random.next()}`));
    if (format === 'TD1' || format === 'TD3') zones.push(lines);
  }
  return zones;
}

/** The same zone with the code of a state in use, which no digit covers: the package raises an error for Utopia's. */
function ofState(zone: Zone, random: Random, codes: readonly string[]): Zone {
  const code = random.pick(codes);
  return zone.map((line, row) => {
    const at = row === 0 ? 2 : zone.length === 3 ? 15 : 10;
    return row < 2 ? line.slice(0, at) + code + line.slice(at + 3) : line;
  });
}

/** Processor time in microseconds that one zone takes. */
function timeOf(zones: readonly Zone[], each: (zone: Zone) => unknown): number {
  const startedAt = process.cpuUsage();
  for (let time = 0; time < TIMES; time += 1) for (const zone of zones) each(zone);
  const { user, system } = process.cpuUsage(startedAt);
  return (user + system) / (TIMES * zones.length);
}

function theirs(zone: Zone): unknown {
  return parse([...zone]);
}

function ours(zone: Zone): unknown {
  return judge(parseMrz(zone, { today: TODAY }), { today: TODAY });
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Both in turn, round by round; the first round warms them up. */
function compare(zones: readonly Zone[]) {
  const rounds = Array.from({ length: ROUNDS }, () => {
    const packaged = timeOf(zones, theirs);
    return { package: packaged, ours: timeOf(zones, ours) };
  }).slice(1);
  return {
    package: median(rounds.map((round) => round.package)),
    ours: median(rounds.map((round) => round.ours)),
    ratio: median(rounds.map((round) => round.ours / round.package)),
  };
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

/** Two sets: as the specimens are, and with codes of states that the package knows. */
export function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const zones = utopia(seed);
  const random = createRandom(seed).fork('states');
  const codes = [...STATES.values()].flatMap(({ code, kind }) =>
    kind === 'state' && code.length === 3 ? [code] : [],
  );
  const specimens = compare(zones);
  const states = compare(zones.map((zone) => ofState(zone, random, codes)));
  return Promise.resolve({
    figures: {
      zones: zones.length,
      // The worse of the two.
      ratio: rounded(Math.max(specimens.ratio, states.ratio)),
      packageUs: rounded(specimens.package),
      oursUs: rounded(specimens.ours),
      ratioSpecimens: rounded(specimens.ratio),
      packageUsStates: rounded(states.package),
      oursUsStates: rounded(states.ours),
      ratioStates: rounded(states.ratio),
    },
    goals: {
      'reading with every rule takes no longer than the package mrz takes to parse': specimens.ratio <= 1,
      'nor where the package knows the state': states.ratio <= 1,
    },
  });
}
