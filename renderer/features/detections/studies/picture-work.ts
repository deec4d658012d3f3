// A picture of a case study while it is worked on: which box is drawn, and what becomes of the picture by it. Pure.
import type { Output } from '../../../../shared/contract/channels.ts';
import type { Box } from '../../../../shared/sharing/full.ts';
import type { StudyDraft } from '../../../../shared/sharing/study-draft.ts';
import { common, grown, isCovered } from '../../../../shared/sharing/study-pictures.ts';

export type Source = Output<'study.prepare'>['pictures'][number];
export type Picture = StudyDraft['images'][number];
/** What is drawn: the piece that leaves, where portrait and zone are, a box to be made black, or a mark. */
export const TOOLS = ['piece', 'portrait', 'zone', 'box', 'mark'] as const;
export type Tool = (typeof TOOLS)[number];

/** A mark in pixels of the whole picture, so that it stays where it is when the piece becomes another one. */
export interface Mark {
  at: Box;
  label: string;
}

export interface Work {
  source: Source;
  at: Box;
  hidden: readonly Box[];
  portrait: Picture['portrait'];
  zone: Picture['zone'];
  caption: string;
  marks: readonly Mark[];
  tool: Tool;
  /** Which of the boxes, or of the marks, the keys move; behind the last one where none is there. */
  chosen: number;
}

/** A little more than what was read: the outline of a zone runs close to its letters. */
const MARGIN = 0.01;

const marginOf = ({ width, height }: Source): number => Math.round(Math.max(width, height) * MARGIN);

const turned = ({ x, y, width, height }: Box): Box => ({ x: y, y: x, width: height, height: width });

/**
 * What is printed of the holder: names, numbers, days and a second portrait stand beside the portrait, on the side to which
 * the zone goes on, and down to it or up (Doc 9303-4 appendix, 9303-7). Null where nothing lies there.
 */
function printedBeside(portrait: Box, zone: Box): Box | null {
  if (zone.height > zone.width) {
    const box = printedBeside(turned(portrait), turned(zone));
    return box === null ? null : turned(box);
  }
  const [left, right] = [portrait.x, portrait.x + portrait.width];
  const [from, to] =
    zone.x + zone.width - right > left - zone.x ? [right, zone.x + zone.width] : [zone.x, left];
  // The first line stands higher than the portrait.
  const above = Math.round(portrait.height / 4);
  const isBelow = portrait.y < zone.y;
  const top = isBelow ? Math.max(0, portrait.y - above) : zone.y + zone.height;
  const bottom = isBelow ? zone.y : portrait.y + portrait.height + above;
  return to > from && bottom > top ? { x: from, y: top, width: to - from, height: bottom - top } : null;
}

/** The whole picture, with a box on everything that is known to tell of the holder. */
export function newWork(source: Source): Work {
  const { width, height, portrait, zone } = source;
  const printed = portrait === null || zone === null ? null : printedBeside(portrait, zone);
  const known = [portrait, zone, printed].filter((box) => box !== null);
  return {
    source,
    at: { x: 0, y: 0, width, height },
    hidden: known.map((box) => grown(box, marginOf(source), source)),
    portrait,
    zone,
    caption: '',
    marks: [],
    tool: 'piece',
    chosen: 0,
  };
}

/** A picture of the draft, to go on with. */
export function workOf(source: Source, picture: Picture): Work {
  const { at, hidden, portrait, zone, caption } = picture;
  const marks = picture.marks.map(({ x, y, width, height, label }) => ({
    at: {
      x: at.x + x * at.width,
      y: at.y + y * at.height,
      width: Math.max(1, width * at.width),
      height: Math.max(1, height * at.height),
    },
    label,
  }));
  return { source, at, hidden, portrait, zone, caption, marks, tool: 'piece', chosen: 0 };
}

const part = (value: number): number => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;

/** The picture as the draft keeps it; marks beside the piece go. */
export function pictureOf({ source, at, hidden, portrait, zone, caption, marks }: Work): Picture {
  const { id: imageId, light, width, height } = source;
  return {
    imageId,
    light,
    width,
    height,
    at,
    hidden: [...hidden],
    portrait,
    zone,
    caption: caption.trim(),
    marks: marks.flatMap(({ at: mark, label }) => {
      const seen = common(mark, at);
      if (seen === null) return [];
      return [
        {
          x: part((seen.x - at.x) / at.width),
          y: part((seen.y - at.y) / at.height),
          width: part(seen.width / at.width),
          height: part(seen.height / at.height),
          label: label.trim(),
        },
      ];
    }),
  };
}

/** The rectangle that the keys move now; null where there is none yet. */
export function activeBox({ tool, at, portrait, zone, hidden, marks, chosen }: Work): Box | null {
  switch (tool) {
    case 'piece':
      return at;
    case 'portrait':
      return portrait === 'none' ? null : portrait;
    case 'zone':
      return zone === 'none' ? null : zone;
    case 'box':
      return hidden[chosen] ?? null;
    case 'mark':
      return marks[chosen]?.at ?? null;
  }
}

const replaced = <T>(all: readonly T[], at: number, by: T): T[] =>
  at < all.length ? all.map((one, index) => (index === at ? by : one)) : [...all, by];

/** Puts the rectangle that is drawn or moved in its place. */
export function drawn(work: Work, box: Box): Work {
  switch (work.tool) {
    case 'piece':
      return { ...work, at: box };
    case 'portrait':
      return { ...work, portrait: box };
    case 'zone':
      return { ...work, zone: box };
    case 'box':
      return { ...work, hidden: replaced(work.hidden, work.chosen, box) };
    case 'mark':
      return {
        ...work,
        marks: replaced(work.marks, work.chosen, { at: box, label: work.marks[work.chosen]?.label ?? '' }),
      };
  }
}

/** What a new drawing begins: of boxes and marks one more, of all else the same one anew. */
export function begun(work: Work, most: { boxes: number; marks: number }): Work {
  if (work.tool === 'box') return { ...work, chosen: Math.min(work.hidden.length, most.boxes - 1) };
  if (work.tool === 'mark') return { ...work, chosen: Math.min(work.marks.length, most.marks - 1) };
  return work;
}

export function withTool(work: Work, tool: Tool): Work {
  const count = tool === 'box' ? work.hidden.length : work.marks.length;
  return { ...work, tool, chosen: Math.max(0, count - 1) };
}

export function without(work: Work, at: number): Work {
  const left = <T>(all: readonly T[]): T[] => all.filter((_one, index) => index !== at);
  if (work.tool === 'box') return { ...work, hidden: left(work.hidden), chosen: 0 };
  return { ...work, marks: left(work.marks), chosen: 0 };
}

/** Puts a box on each of these places that is not under one wholly. */
export function covered(work: Work, places: readonly Box[]): Work {
  const open = places.filter((place) => !isCovered(place, work.hidden));
  const added = open.map((place) => grown(place, marginOf(work.source), work.source));
  return { ...work, hidden: [...work.hidden, ...added] };
}

/** Portrait and zone, as far as they are said or known. */
export function tellingPlaces({ portrait, zone, source }: Work): Box[] {
  const said = [portrait, zone].flatMap((place) => (place === null || place === 'none' ? [] : [place]));
  return [...said, ...[source.portrait, source.zone].filter((place) => place !== null)];
}
