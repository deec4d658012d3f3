// Contrast of every pair of tokens that meet on a screen, computed for the three themes (WCAG 2.2, 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const CSS = readFileSync(join(import.meta.dirname, '../../renderer/ui/tokens.css'), 'utf8');
const THEMES = ['light', 'dark', 'uv'] as const;

/** Words: 4.5 to 1. */
const WORDS: readonly (readonly [string, string])[] = [
  ...['ground', 'panel', 'raised', 'field', 'selected'].map((under) => ['ink', under] as const),
  ...['ground', 'panel', 'raised', 'field', 'selected'].map((under) => ['ink-quiet', under] as const),
  ['action-ink', 'action'],
  ['ink', 'look-ground'],
  ['look', 'look-ground'],
  ['look', 'panel'],
  ['ink', 'info-ground'],
  ['info', 'info-ground'],
  ['info', 'panel'],
  ['info', 'raised'],
  ['ink', 'trouble-ground'],
  ['trouble', 'trouble-ground'],
  ['trouble', 'panel'],
];
/** Edges of controls, the focus ring, marks: 3 to 1. */
const SHAPES: readonly (readonly [string, string])[] = [
  ...['ground', 'panel', 'raised', 'field'].map((under) => ['focus', under] as const),
  ...['ground', 'panel', 'field'].map((under) => ['line-strong', under] as const),
  ['focus', 'selected'],
  ['look', 'selected'],
  ['look-line', 'raised'],
  ['look-line', 'panel'],
  ['look-line', 'field'],
  ['look-line', 'look-ground'],
];

function tokensOf(block: string): Map<string, string> {
  return new Map(
    [...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map((one) => [one[1] ?? '', one[2] ?? '']),
  );
}

function themeBlock(theme: string): Map<string, string> {
  const block = new RegExp(`\\[data-theme=['"]${theme}['"]\\]\\s*\\{([^}]*)\\}`).exec(CSS)?.[1];
  if (!block) throw new Error(`no block of the theme ${theme}`);
  return tokensOf(block);
}

function channels(hex: string): [number, number, number] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as [number, number, number];
}

function luminance(hex: string): number {
  const [red, green, blue] = channels(hex).map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(first: string, second: string): number {
  const [light, dark] = [luminance(first), luminance(second)].sort((a, b) => b - a) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(THEMES)('theme %s', (theme) => {
  const tokens = themeBlock(theme);
  const colour = (name: string) => {
    const found = tokens.get(name);
    if (!found) throw new Error(`the theme ${theme} has no colour ${name}`);
    return found;
  };

  it('keeps words readable and shapes visible', () => {
    const tooLow = [
      ...WORDS.map(([over, under]) => ({ over, under, needs: 4.5 })),
      ...SHAPES.map(([over, under]) => ({ over, under, needs: 3 })),
    ]
      .map((pair) => ({
        ...pair,
        has: Math.round(contrast(colour(pair.over), colour(pair.under)) * 100) / 100,
      }))
      .filter((pair) => pair.has < pair.needs);
    expect(tooLow).toEqual([]);
  });

  it('defines the same colours as every other theme', () => {
    expect([...tokens.keys()].sort()).toEqual([...themeBlock('light').keys()].sort());
  });
});

describe('theme uv', () => {
  it('has no blue and nothing bright, so that the eye stays adapted to the dark', () => {
    const wrong = [...themeBlock('uv')].filter(([, hex]) => {
      const [red, , blue] = channels(hex);
      return blue > red || luminance(hex) > 0.45;
    });
    expect(wrong).toEqual([]);
  });
});

describe('the first paint', () => {
  it('takes the colours of the dark theme where the system is dark', () => {
    const block = /:root:not\(\[data-theme\]\)\s*\{([^}]*)\}/.exec(CSS)?.[1] ?? '';
    const early = tokensOf(block);
    const dark = themeBlock('dark');
    expect(early.size).toBeGreaterThan(3);
    for (const [name, hex] of early) expect([name, hex]).toEqual([name, dark.get(name)]);
  });
});
