// Draws where reading breaks: for each degradation a small chart, for each strength a bar of what became of its pictures.
import { AXES, type Axis } from './recipe.ts';
import type { Outcome, ScoredRow } from './score.ts';

/** From the foot of a bar upwards; colours of the app's light theme, told apart by brightness as well. */
const BANDS: readonly { outcome: Outcome; title: string; colour: string }[] = [
  { outcome: 'exact', title: 'exact', colour: '#134f9c' },
  { outcome: 'differs-marked', title: 'differs, and says so', colour: '#e0a63c' },
  { outcome: 'missed', title: 'not found', colour: '#cdd2d4' },
  { outcome: 'differs-unmarked', title: 'differs in silence', colour: '#a3140f' },
];
const INK = '#15191d';
const QUIET = '#4b545c';
const LINE = '#7b858c';
const FONT = 'font-family="Atkinson Hyperlegible, system-ui, sans-serif"';

const COLUMNS = 3;
const PANEL = { width: 264, height: 190 } as const;
const PLOT = { left: 34, top: 42, width: 218, height: 96 } as const;
const MARGIN = 16;
const LEGEND = 34;

/** How many of the pictures of one strength came to each outcome. */
export function countsOf(rows: readonly ScoredRow[], axis: string, step: number): Map<Outcome, number> {
  const counts = new Map<Outcome, number>();
  for (const row of rows) {
    if (row.axis === axis && row.step === step) counts.set(row.outcome, (counts.get(row.outcome) ?? 0) + 1);
  }
  return counts;
}

/** The chart as an SVG file. */
export function chartOf(rows: readonly ScoredRow[]): string {
  const lines = Math.ceil(AXES.length / COLUMNS);
  const width = 2 * MARGIN + COLUMNS * PANEL.width;
  const height = 2 * MARGIN + LEGEND + lines * PANEL.height;
  const panels = AXES.map((axis, i) => {
    const x = MARGIN + (i % COLUMNS) * PANEL.width;
    const y = MARGIN + LEGEND + Math.floor(i / COLUMNS) * PANEL.height;
    return `<g transform="translate(${x} ${y})">\n${panel(axis, rows)}</g>\n`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"`,
    ' role="img" aria-labelledby="title desc">\n',
    '<title id="title">Reading by degradation and strength</title>\n',
    '<desc id="desc">Twelve small charts. Each bar is one strength of one degradation; its bands show how many of its ',
    'pictures were read exactly, differed with a mark, were not found, or differed in silence. ',
    'The same figures stand in the table of docs/reading.md.</desc>\n',
    `<rect width="${width}" height="${height}" fill="#ffffff"/>\n`,
    legend(),
    ...panels,
    '</svg>\n',
  ].join('');
}

function text(x: number, y: number, words: string, size: number, colour: string, anchor = 'start'): string {
  return `<text x="${x}" y="${y}" ${FONT} font-size="${size}" fill="${colour}" text-anchor="${anchor}">${words}</text>\n`;
}

function legend(): string {
  let x = MARGIN + PLOT.left;
  return BANDS.map(({ title, colour }) => {
    const entry =
      `<rect x="${x}" y="${MARGIN}" width="14" height="14" fill="${colour}" stroke="${LINE}" stroke-width="0.5"/>\n` +
      text(x + 20, MARGIN + 12, title, 14, INK);
    x += 50 + title.length * 7.2;
    return entry;
  }).join('');
}

function panel(axis: Axis, rows: readonly ScoredRow[]): string {
  const { left, top, width, height } = PLOT;
  const foot = top + height;
  let out = text(left, 16, axis.title, 15, INK) + text(left, 32, axis.unit, 12, QUIET);
  for (const share of [0, 0.5, 1]) {
    const y = foot - share * height;
    out += `<line x1="${left}" x2="${left + width}" y1="${y}" y2="${y}" stroke="${LINE}" stroke-width="0.5"/>\n`;
    out += text(left - 5, y + 4, `${share * 100}`, 11, QUIET, 'end');
  }
  const room = width / axis.steps.length;
  axis.steps.forEach(({ label }, step) => {
    const counts = countsOf(rows, axis.id, step);
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const x = left + step * room + room * 0.15;
    let y = foot;
    for (const { outcome, colour } of BANDS) {
      const tall = all === 0 ? 0 : ((counts.get(outcome) ?? 0) / all) * height;
      if (tall === 0) continue;
      y -= tall;
      out += `<rect x="${round(x)}" y="${round(y)}" width="${round(room * 0.7)}" height="${round(tall)}" fill="${colour}"/>\n`;
    }
    out += text(round(left + (step + 0.5) * room), foot + 17, label, 12, INK, 'middle');
  });
  return out;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
