// Opens a picture file in the window as an officer does, and tells when its lines stood there.
import { setTimeout as pause } from 'node:timers/promises';
import { WAIT_MS } from '../../e2e/steps.ts';
import { text } from '../../e2e/words.ts';
import type { BareWindow } from './bare-window.ts';

/** What became of one picture; times in ms from the choice of the file. */
export interface Opening {
  /** Empty where none came: nothing found, or an error told. */
  lines: string[];
  linesMs: number;
  /** Until the station had the picture safe. */
  storedMs: number;
}

/** Longer than the window's own limit for a reading. */
const GIVEN_UP_MS = 40_000;

/** Chooses the file in the browser's own dialog and waits for lines. The lane must be ready. */
export async function openPicture(window: BareWindow, path: string): Promise<Opening> {
  const watching = window.ask(watchLines, {
    rows: text('examine.rows'),
    trouble: text('error.mrz-not-found.happened'),
    limitMs: GIVEN_UP_MS,
  });
  await window.choose(path, () => window.press('f'));
  return watching;
}

/** Drops what is in the lane, by its key pressed twice. */
export async function clearLane(window: BareWindow): Promise<void> {
  await window.press('x');
  await shown(window, text('examine.drop.ask'));
  await window.press('x');
  await laneReady(window);
}

/** Waits until the lane takes a document. */
export function laneReady(window: BareWindow): Promise<void> {
  return shown(window, text('examine.welcome.title'));
}

async function shown(window: BareWindow, words: string): Promise<void> {
  const limit = performance.now() + WAIT_MS;
  // The body is not there yet while a page loads.
  const isThere = (sought: string) => document.querySelector('body')?.textContent.includes(sought) === true;
  // Between the first, empty page and ours there is for a moment no page to ask.
  const asked = () =>
    window.ask(isThere, words).catch((thrown: Error) => {
      if (thrown.message.includes('execution context')) return false;
      throw thrown;
    });
  while (!(await asked())) {
    if (performance.now() > limit) throw new Error('the window does not show what was waited for');
    await pause(50);
  }
}

/** Runs in the window: from the choice of a file to the frame in which its lines are painted. */
function watchLines(words: { rows: string; trouble: string; limitMs: number }): Promise<Opening> {
  return new Promise((resolve) => {
    let begun = 0;
    const chosen = () => {
      begun = performance.now();
      performance.clearResourceTimings();
    };
    document.addEventListener('change', chosen, { capture: true, once: true });
    const lines = () =>
      [
        ...document.querySelectorAll<HTMLInputElement>(`[role="group"][aria-label="${words.rows}"] input`),
      ].map(({ value }) => value);
    const settle = (found: string[]) => {
      observer.disconnect();
      clearTimeout(timer);
      document.removeEventListener('change', chosen, { capture: true });
      const linesMs = performance.now() - begun;
      const calls = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const stored = calls.find(({ name }) => name.endsWith('/images'));
      resolve({
        lines: found,
        linesMs,
        storedMs: stored === undefined ? 0 : stored.responseEnd - begun,
      });
    };
    // A task after the frame: by then the frame is painted.
    const painted = (found: string[]) => requestAnimationFrame(() => setTimeout(settle, 0, found));
    const look = () => {
      const found = lines();
      if (begun > 0 && found.some((line) => line !== '')) painted(found);
      else if (begun > 0 && document.body.textContent.includes(words.trouble)) painted([]);
      else return;
      observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    const timer = setTimeout(settle, words.limitMs, []);
  });
}
