// Plain HTTP to a loopback host as a test needs it: every header by hand, nothing added.
import { request } from 'node:http';

export interface Sent {
  method?: string;
  path?: string;
  headers?: Record<string, string | string[]>;
  body?: string | Uint8Array;
}

export interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** Sends one request to 127.0.0.1; rejects when the line is cut. */
export function send(origin: string, { method = 'GET', path = '/', headers = {}, body }: Sent): Promise<Got> {
  const { port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port, method, path, headers: { host, ...headers }, setHost: false },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) }),
        );
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}

/** Spends the key of an address as the opening page does; the session's cookie. */
export async function enter(address: string): Promise<string> {
  const { origin, hash } = new URL(address);
  const answer = await send(origin, {
    method: 'POST',
    path: '/open',
    headers: { origin },
    body: hash.slice(1),
  });
  const [line = ''] = [answer.headers['set-cookie'] ?? ''].flat();
  if (answer.status !== 204 || line === '') throw new Error(`the key was refused with ${answer.status}`);
  return line.split(';')[0] ?? '';
}
