// A zone as the finder sees it, for the tests of what the camera makes of it.
import type { SeenZone } from '../../renderer/lib/live/sighting.ts';

export const OUTLINE: SeenZone['outline'] = [
  { x: 100, y: 500 },
  { x: 1100, y: 500 },
  { x: 1100, y: 580 },
  { x: 100, y: 580 },
];

/** Nothing in the way. */
export const CLEAR: SeenZone['quality'] = {
  capital: 20,
  blur: 0,
  lean: 0,
  inside: true,
  paper: 220,
  contrast: 150,
  washed: 0,
  hidden: 0,
  beside: 0,
};
