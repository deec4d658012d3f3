// The door for commands while the station runs: a local socket that only the owner of the data folder can find and open.
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { App, Command } from './app.ts';
import { MAX_BODY_CHARACTERS } from './dispatcher.ts';
import { writeDurablySync } from './files.ts';
import { readJson } from './json.ts';
import { replyText } from './shell.ts';

/** In the data folder: where the door is, and the word that opens it. */
const SIGN = 'station.door';
/** Longest path of a socket on every system that has them. */
const MAX_PATH = 100;
const TOKEN_BYTES = 32;
/** Who has not said the word by then is sent away. */
const GREETING_MS = 5_000;
const CLOSED = replyText({ ok: false, error: { code: 'not-ready' } });

const sign = z.object({ path: z.string().max(300), token: z.hex().length(TOKEN_BYTES * 2) });
const asked = z.object({ call: z.int(), channel: z.string().max(100), body: z.string() });
const answered = z.object({ call: z.int(), reply: z.string() });

/** Where the socket lies: in the data folder, or in a folder of its own where that path is too long for one. */
function placeFor(folder: string): { path: string; own: string | null } {
  const name = randomBytes(8).toString('hex');
  if (process.platform === 'win32') return { path: `\\\\.\\pipe\\countercheck-${name}`, own: null };
  const inside = join(folder, 'station.sock');
  if (Buffer.byteLength(inside) <= MAX_PATH) {
    rmSync(inside, { force: true });
    return { path: inside, own: null };
  }
  const own = mkdtempSync(join(tmpdir(), 'countercheck-'));
  return { path: join(own, 'station.sock'), own };
}

function linesOf(socket: Socket, take: (line: string) => void): void {
  // The reader of lines passes on what the socket already told of.
  createInterface({ input: socket })
    .on('line', take)
    .on('error', () => undefined);
}

/** One connection: the word first, then requests as lines, each answered by its number. */
function serve(socket: Socket, app: Pick<App, 'command'>, token: Buffer): void {
  let command: Command | null = null;
  let size = 0;
  const impatient = setTimeout(() => socket.destroy(), GREETING_MS);
  // A line that never ends must not fill the memory.
  socket.on('data', (bytes: Buffer) => {
    size = bytes.includes(10) ? bytes.length - bytes.lastIndexOf(10) : size + bytes.length;
    if (size > (command === null ? 1024 : 2 * MAX_BODY_CHARACTERS)) socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    clearTimeout(impatient);
    command?.end();
  });
  async function answer(line: string, own: Command): Promise<void> {
    const request = asked.safeParse(readJson(line));
    if (!request.success) {
      socket.destroy();
      return;
    }
    const { call, channel, body } = request.data;
    const reply = await own.dispatch(channel, body);
    if (!socket.destroyed) socket.write(`${JSON.stringify({ call, reply })}\n`);
  }
  linesOf(socket, (line) => {
    if (command !== null) {
      void answer(line, command);
      return;
    }
    clearTimeout(impatient);
    const said = Buffer.from(line, 'hex');
    if (said.length === token.length && timingSafeEqual(said, token)) command = app.command();
    else socket.destroy();
  });
}

export interface Door {
  close(): Promise<void>;
}

/**
 * Opens the door of a station that runs; null where the system gives no socket there: then a command waits until the
 * station has ended. Whoever comes in is nobody until they sign in.
 */
export async function openDoor(folder: string, app: Pick<App, 'command'>): Promise<Door | null> {
  const token = randomBytes(TOKEN_BYTES);
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serve(socket, app, token);
  });
  try {
    const { path, own } = placeFor(folder);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ path, readableAll: false, writableAll: false }, resolve);
    });
    server.on('error', () => undefined);
    const text = JSON.stringify({ path, token: token.toString('hex') });
    writeDurablySync(join(folder, SIGN), Buffer.from(text, 'utf8'));
    return {
      async close() {
        rmSync(join(folder, SIGN), { force: true });
        for (const socket of sockets) socket.destroy();
        await new Promise((resolve) => server.close(resolve));
        if (own !== null) rmSync(own, { recursive: true, force: true });
      },
    };
  } catch {
    server.close();
    return null;
  }
}

/** The station that runs on a folder, as a command asks it; null where none answers. */
export async function knock(folder: string): Promise<Command | null> {
  let found: z.infer<typeof sign>;
  try {
    found = sign.parse(readJson(readFileSync(join(folder, SIGN), 'utf8')));
  } catch {
    return null;
  }
  const socket = connect(found.path);
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('connect', resolve);
      socket.once('error', reject);
    });
  } catch {
    return null;
  }
  const waiting = new Map<number, (reply: string) => void>();
  let calls = 0;
  let gone = false;
  socket.on('error', () => undefined);
  socket.on('close', () => {
    gone = true;
    for (const resolve of waiting.values()) resolve(CLOSED);
    waiting.clear();
  });
  linesOf(socket, (line) => {
    const answer = answered.safeParse(readJson(line));
    if (!answer.success) return;
    waiting.get(answer.data.call)?.(answer.data.reply);
    waiting.delete(answer.data.call);
  });
  socket.write(`${found.token}\n`);
  return {
    dispatch(channel, body) {
      if (gone) return Promise.resolve(CLOSED);
      calls += 1;
      const call = calls;
      return new Promise((resolve) => {
        waiting.set(call, resolve);
        socket.write(`${JSON.stringify({ call, channel, body })}\n`);
      });
    },
    end: () => socket.destroy(),
  };
}
