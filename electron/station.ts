// The station as a shell holds it: the same questions, answered from a thread of its own.
import { Worker } from 'node:worker_threads';
import type { ImageChoice } from '../shared/contract/images.ts';
import { type ImageAnswer, replyText, type Shell, type Station } from './shell.ts';
import type { FromStation, ToStation, WorkerStart } from './station-messages.ts';
import { workerBeside } from './worker-beside.ts';

export interface StationOptions {
  /** Absolute path; created where it is not there. */
  dataFolder: string;
  version: string;
  shell: Shell;
  /** Takes faults of our own: a code and places in our code, never data. */
  report: (fault: string) => void;
}

type Answer = Extract<FromStation, { type: 'answer' }>['value'];

/**
 * Starts the station's thread at once and returns without waiting. Calls made while the store opens wait for it; when
 * it cannot be opened each answers with the reason and `station.failed` is pushed. When the thread dies or was closed,
 * calls answer `internal`.
 */
export function openStation(options: StationOptions): Station {
  const { dataFolder, version, shell, report } = options;
  const start: WorkerStart = { dataFolder, version, shell: { kind: shell.kind, can: shell.can } };
  const worker = new Worker(workerBeside(import.meta.url, 'station-worker'), { workerData: start });
  const listeners = new Set<(event: string, body: string) => void>();
  const waiting = new Map<number, (value: Answer | undefined) => void>();
  let opening: { event: string; body: string } | null = null;
  let calls = 0;
  let gone = false;

  const send = (message: ToStation): void => worker.postMessage(message);

  /** Undefined where the thread is gone. */
  function ask(make: (call: number) => ToStation): Promise<Answer | undefined> {
    calls += 1;
    const call = calls;
    return new Promise((resolve) => {
      if (gone) {
        resolve(undefined);
        return;
      }
      waiting.set(call, resolve);
      send(make(call));
    });
  }

  function push(event: string, body: string): void {
    for (const listener of listeners) listener(event, body);
  }

  async function askShell(message: Extract<FromStation, { type: 'shell' }>): Promise<void> {
    const { call, method, values } = message;
    try {
      const run = shell[method] as (...values: unknown[]) => Promise<unknown>;
      send({ type: 'shell-answer', call, ok: true, value: await run.apply(shell, values) });
    } catch {
      send({ type: 'shell-answer', call, ok: false, value: null });
    }
  }

  worker.on('message', (message: FromStation) => {
    if (message.type === 'answer') {
      const resolve = waiting.get(message.call);
      waiting.delete(message.call);
      resolve?.(message.value);
    } else if (message.type === 'event') {
      opening ??= message;
      push(message.event, message.body);
    } else if (message.type === 'report') {
      report(message.fault);
    } else {
      void askShell(message);
    }
  });
  // The error of a thread may quote what it worked on: only its class goes further.
  worker.on('error', (error) => report(`internal station-thread ${error.constructor.name}`));
  worker.on('exit', (code) => {
    gone = true;
    for (const resolve of waiting.values()) resolve(undefined);
    waiting.clear();
    if (code !== 0) push('station.failed', JSON.stringify({ code: 'internal' }));
  });

  const lost = { ok: false, error: { code: 'internal' } } as const;
  const text = (value: Answer | undefined): string => (typeof value === 'string' ? value : replyText(lost));

  return {
    dispatch: async (channel, body) => text(await ask((call) => ({ type: 'dispatch', call, channel, body }))),
    putImage: async (bytes) => text(await ask((call) => ({ type: 'put-image', call, bytes }))),
    async getImage(id: string, variant: ImageChoice): Promise<ImageAnswer> {
      const answer = await ask((call) => ({ type: 'get-image', call, id, variant }));
      return typeof answer === 'object' && answer !== null ? answer : { ok: false, code: 'internal' };
    },
    subscribe(listener) {
      listeners.add(listener);
      // Whoever listens late learns how the opening ended.
      if (opening !== null) listener(opening.event, opening.body);
      return () => listeners.delete(listener);
    },
    async close() {
      if (gone) return;
      await ask((call) => ({ type: 'close', call }));
      await worker.terminate();
    },
  };
}
