// A network on which everything goes wrong that does: requests that never arrive, answers that never come back, portals.
import type { Transport } from '../../electron/sync/hub-client.ts';
import type { Random } from '../../shared/specimen/prng.ts';

/** What carries a request to a hub when nothing goes wrong. */
export type Carrier = (
  method: string,
  target: string,
  headers: Record<string, string>,
  body: Buffer | null,
) => Promise<Response>;

export const MISHAPS = [
  'cut-before',
  'commit-and-cut',
  'portal',
  'redirect',
  'late',
  'twice',
  'garbled',
  'proxy-500',
  'proxy-502',
  'busy',
] as const;
export type Mishap = (typeof MISHAPS)[number];

export interface BadNetwork {
  transport: Transport;
  /** From now on nothing goes wrong any more. */
  calm(): void;
  /** How often what happened. */
  happened: Record<Mishap | 'well', number>;
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const page = (status: number, headers: Record<string, string> = {}): Response =>
  new Response('<html><body>Welcome. Please sign in to this network.</body></html>', {
    status,
    headers: { 'content-type': 'text/html', ...headers },
  });

/** `rate` of the requests meet something; a late answer takes between `lateMs` and twice that. */
export function badNetwork(
  carrier: Carrier,
  { random, rate, lateMs }: { random: Random; rate: number; lateMs: number },
): BadNetwork {
  let isCalm = false;
  const happened = Object.fromEntries(
    ['well', ...MISHAPS].map((name) => [name, 0]),
  ) as BadNetwork['happened'];

  function next(): Mishap | 'well' {
    if (isCalm || !random.chance(rate)) return 'well';
    // A late answer holds a history up: it is met more seldom.
    const mishap = MISHAPS[random.int(0, MISHAPS.length - 1)] ?? 'cut-before';
    return mishap === 'late' && random.chance(0.7) ? 'cut-before' : mishap;
  }

  async function meet(mishap: Mishap, carry: () => Promise<Response>): Promise<Response> {
    switch (mishap) {
      case 'cut-before':
        throw new TypeError('fetch failed');
      case 'commit-and-cut':
        await carry();
        throw new TypeError('terminated');
      case 'portal':
        return page(200);
      case 'redirect':
        return page(302, { location: 'http://login.example/' });
      case 'late':
        await pause(random.range(lateMs, 2 * lateMs));
        return carry();
      case 'twice': {
        // A proxy that tries again by itself: the hub sees the same nonce twice, in whatever order.
        const [first, second] = await Promise.all([carry(), carry()]);
        return random.chance(0.5) ? first : second;
      }
      case 'garbled': {
        const answer = await carry();
        const text = await answer.text();
        return new Response(text.slice(0, Math.floor(text.length / 2)), { status: answer.status });
      }
      case 'proxy-500':
        await carry();
        return page(500);
      case 'proxy-502':
        return page(502);
      case 'busy':
        return page(503, { 'retry-after': '0' });
    }
  }

  return {
    happened,
    calm() {
      isCalm = true;
    },
    async transport(url, init) {
      const { pathname, search } = new URL(url);
      const headers = Object.fromEntries(new Headers(init.headers).entries());
      const body =
        init.body === undefined || init.body === null ? null : Buffer.from(init.body as Uint8Array);
      const carry = (): Promise<Response> => carrier(init.method ?? 'GET', pathname + search, headers, body);
      const mishap = next();
      happened[mishap] += 1;
      const answer = mishap === 'well' ? carry() : meet(mishap, carry);
      // Whoever gave up hears nothing more, though the hub may still do what it was asked.
      return new Promise((resolve, reject) => {
        init.signal?.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
        answer.then(resolve, reject);
      });
    },
  };
}
