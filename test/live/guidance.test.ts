// What is said of a frame: measured on drawn frames, and by tables for what a drawing cannot show.
import { expect, test } from 'vitest';
import {
  type Advice,
  adviceFor,
  type Circumstances,
  complaintOf,
  createTeller,
  isSteady,
} from '../../renderer/lib/live/guidance.ts';
import { createGlances, type SeenZone, type Sighting } from '../../renderer/lib/live/sighting.ts';
import type { PhotoOptions } from '../../shared/specimen/photograph.ts';
import { before, documentOf, emptyTable, FRAME } from '../e2e/film.ts';
import { greyOf, look, withFinger } from './frames.ts';
import { CLEAR, OUTLINE } from './zones.ts';

const passport = documentOf('passport', 29);
const UNTROUBLED: Circumstances = {
  before: null,
  sinceSeenMs: Number.POSITIVE_INFINITY,
  isSame: false,
  trouble: null,
};
const frameWith = (options: Partial<PhotoOptions>) => greyOf(before(passport, options));

test.each<[string, Partial<PhotoOptions>, number, Advice]>([
  ['a good frame', {}, 960, 'reading'],
  ['askew', { skewDegrees: 20, fill: 0.8 }, 960, 'reading'],
  ['upside down', { turn: 180 }, 960, 'reading'],
  ['a lamp on the rows', { glare: { strength: 1, x: 0.5, y: 0.9 } }, 960, 'glare'],
  ['a weak reflection', { glare: { strength: 0.4, x: 0.5, y: 0.9 } }, 960, 'reading'],
  ['the camera leaning', { tiltDegrees: 46, perspective: 0.7 }, 960, 'tilt'],
  ['the camera leaning a little', { tiltDegrees: 25 }, 960, 'reading'],
  ['far away', { fill: 0.25 }, 1600, 'nearer'],
  ['too near', { fill: 1.5 }, 960, 'farther'],
  ['out of focus', { blurPx: 5 }, 960, 'blur'],
  ['out of focus, looked at finely', { blurPx: 5 }, 1600, 'blur'],
  ['hardly any light', { light: { level: 0.08, warmth: 0 } }, 960, 'dark'],
  ['the lens covered', { light: { level: 0.01, warmth: 0 } }, 960, 'dark'],
  ['noisy', { noise: 20 }, 960, 'reading'],
])('%s', (_name, options, side, advice) => {
  expect(adviceFor(look(frameWith(options), side), UNTROUBLED)).toBe(advice);
});

test.each(['id-card', 'id-card-td2', 'visa-a', 'visa-b'] as const)('a good frame of %s', (kind) => {
  const sighting = look(greyOf(before(documentOf(kind, 31), { fill: 0.8 })));
  expect(adviceFor(sighting, UNTROUBLED)).toBe('reading');
});

test('an empty table asks for a document', () => {
  const sighting = look(greyOf(emptyTable()));
  expect(sighting.zone).toBeNull();
  expect(adviceFor(sighting, UNTROUBLED)).toBe('show');
});

test('the outline lies on the rows', () => {
  const { zone } = look(frameWith({ tiltDegrees: 0, skewDegrees: 0 }));
  const [from, , to] = zone?.outline ?? [];
  // Two rows of 44: about sixteen times as wide as a row is from the other, in the lower third of the frame.
  expect((to?.x ?? 0) - (from?.x ?? 0)).toBeGreaterThan(0.6 * FRAME.width);
  expect((to?.y ?? 0) - (from?.y ?? 0)).toBeLessThan(0.15 * FRAME.height);
  expect(from?.y).toBeGreaterThan(0.6 * FRAME.height);
});

test('a finger on the rows is told wherever it lies, on the page beside them it is not', () => {
  const frame = frameWith({ tiltDegrees: 0, skewDegrees: 0 });
  const { zone } = look(frame);
  if (zone === null) throw new Error('the frame shows a zone');
  const [from, right, to] = zone.outline;
  const wide = 6 * zone.quality.capital;
  for (const share of [0, 0.2, 0.5, 0.8, 1]) {
    const x = from.x + share * (right.x - from.x);
    for (const y of [from.y - 4, (from.y + to.y) / 2]) {
      expect(adviceFor(look(withFinger(frame, x, y, wide)), UNTROUBLED), `${share} ${y}`).toBe('covered');
    }
    expect(adviceFor(look(withFinger(frame, x, to.y + 12, wide)), UNTROUBLED)).toBe('reading');
  }
});

test.each(['passport', 'visa-a'] as const)(
  'a thumb over an end of the rows of a %s is told, however many places it hides: eight leave a shorter format',
  (kind) => {
    const frame = greyOf(before(documentOf(kind, 29), { tiltDegrees: 0, skewDegrees: 0 }));
    const { zone } = look(frame);
    if (zone === null) throw new Error('the frame shows a zone');
    const [from, right] = zone.outline;
    for (const places of [3, 6, 7, 8, 9, 12]) {
      const wide = (2 * places * (right.x - from.x)) / 44;
      for (const x of [from.x, right.x]) {
        const sighting = look(withFinger(frame, x, from.y - wide / 2 - 10, wide));
        expect(adviceFor(sighting, UNTROUBLED), `${places} at ${x}`).toBe('covered');
      }
    }
  },
);

