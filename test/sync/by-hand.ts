// A file on a stick from a station to its hub and the answer back: lost, carried twice, brought back late or never.
import { loadHub, loadIdentity } from '../../electron/db/hub-link.ts';
import type { Db } from '../../electron/db/open.ts';
import { packOutbox, takeInBundle } from '../../electron/sync/carrier.ts';
import { importBundle } from '../../hub/bundles.ts';
import type { Random } from '../../shared/specimen/prng.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import { v7 as uuidv7 } from 'uuid';
import type { Ground } from './ground.ts';

const MOST_BYTES = 64 * 1024 * 1024;

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const piece of pieces) parts.push(piece);
  return Buffer.concat(parts);
}

async function* once(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** `store` is the station's as it stands at that moment: it may have been killed while the stick was away. */
export async function carryByHand(
  ground: Ground,
  store: () => Db,
  { random, now, pause }: { random: Random; now: () => Date; pause: () => Promise<void> },
): Promise<void> {
  const [hub, keys] = [loadHub(store()), loadIdentity(store())];
  if (hub === null || keys === null) throw new Error('a station without a hub');
  const self = { kind: 'station', id: hub.stationId } as const;
  const file = await whole(
    writeBundle(packOutbox(store(), hub, { kind: 'hub' }).frames, {
      bundleId: uuidv7(),
      at: now().toISOString(),
      from: self,
      signPrivateKey: keys.signPrivate,
      to: { kind: 'hub', id: hub.hubId },
      toBoxKey: hub.boxKey,
    }),
  );
  await pause();
  if (random.chance(0.2)) return;
  const { database, identity } = ground;
  const means = { database, identity, now: Date.now };
  let answer: Buffer = Buffer.alloc(0);
  const times = random.chance(0.3) ? 2 : 1;
  for (let time = 0; time < times; time += 1)
    answer = await whole((await importBundle(means, once(file), MOST_BYTES)).answer);
  await pause();
  if (random.chance(0.3)) return;
  const frames = readBundle(once(answer), {
    self,
    boxPrivateKey: keys.boxPrivate,
    signKeyOf: ({ kind, id }) => (kind === 'hub' && id === hub.hubId ? hub.signKey : null),
    mostBytes: MOST_BYTES,
  });
  await takeInBundle({ db: store(), now, hub }, frames, () => undefined);
}
