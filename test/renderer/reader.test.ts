// The window's reader over a worker that answers, fails, hangs or dies: every request settles.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReaderMessage, ReadRequest } from '../../renderer/lib/reader/messages.ts';
import { createReader, type WorkerLike } from '../../renderer/lib/reader/reader.ts';
import type { DocumentReading } from '../../shared/vision/types.ts';

const NOT_FOUND: DocumentReading = {
  status: 'not-found',
  outOfTime: false,
  timing: { totalMs: 1, locateMs: 1, recogniseMs: 0 },
};

class FakeWorker implements WorkerLike {
  onmessage: ((event: MessageEvent<ReaderMessage>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  readonly asked: ReadRequest[] = [];
  terminated = false;
  postMessage(message: ReadRequest): void {
    this.asked.push(message);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(message: ReaderMessage): void {
    this.onmessage?.(new MessageEvent('message', { data: message }));
  }
  answer(): void {
    this.say({ kind: 'done', id: this.asked.at(-1)?.id ?? 0, reading: NOT_FOUND });
  }
}

const picture = () => ({ width: 1, height: 1, data: new Uint8Array(1) });
let workers: FakeWorker[] = [];
const spawn = () => {
  const worker = new FakeWorker();
  workers.push(worker);
  return worker;
};
const settled = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  workers = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('reader', () => {
  it('starts one worker ahead and answers in turn', async () => {
    const reader = createReader({ spawn });
    reader.warm();
    const steps: string[] = [];
    const first = reader.read(picture(), { onStep: (step) => steps.push(step) });
    const second = reader.read(picture());
    await settled();
    expect(workers).toHaveLength(1);
    expect(workers[0]?.asked).toHaveLength(1);
    workers[0]?.say({ kind: 'step', id: workers[0].asked[0]?.id ?? 0, step: 'locate' });
    workers[0]?.answer();
    expect(await first).toEqual({ ok: true, reading: NOT_FOUND });
    expect(steps).toEqual(['locate']);
    await settled();
    workers[0]?.answer();
    expect(await second).toEqual({ ok: true, reading: NOT_FOUND });
    expect(workers).toHaveLength(1);
  });

  it('asks the worker to fetch a stored picture itself, and says why it could not', async () => {
    const reader = createReader({ spawn });
    const asked = reader.read({ imageId: 'one' });
    await settled();
    expect(workers[0]?.asked[0]?.source).toEqual({ imageId: 'one' });
    workers[0]?.say({ kind: 'unread', id: workers[0].asked[0]?.id ?? 0, code: 'image-unknown' });
    expect(await asked).toEqual({ ok: false, code: 'image-unknown' });
    // The worker reads on.
    const next = reader.read(picture());
    await settled();
    workers[0]?.answer();
    expect((await next).ok).toBe(true);
    expect(workers).toHaveLength(1);
  });

  it('settles at the time limit, replaces the worker and reads the next', async () => {
    const reader = createReader({ spawn, timeLimitMs: 5_000 });
    const hanging = reader.read(picture());
    const next = reader.read(picture());
    await vi.advanceTimersByTimeAsync(4_999);
    expect(workers[0]?.terminated).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await hanging).toEqual({ ok: false, code: 'reader-timeout' });
    expect(workers[0]?.terminated).toBe(true);
    await settled();
    workers[1]?.answer();
    expect(await next).toEqual({ ok: true, reading: NOT_FOUND });
  });

  it('gives the worker less time than itself, so that a late best answer still arrives', async () => {
    const reader = createReader({ spawn, timeLimitMs: 5_000 });
    void reader.read(picture());
    await settled();
    expect(workers[0]?.asked[0]?.deadlineMs).toBe(4_000);
  });

  it('cancels at once, also before the turn has come', async () => {
    const reader = createReader({ spawn });
    const [one, two] = [new AbortController(), new AbortController()];
    const running = reader.read(picture(), { signal: one.signal });
    const waiting = reader.read(picture(), { signal: two.signal });
    await settled();
    two.abort();
    one.abort();
    expect(await running).toEqual({ ok: false, code: 'reader-cancelled' });
    expect(await waiting).toEqual({ ok: false, code: 'reader-cancelled' });
    expect(workers[0]?.terminated).toBe(true);
    // A warm one stands ready again, and nothing was asked of it.
    expect(workers[1]?.asked).toEqual([]);
  });

  it('answers with a code when the worker breaks or dies, and does not start in vain for ever', async () => {
    const reader = createReader({ spawn });
    const broken = reader.read(picture());
    await settled();
    workers[0]?.say({ kind: 'broken' });
    expect(await broken).toEqual({ ok: false, code: 'reader-failed' });
    await settled();
    workers[1]?.onerror?.(new Event('error') as ErrorEvent);
    reader.warm();
    reader.warm();
    expect(workers).toHaveLength(2);
    // Asked again it tries all the same.
    const again = reader.read(picture());
    await settled();
    workers[2]?.answer();
    expect((await again).ok).toBe(true);
  });

  it('ignores what a replaced worker or an older request still says', async () => {
    const reader = createReader({ spawn });
    const asked = reader.read(picture());
    await settled();
    workers[0]?.say({ kind: 'done', id: 999, reading: NOT_FOUND });
    let done = false;
    void asked.then(() => {
      done = true;
    });
    await settled();
    expect(done).toBe(false);
    workers[0]?.answer();
    await asked;
  });

  it('renews the worker after its share of documents', async () => {
    const reader = createReader({ spawn, renewAfter: 2 });
    for (let document = 0; document < 5; document++) {
      const reading = reader.read(picture());
      await settled();
      workers.at(-1)?.answer();
      await reading;
      await settled();
    }
    expect(workers).toHaveLength(3);
    expect(workers.map((worker) => worker.terminated)).toEqual([true, true, false]);
  });
});
