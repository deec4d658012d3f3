// Runs in the window under measurement: how long after a key the case shows what it did, told from the page's own clock.

declare global {
  interface Window {
    caseKeys: CaseKeys;
  }
}

interface CaseKeys {
  /** Begins to wait for the next key. */
  arm(): void;
  /** From the armed key to the frame in which the case changed; null where nothing did. */
  changed(): Promise<number | null>;
  /** Event Timing of the armed keys, in milliseconds; what the browser does not tell took less than 16. */
  eventTimings(): number[];
}

const installed = (): void => {
  const LIMIT_MS = 2_000;
  const armed: number[] = [];
  const timings = new Map<number, number>();
  let isArmed = false;
  let keyAt = 0;
  let done: Promise<number | null> = Promise.resolve(null);

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
    for (const { name, startTime, duration } of list.getEntries())
      if (name === 'keydown') timings.set(Math.round(startTime), duration);
  }).observe({ type: 'event', durationThreshold: 16, buffered: true } as PerformanceObserverInit);

  window.caseKeys = {
    arm() {
      isArmed = true;
      done = new Promise((resolve) => {
        const settle = (value: number | null) => {
          observer.disconnect();
          clearTimeout(timer);
          resolve(value);
        };
        const observer = new MutationObserver(() => {
          if (isArmed) return;
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => settle(performance.now() - keyAt), 0));
        });
        const main = document.querySelector('main') ?? document.body;
        observer.observe(main, { subtree: true, childList: true, attributes: true, characterData: true });
        const timer = setTimeout(settle, LIMIT_MS, null);
      });
    },
    changed: () => done,
    eventTimings: () => armed.map((at) => timings.get(Math.round(at)) ?? 16),
  };
};

/** The source of what runs in the page. */
export const IN_PAGE = `(${installed.toString()})()`;
