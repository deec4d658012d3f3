// The station's own thread: builds the app and answers messages, so that no query or picture freezes a window.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isMarkedAsUntransferable, parentPort, workerData } from 'node:worker_threads';
import { createApp } from './app.ts';
import { openDoor } from './command-door.ts';
import { release } from './release.ts';
import type { Shell } from './shell.ts';
import type { FromStation, ShellMethod, ToStation, WorkerStart } from './station-messages.ts';

const port = parentPort;
if (port === null) throw new Error('the station’s thread is started by station.ts');

const start = workerData as WorkerStart;
const send = (message: FromStation, handedOver: ArrayBuffer[] = []): void =>
  port.postMessage(message, handedOver);

const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (reason: Error) => void }>();
let calls = 0;

/** The shell lives in the other thread: each of its functions is a message and an answer. */
function ask<T>(method: ShellMethod, ...values: unknown[]): Promise<T> {
  calls += 1;
  const call = calls;
  return new Promise<T>((resolve, reject) => {
    waiting.set(call, { resolve: (value) => resolve(value as T), reject });
    send({ type: 'shell', call, method, values });
  });
}

const shell: Shell = {
  ...start.shell,
  wrapKey: (key) => ask('wrapKey', key),
  unwrapKey: (wrapped) => ask('unwrapKey', wrapped),
  print: () => ask('print'),
  printPdf: (page) => ask('printPdf', page),
  pickFile: () => ask('pickFile'),
  pickFolder: () => ask('pickFolder'),
  notify: (title, body) => ask('notify', title, body),
};

const opening = createApp({
  dataFolder: start.dataFolder,
  version: start.version,
  shell,
  report: (fault) => send({ type: 'report', fault }),
}).then((app) => {
  app.subscribe((event, body) => send({ type: 'event', event, body }));
  return app;
});
/** Only the station that holds the folder opens a door to it. */
const door = opening.then((app) => (app.failure === 'store-locked' ? null : openDoor(start.dataFolder, app)));

/** Grey pixels are given once: they change threads without a copy. Of anything else the station may keep the bytes. */
function ownBuffer({ buffer }: Uint8Array): ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && !isMarkedAsUntransferable(buffer) ? [buffer] : [];
}

async function receive(message: ToStation): Promise<void> {
  if (message.type === 'shell-answer') {
    const asked = waiting.get(message.call);
    waiting.delete(message.call);
    if (message.ok) asked?.resolve(message.value);
    else asked?.reject(new Error('the shell refused'));
    return;
  }
  // A call that comes while the store opens waits for it here.
  const app = await opening;
  const { call } = message;
  if (message.type === 'dispatch') {
    send({ type: 'answer', call, value: await app.dispatch(message.channel, message.body) });
  } else if (message.type === 'put-image') {
    const value = await app.putImage(message.bytes);
    release(message.bytes);
    send({ type: 'answer', call, value });
  } else if (message.type === 'get-image') {
    const value = await app.getImage(message.id, message.variant);
    send(
      { type: 'answer', call, value },
      message.variant === 'grey' && value.ok ? ownBuffer(value.bytes) : [],
    );
  } else {
    await (await door)?.close();
    await app.close();
    // Answers that became ready with the closing are still on their way to their senders: they go first.
    await nextTurn();
    send({ type: 'answer', call, value: null });
    port?.close();
  }
}

port.on('message', (message: ToStation) => void receive(message));
