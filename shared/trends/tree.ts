// A chart as plain data, before anything draws it: React at the station, text at the hub and in a file.

export interface Tree {
  tag: string;
  attributes: Readonly<Record<string, string | number>>;
  children: readonly (Tree | string)[];
}

export function node(
  tag: string,
  attributes: Tree['attributes'],
  children: readonly (Tree | string)[] = [],
): Tree {
  return { tag, attributes, children };
}

/**
 * What can be pressed: with an address a link, without one a group whose key whoever draws it knows (`data-key`). Its
 * label is for whoever hears it, and stands where the mouse rests.
 */
export interface Pressed {
  key: string;
  label: string;
  className: string;
  /** Where it leads; null or not given where a program listens. */
  link?: ((key: string) => string) | undefined;
}

export function pressable({ key, label, className, link }: Pressed, children: readonly Tree[]): Tree {
  const whole = [node('title', {}, [label]), ...children];
  const shared = { class: className, 'data-key': key, 'aria-label': label };
  return link === undefined ? node('g', shared, whole) : node('a', { ...shared, href: link(key) }, whole);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replaceAll(/[&<>"]/gu, (each) => ESCAPES[each] ?? each);

/** A tree as text of SVG or HTML; nothing in it is taken for markup. */
export function treeText({ tag, attributes, children }: Tree): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const inner = children.map((child) => (typeof child === 'string' ? escaped(child) : treeText(child)));
  return `<${tag}${written.join('')}>${inner.join('')}</${tag}>`;
}

/** How the classes of charts look in a file of its own, which is for paper: light, and told apart without colour. */
const FILE_STYLE = `
  text { font: 13px sans-serif; fill: #15191d; }
  .trend-line { stroke: #cdd2d4; fill: none; }
  .trend-hit { fill: none; }
  .trend-bar { fill: #4b6a88; }
  .trend-land { fill: #e3e6e5; stroke: #ffffff; stroke-width: 0.5; }
  .trend-area { fill: #b9cbdc; stroke: #ffffff; stroke-width: 0.5; }
  .trend-dot { fill: #1f4f80; fill-opacity: 0.75; stroke: #ffffff; }
  .trend-mark { fill: #7a4a00; }
  .trend-chosen .trend-bar, .trend-chosen .trend-dot, .trend-chosen .trend-area { stroke: #15191d; stroke-width: 2; }
`;

/** Room above and below a chart for its title and what must be read with it. */
const HEAD = 36;
const LINE = 18;

/** A chart of this size as a file of SVG that needs nothing beside it; `captions` stand below, one a line. */
export function chartFile(
  { tag, children }: Tree,
  { width, height }: { width: number; height: number },
  words: { title: string; captions: readonly string[] },
): string {
  const all = HEAD + height + LINE * (words.captions.length + 1);
  const viewBox = `-12 ${-HEAD} ${width + 24} ${all}`;
  const whole = node(tag, { xmlns: 'http://www.w3.org/2000/svg', viewBox, width: width + 24, height: all }, [
    node('style', {}, [FILE_STYLE]),
    node('rect', { x: -12, y: -HEAD, width: width + 24, height: all, fill: '#ffffff' }),
    node('text', { x: 0, y: -14, 'font-weight': 'bold' }, [words.title]),
    ...children,
    ...words.captions.map((caption, at) => node('text', { x: 0, y: height + LINE * (at + 1) }, [caption])),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${treeText(whole)}\n`;
}
