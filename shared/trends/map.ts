// The world with what was found where: drawn from paths that were projected when the product was built.
import { sameState } from '../mrz/states.ts';
import type { TrendView } from './question.ts';
import { node, pressable, type Tree } from './tree.ts';

/** The file assets/map/world.json: states by the code that their documents print. */
export interface World {
  width: number;
  height: number;
  /** Land that is drawn but counted for nobody. */
  land: readonly string[];
  /** `path` is empty where a state is too small to be drawn; `at` is where its dot stands, across and down. */
  states: Readonly<Record<string, { path: string; at: readonly number[] }>>;
}

export interface MapInput {
  world: World;
  marks: TrendView['map'];
  /** The state that is chosen. */
  chosen: string | null;
  /**
   * Dots grow with the figure. Only of places where something was found: of states that issue documents each dot is of
   * one size, so that the map ranks none of them.
   */
  isSized: boolean;
  words: { title: string; state: (mark: TrendView['map'][number]) => string };
  link?: ((key: string) => string) | undefined;
}

const LEAST_RADIUS = 5;
const MOST_RADIUS = 18;

const placeOf = ({ states }: World, key: string) => states[sameState(key)];

/** What has no place on the map: organisations, states of old, codes of nobody. */
export const beside = (world: World, marks: TrendView['map']): TrendView['map'] =>
  marks.filter(({ key }) => placeOf(world, key) === undefined);

export function worldMap({ world, marks, chosen, isSized, words, link }: MapInput): Tree {
  const most = Math.max(1, ...marks.map(({ count }) => count));
  const radius = (count: number): number =>
    isSized
      ? Math.round((LEAST_RADIUS + (MOST_RADIUS - LEAST_RADIUS) * Math.sqrt(count / most)) * 10) / 10
      : LEAST_RADIUS + 1;
  const placed = marks.flatMap((mark) => {
    const place = placeOf(world, mark.key);
    return place === undefined ? [] : [{ mark, place }];
  });
  const found = new Set(placed.map(({ place }) => place));
  const quiet = Object.values(world.states).filter((state) => state.path !== '' && !found.has(state));
  const ground = [...world.land, ...quiet.map(({ path }) => path)].map((d) =>
    node('path', { class: 'trend-land', d }),
  );
  // Small ones lie on top, so that none is out of reach.
  const states = placed
    .toSorted((a, b) => b.mark.count - a.mark.count)
    .map(({ mark, place }) =>
      pressable(
        {
          key: mark.key,
          label: words.state(mark),
          className: mark.key === chosen ? 'trend-state trend-chosen' : 'trend-state',
          link,
        },
        [
          ...(place.path === '' ? [] : [node('path', { class: 'trend-area', d: place.path })]),
          node('circle', {
            class: 'trend-dot',
            cx: place.at[0] ?? 0,
            cy: place.at[1] ?? 0,
            r: radius(mark.count),
          }),
        ],
      ),
    );
  return node(
    'svg',
    {
      class: 'trend-map',
      viewBox: `0 0 ${world.width} ${world.height}`,
      role: 'group',
      'aria-label': words.title,
    },
    [...ground, ...states],
  );
}
