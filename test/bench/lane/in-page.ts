// Runs in the window under measurement: what an officer waits for, told from the page's own clock and frames.

declare global {
  interface Window {
    officer: InPage;
  }
}

/** What the bench finds on the page as `window.officer`. */
interface InPage {
  /** Begins to wait for the answer to the next key. */
  arm(): void;
  /** From the armed key to the frame in which something of the lane changed; null where nothing did. */
  answer(): Promise<number | null>;
  /** Begins to wait for rows and their card. */
  expectRows(rows: string): void;
  /** When the frame with the expected rows and their card stood there, in milliseconds since 1970; null where it never did. */
  rowsStoodAt(): Promise<number | null>;
  /** From the moment in which a document came before the camera to the frame with its rows and their card. */
  rowsAfterCamera(): Promise<number | null>;
  /** Event Timing of the armed keys, in milliseconds; what the browser does not tell took less than 16. */
  eventTimings(): number[];
}

export interface Words {
  rows: string;
  card: string;
  saved: string;
}

const installed = (words: Words): void => {
  const LIMIT_MS = 3_000;
  const ROWS_LIMIT_MS = 30_000;
  const armed: number[] = [];
  const timings = new Map<number, number>();
  let keyAt = 0;
  let isArmed = false;
  let before = '';
  let cameAt = 0;
  let answered: Promise<number | null> = Promise.resolve(null);
  let stoodAt: Promise<number | null> = Promise.resolve(null);

  const rows = () =>
    [...document.querySelectorAll<HTMLInputElement>(`[role="group"][aria-label="${words.rows}"] input`)]
      .map(({ value }) => value)
      .join('');
  const card = () => document.querySelector(`[aria-label="${words.card}"]`);
  const look = () =>
    [
      rows(),
      card()?.textContent ?? '',
      document.querySelector('[role="listbox"]') === null,
      [...document.querySelectorAll('p')].some(({ textContent }) => textContent === words.saved),
    ].join('|');
  const isRead = () => rows() !== '' && (card()?.querySelector('h3') ?? null) !== null;

  /** Resolves in a task after the frame in which the page has come to hold something; null when time is over. */
  const painted = (holds: () => boolean, since: () => number, limitMs: number) =>
    new Promise<number | null>((resolve) => {
      const settle = (value: number | null) => {
        observer.disconnect();
        clearTimeout(timer);
        resolve(value);
      };
      const check = () => {
        if (!holds()) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => settle(performance.now() - since()), 0));
      };
      const observer = new MutationObserver(check);
      observer.observe(document.body, {
        subtree: true,
        childList: true,
        attributes: true,
        characterData: true,
      });
      const timer = setTimeout(settle, limitMs, null);
      check();
    });

  document.addEventListener(
    'keydown',
    (event) => {
      if (!isArmed) return;
      isArmed = false;
      keyAt = event.timeStamp;
      armed.push(keyAt);
    },
    { capture: true },
  );
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (name === 'keydown') timings.set(Math.round(startTime), duration);
    }
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);

  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [8, 8];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let wasBright = false;
  setInterval(() => {
    const video = document.querySelector('video');
    if (video === null || video.videoWidth === 0 || context === null) return;
    context.drawImage(video, 0, 0, 8, 8);
    // The middle of the picture: the table is dark there, every document of Utopia light.
    const isBright = (context.getImageData(4, 4, 1, 1).data[1] ?? 0) > 150;
    if (isBright && !wasBright) cameAt = performance.now();
    wasBright = isBright;
  }, 100);

  const officer: InPage = {
    arm() {
      before = look();
      isArmed = true;
      answered = painted(
        () => !isArmed && look() !== before,
        () => keyAt,
        LIMIT_MS,
      );
    },
    answer: () => answered,
    expectRows(expected) {
      stoodAt = painted(
        () => isRead() && rows() === expected,
        () => -performance.timeOrigin,
        ROWS_LIMIT_MS,
      );
    },
    rowsStoodAt: () => stoodAt,
    rowsAfterCamera: () => painted(isRead, () => cameAt, ROWS_LIMIT_MS),
    eventTimings: () => armed.map((at) => timings.get(Math.round(at)) ?? 16),
  };
  window.officer = officer;
};

/** The source of what runs in the page. */
export function inPageSource(words: Words): string {
  return `(${installed.toString()})(${JSON.stringify(words)})`;
}
