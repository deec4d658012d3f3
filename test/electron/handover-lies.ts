// Files of a case as a station that is known could make them up, and stores that are cut off at a row.
import { createReadStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadIdentity } from '../../electron/db/hub-link.ts';
import type { HandedCase } from '../../shared/contract/handover-file.ts';
import { readBundle, writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame } from '../../shared/wire/bundle-frames.ts';
import { stick } from './carry-fixtures.ts';
import { databaseOf, newId, OFFICER, type TestApp } from './fixtures.ts';
import { SECOND, type TwoStations } from './handover-fixtures.ts';

/** The database of a station by hand. */
export const storeOf = ({ a }: TwoStations, app: TestApp) =>
  databaseOf(app.folder, app === a ? OFFICER : SECOND.officer);

async function identityAt(stations: TwoStations, app: TestApp) {
  const db = await storeOf(stations, app);
  const identity = loadIdentity(db);
  db.close();
  if (identity === null) throw new Error('no identity');
  return identity;
}

/** Which station has what id at the hub. */
const idOf = ({ a, toA, toB }: TwoStations, app: TestApp): string => (app === a ? toA : toB);

/** The frames of a file that is for a station, by its own key. */
export async function framesFor(
  stations: TwoStations,
  path: string,
  to = stations.b,
): Promise<Frame<ContentHead>[]> {
  const { hub } = stations;
  const { boxPrivate } = await identityAt(stations, to);
  const frames: Frame[] = [];
  const reader = {
    self: { kind: 'station', id: idOf(stations, to) } as const,
    boxPrivateKey: boxPrivate,
    signKeyOf: ({ id }: { id: string }) => hub.stations.find((each) => each.id === id)?.signKey ?? null,
    mostBytes: 1e8,
  };
  for await (const frame of readBundle(createReadStream(path), reader)) frames.push(frame);
  return frames.slice(1) as Frame<ContentHead>[];
}

/** These frames signed by a station that lies; the first one, where nothing else is said. */
export async function lied(
  stations: TwoStations,
  frames: Frame<ContentHead>[],
  from = stations.a,
): Promise<string> {
  const { hub, a, b } = stations;
  const { signPrivate } = await identityAt(stations, from);
  const to = idOf(stations, from === a ? b : a);
  const sender = {
    bundleId: newId(),
    at: '2026-11-23T02:00:00.000Z',
    from: { kind: 'station', id: idOf(stations, from) } as const,
    signPrivateKey: signPrivate,
    to: { kind: 'station', id: to } as const,
    toBoxKey: hub.stations.find(({ id }) => id === to)?.boxKey ?? '',
  };
  const pieces: Buffer[] = [];
  for await (const piece of writeBundle(frames, sender)) pieces.push(piece);
  const path = join(stick(), 'lied.ccb');
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

export const contentOf = (frames: Frame<ContentHead>[]): HandedCase =>
  JSON.parse(Buffer.from(frames[0]?.bytes ?? []).toString('utf8'));

/** With this content in the place of the one that was there; `headChange` of its first frame. */
export function withContent(
  [first, ...rest]: Frame<ContentHead>[],
  content: unknown,
  headChange: object = {},
): Frame<ContentHead>[] {
  const bytes = Buffer.from(JSON.stringify(content), 'utf8');
  const head = { ...first?.head, total: bytes.length, ...headChange } as ContentHead;
  return [{ head, bytes }, ...rest];
}

/** Has every transaction fail that writes a row here, as a cut at its end would; answers how to let it through. */
export async function cutAt(
  stations: TwoStations,
  app: TestApp,
  table: string,
): Promise<() => Promise<void>> {
  const at = async (sql: string): Promise<void> => {
    const db = await storeOf(stations, app);
    db.exec(sql);
    db.close();
  };
  await at(`CREATE TRIGGER cut BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'cut'); END`);
  return () => at('DROP TRIGGER cut');
}
