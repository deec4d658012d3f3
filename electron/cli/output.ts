// Text out to a stream that may be slow or may close before we are done (`| head`).
import type { Writable } from 'node:stream';

const BATCH = 1 << 16;

/** Buffered text out. `closed` turns true when the reader went away; writing on is then harmless and pointless. */
export class Output {
  closed = false;
  #stream: Writable;
  #batch = '';
  #planned = false;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE' && error.code !== 'ERR_STREAM_DESTROYED') throw error;
      this.closed = true;
    });
  }

  /** Takes one line; waits where the reader is slower than we are, and goes out as soon as nothing else is to do. */
  async line(text: string): Promise<void> {
    this.#batch += `${text}\n`;
    if (this.#batch.length >= BATCH) return this.flush();
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      void this.flush();
    });
  }

  /** Hands everything taken so far to the stream and waits until the system has it. */
  async flush(): Promise<void> {
    const text = this.#batch;
    this.#batch = '';
    if (this.closed || text === '') return;
    await new Promise<void>((taken) => this.#stream.write(text, () => taken()));
  }
}