test('light print on dark is found by the search that follows a look in vain', () => {
  const frame = frameWith({});
  const negative = { ...frame, data: frame.data.map((value) => 255 - value) };
  const glances = createGlances();
  const tried = [0, 1, 2, 3].map(() => {
    const glance = glances.next();
    const sighting = look(negative, glance.side, glance.light);
    glances.gave(sighting);
    return (sighting.zone?.likeness ?? 0) > 0.7;
  });
  expect(tried).toContain(true);
  const found = glances.next();
  expect(found.light).toBe(true);
});

const ZONE: SeenZone = { outline: OUTLINE, likeness: 0.9, quality: { ...CLEAR, blur: 0.04, lean: 5 } };
const SEEN: Sighting = { zone: ZONE, level: 120, blur: null, ...FRAME };
const NOTHING: Sighting = { zone: null, level: 120, blur: null, ...FRAME };
const worse = (quality: Partial<SeenZone['quality']>): SeenZone => ({
  ...ZONE,
  quality: { ...ZONE.quality, ...quality },
});
const moved = (x: number): SeenZone => ({
  ...ZONE,
  outline: ZONE.outline.map((corner) => ({ ...corner, x: corner.x + x })) as SeenZone['outline'],
});

test.each<[string, SeenZone, Advice | null]>([
  ['good', ZONE, null],
  ['one place lost in light', worse({ washed: 1 / 88 }), null],
  ['both lost in light and hidden', worse({ washed: 0.05, hidden: 0.06 }), 'covered'],
  ['dark beside the rows', worse({ beside: 0.5 }), 'covered'],
  ['more light than hidden', worse({ washed: 0.06, hidden: 0.05 }), 'glare'],
  ['small and hidden', worse({ capital: 5, hidden: 0.1 }), 'nearer'],
  ['pale', worse({ contrast: 15 }), 'faint'],
  ['leaving the frame on one side', { ...worse({ inside: false }), outline: moved(-300).outline }, 'whole'],
  ['blurred and leaning', worse({ blur: 0.2, lean: 50 }), 'tilt'],
  ['blurred', worse({ blur: 0.2 }), 'blur'],
])('the first thing in the way: %s', (_name, zone, complaint) => {
  const frame = zone.quality.inside ? FRAME : { width: 1600, height: 720 };
  expect(complaintOf(zone, frame)).toBe(complaint);
});

test.each<[string, Sighting, Partial<Circumstances>, Advice]>([
  ['lost a moment ago', NOTHING, { sinceSeenMs: 300 }, 'still'],
  ['lost a while ago', NOTHING, { sinceSeenMs: 3_000 }, 'show'],
  ['taken away as was asked', NOTHING, { sinceSeenMs: 300, isSame: true }, 'show'],
  ['the same lies there', SEEN, { isSame: true }, 'same'],
  ['on its way', SEEN, { before: moved(40) }, 'still'],
  ['lying', SEEN, { before: moved(3) }, 'reading'],
  ['read differently again and again', SEEN, { before: ZONE, trouble: 'differs' }, 'differs'],
  [
    'read differently, and a finger lies there now',
    { ...SEEN, zone: worse({ hidden: 0.1 }) },
    { trouble: 'differs' },
    'covered',
  ],
])('around the frame: %s', (_name, sighting, around, advice) => {
  expect(adviceFor(sighting, { ...UNTROUBLED, ...around })).toBe(advice);
});

test('a zone of which one end is measured elsewhere stays where it is', () => {
  const [a, b, c, d] = ZONE.outline;
  expect(isSteady({ ...ZONE, outline: [a, { ...b, x: b.x + 60 }, { ...c, x: c.x + 60 }, d] }, ZONE)).toBe(
    true,
  );
  expect(isSteady(moved(30), ZONE)).toBe(false);
  expect(isSteady(null, ZONE)).toBe(false);
});

test('one sentence a second at most, and none that flickers', () => {
  const teller = createTeller();
  // A look each tenth of a second for ten seconds, the advice changing with each of them.
  const advice: Advice[] = ['glare', 'reading', 'blur'];
  const shown = Array.from({ length: 100 }, (_, i) => teller.tell(advice[i % 3] ?? 'show', i * 100));
  expect(new Set(shown)).toEqual(new Set(['glare']));
  const settled = Array.from({ length: 40 }, (_, i) =>
    teller.tell(advice[Math.floor(i / 4) % 3] ?? 'show', 10_000 + i * 100),
  );
  const changes = settled.filter((one, i) => i > 0 && one !== settled[i - 1]).length;
  expect(changes).toBeGreaterThan(1);
  expect(changes).toBeLessThanOrEqual(4);
});

test('a sentence changes once it has stood for a second and the new one for a moment', () => {
  const teller = createTeller();
  expect(teller.tell('show', 0)).toBe('show');
  expect(teller.tell('reading', 100)).toBe('show');
  expect(teller.tell('reading', 900)).toBe('show');
  expect(teller.tell('reading', 1_000)).toBe('reading');
  expect(teller.tell('glare', 2_500)).toBe('reading');
  expect(teller.tell('glare', 2_760)).toBe('glare');
});
