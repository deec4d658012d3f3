// What axe-core finds on the screen that keeps somebody out (WCAG 2.2 A and AA): serious and critical alone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

interface Axe {
  run(context: Document, options: unknown): Promise<AxeResults>;
}

/**
 * One line for each rule that is broken: its id and the places' beginnings. `colours` asks for contrast alone, where the same
 * screen was looked at whole in another theme.
 */
export async function axeFindings(page: Page, asked: 'all' | 'colours' = 'all'): Promise<string[]> {
  // Colours on their way to others are none that anybody reads.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        // What follows a scroll position ends never.
        .filter(
          ({ effect, timeline }) =>
            timeline instanceof DocumentTimeline && effect?.getComputedTiming().iterations !== Infinity,
        )
        .map(({ finished }) => finished.catch(() => undefined)),
    ),
  );
  // The page's policy lets no script in; the debugger's own evaluation is not the page's.
  await page.evaluate(`if (!('axe' in globalThis)) { ${SOURCE} }`);
  const { violations } = await page.evaluate(
    (runOnly) =>
      (globalThis as unknown as { axe: Axe }).axe.run(document, { runOnly, resultTypes: ['violations'] }),
    asked === 'all' ? { type: 'tag', values: TAGS } : { type: 'rule', values: ['color-contrast'] },
  );
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(', ')}`);
}
