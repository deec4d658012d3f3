// Draws where reading breaks: for each degradation a small chart, for each strength a bar of what became of its pictures.
import { AXES, type Axis } from './recipe.ts';
import type { Outcome, ScoredRow } from './score.ts';

/** From the foot of a bar upwards. */
const BANDS: readonly { outcome: Outcome; title: string; name: string }[] = [
  { outcome: 'exact', title: 'exact', name: 'exact' },
  { outcome: 'differs-marked', title: 'differs, and says so', name: 'marked' },
  { outcome: 'missed', title: 'not found', name: 'missed' },
  { outcome: 'differs-unmarked', title: 'differs in silence', name: 'silent' },
];

/** For a light and for a dark page. Bands are told apart by their brightness and by a line around each. */
const STYLE = `
  text { font-family: "Atkinson Hyperlegible", system-ui, sans-serif; fill: #15191d; }
  .quiet { fill: #4b545c; }
  .paper { fill: #ffffff; }
  .rule { stroke: #7b858c; stroke-width: 0.5; }
  .band { stroke: #15191d; stroke-width: 0.8; }
  .exact { fill: #134f9c; }
  .marked { fill: #e0a63c; }
  .missed { fill: #ffffff; }
  .silent { fill: #a3140f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f1f3f4; }
    .quiet { fill: #b6bfc6; }
    .paper, .missed { fill: #15191d; }
    .band { stroke: #f1f3f4; }
    .exact { fill: #2f72c8; }
    .silent { fill: #d8382f; }
  }
`;

const COLUMNS = 3;
const PANEL = { width: 264, height: 190 } as const;
const PLOT = { left: 34, top: 42, width: 218, height: 96 } as const;
const MARGIN = 16;
const LEGEND = 34;

/** How many of the documents of one strength came to each outcome. */
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
    `<desc id="desc">${AXES.length} small charts. Each bar is one strength of one degradation; its bands show how `,
    'many percent of its documents were read exactly, differed with a mark, were not found, or differed in silence. ',
    'The same figures stand in the table of docs/reading.md.</desc>\n',
    `<style>${STYLE}</style>\n`,
    `<rect class="paper" width="${width}" height="${height}"/>\n`,
    legend(),
    ...panels,
    '</svg>\n',
  ].join('');
}

interface Style {
  size: number;
  anchor?: 'middle' | 'end';
  quiet?: boolean;
}

function text(x: number, y: number, words: string, { size, anchor, quiet = false }: Style): string {
  const more = `${quiet ? ' class="quiet"' : ''}${anchor === undefined ? '' : ` text-anchor="${anchor}"`}`;
  return `<text x="${x}" y="${y}" font-size="${size}"${more}>${words}</text>\n`;
}

function legend(): string {
  let x = MARGIN + PLOT.left;
  return BANDS.map(({ title, name }) => {
    const entry =
      `<rect class="band ${name}" x="${x}" y="${MARGIN}" width="14" height="14"/>\n` +
      text(x + 20, MARGIN + 12, title, { size: 14 });
    x += 50 + title.length * 7.2;
    return entry;
  }).join('');
}

function panel(axis: Axis, rows: readonly ScoredRow[]): string {
  const { left, top, width, height } = PLOT;
  const foot = top + height;
  let out = text(left, 16, axis.title, { size: 15 }) + text(left, 32, axis.unit, { size: 12, quiet: true });
  for (const share of [0, 0.5, 1]) {
    const y = foot - share * height;
    out += `<line class="rule" x1="${left}" x2="${left + width}" y1="${y}" y2="${y}"/>\n`;
    out += text(left - 5, y + 4, `${share * 100}`, { size: 11, quiet: true, anchor: 'end' });
  }
  const room = width / axis.steps.length;
  axis.steps.forEach(({ label }, step) => {
    const counts = countsOf(rows, axis.id, step);
    const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const x = round(left + step * room + room * 0.15);
    let y = foot;
    for (const { outcome, name } of BANDS) {
      const tall = all === 0 ? 0 : ((counts.get(outcome) ?? 0) / all) * height;
      if (tall === 0) continue;
      y -= tall;
      const size = `width="${round(room * 0.7)}" height="${round(tall)}"`;
      out += `<rect class="band ${name}" x="${x}" y="${round(y)}" ${size}/>\n`;
    }
    out += text(round(left + (step + 0.5) * room), foot + 17, label, { size: 12, anchor: 'middle' });
  });
  return out;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
