// The thread in which tesseract.js reads: its own worker script, with the core pinned and no network.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { parentPort } from 'node:worker_threads';

/** A question to tesseract.js' worker script, as its own library sends it. */
interface Packet {
  workerId: string;
  jobId: string;
  action: string;
  payload: unknown;
}

interface WorkerScript {
  dispatchHandlers: (packet: Packet, send: (answer: unknown) => void) => void;
  setAdapter: (adapter: Record<string, unknown>) => void;
}

const load = createRequire(import.meta.url);
const script = load('tesseract.js/src/worker-script') as WorkerScript;

script.setAdapter({
  // Left to itself tesseract.js picks the core by processor; the same file must give the same lines everywhere.
  getCore: async () => load('tesseract.js-core/tesseract-core-simd-lstm') as unknown,
  // Reads the model from its folder; the library calls every local file a cache.
  readCache: async (path: string) => new Uint8Array(await readFile(path)),
  writeCache: async () => undefined,
  deleteCache: async () => undefined,
  gunzip: () => {
    throw new Error('compressed models are not used');
  },
  fetch: () => {
    throw new Error('nothing is fetched');
  },
});

parentPort?.on('message', (packet: Packet) => {
  script.dispatchHandlers(packet, (answer) => parentPort?.postMessage(answer));
});
