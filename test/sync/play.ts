// Many histories, some at a time, each lane with a hub of its own over a database that all lanes share.
import { startGround, startHub } from './ground.ts';
import { type HistoryFigures, playHistory } from './histories.ts';

/** Each history brings stations that all later ones of a database are told of: it takes longer each time. */
const HISTORIES_A_DATABASE = 100;

export interface PlayedFigures extends HistoryFigures {
  histories: number;
}

/** Plays histories of the seeds from `seed` on; answers what they came to, and what was wrong. */
export async function playHistories(options: {
  histories: number;
  seed: number;
  lanes: number;
}): Promise<{ figures: PlayedFigures; faults: string[] }> {
  const { histories, seed, lanes } = options;
  const faults: string[] = [];
  const all: HistoryFigures[] = [];
  for (let played = 0; played < histories; played += HISTORIES_A_DATABASE) {
    await playOnOneDatabase({ from: played, to: Math.min(histories, played + HISTORIES_A_DATABASE) });
  }

  async function playOnOneDatabase({ from, to }: { from: number; to: number }): Promise<void> {
    const ground = await startGround({ fsync: false });
    let next = from;
    async function lane(): Promise<void> {
      const hub = await startHub(ground);
      while (next < to) {
        next += 1;
        const verdict = await playHistory(seed * 100_000 + next, ground, hub);
        all.push(verdict.figures);
        faults.push(...verdict.faults);
      }
      await hub.close();
    }
    try {
      await Promise.all(Array.from({ length: lanes }, lane));
    } finally {
      await ground.stop();
    }
  }

  const sum = (of: (figures: HistoryFigures) => number): number =>
    all.reduce((total, each) => total + of(each), 0);
  const names = Object.keys(all[0]?.mishaps ?? {}) as (keyof HistoryFigures['mishaps'])[];
  return {
    faults,
    figures: {
      histories: all.length,
      approved: sum(({ approved }) => approved),
      pictures: sum(({ pictures }) => pictures),
      requests: sum(({ requests }) => requests),
      stationRestarts: sum(({ stationRestarts }) => stationRestarts),
      hubRestarts: sum(({ hubRestarts }) => hubRestarts),
      carried: sum(({ carried }) => carried),
      mishaps: Object.fromEntries(
        names.map((name) => [name, sum(({ mishaps }) => mishaps[name])]),
      ) as HistoryFigures['mishaps'],
    },
  };
}
