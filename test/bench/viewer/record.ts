// A station whose one record holds pictures of 24 megapixels, made by its own doors before any window opens.
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from '../../../electron/app.ts';
import { tileLevels } from '../../../shared/contract/images.ts';
import { NO_SHELL } from '../../electron/no-shell.ts';
import { CHEAP, OFFICER, setUpFolder } from '../../electron/set-up.ts';
import { drawBigPicture } from '../window/big-pictures.ts';

/** As a camera of today gives them; 24,060,672 pixels. */
export const SIZE = { width: 5664, height: 4248 } as const;

export interface TileTimes {
  /** From the first question until the first tile is there, with all of the picture decoded for it. */
  firstMs: number;
  /** Until every tile was given once. */
  wholeMs: number;
  tiles: number;
  megabytes: number;
}

/** Sets the folder up, records one examination with two pictures and takes the times of tiles as the door gives them. */
export async function recordPictures(folder: string, seed: number): Promise<TileTimes> {
  await setUpFolder(folder);
  const app = await createApp({
    dataFolder: folder,
    version: '0.0.0-bench',
    shell: NO_SHELL,
    kdf: CHEAP,
    report: (fault) => process.stderr.write(`${fault}\n`),
  });
  const ask = async <T>(channel: string, input: unknown): Promise<T> => {
    const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
    if (reply.ok !== true) throw new Error(`${channel}: ${reply.error.code}`);
    return reply.value;
  };
  try {
    await ask('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });
    const images: { id: string; light: string; source: string }[] = [];
    let lines: readonly string[] = [];
    for (const [number, light] of ['white', 'uv-a'].entries()) {
      const drawn = await drawBigPicture(folder, seed, number);
      const file = await sharp(drawn.path)
        .resize({ ...SIZE, fit: 'fill' })
        .jpeg({ quality: 92 })
        .toBuffer();
      const reply = JSON.parse(await app.putImage(new Uint8Array(file)));
      if (reply.ok !== true) throw new Error(reply.error.code);
      images.push({ id: reply.value.id, light, source: 'file' });
      if (number === 0) lines = drawn.lines;
    }
    const times = await tileTimes(app, images[0]?.id ?? '');
    const reading = {
      source: 'image',
      lines,
      rawLines: lines,
      corrections: [],
      lowConfidence: [],
      confidence: 0.98,
      outline: null,
      imageId: images[0]?.id,
    };
    await ask('examination.save', {
      id: uuidv7(),
      startedAt: new Date().toISOString(),
      documents: [{ id: uuidv7(), images, reading }],
      judgedOn: new Date().toISOString().slice(0, 10),
      decision: { id: uuidv7(), outcome: 'referred', reasons: ['at-second-line'], note: '' },
    });
    return times;
  } finally {
    await app.close();
  }
}

type App = Awaited<ReturnType<typeof createApp>>;

async function tileTimes(app: App, id: string): Promise<TileTimes> {
  const levels = tileLevels(SIZE);
  const begun = performance.now();
  await app.getImage(id, { level: levels.length - 1, x: 0, y: 0 });
  const firstMs = performance.now() - begun;
  let [tiles, bytes] = [0, 0];
  for (const [level, { width, height }] of levels.entries()) {
    for (let y = 0; y * 512 < height; y += 1) {
      for (let x = 0; x * 512 < width; x += 1) {
        const tile = await app.getImage(id, { level, x, y });
        if (!tile.ok) throw new Error(tile.code);
        tiles += 1;
        bytes += tile.bytes.byteLength;
      }
    }
  }
  const wholeMs = performance.now() - begun;
  return { firstMs, wholeMs, tiles, megabytes: bytes / 1024 / 1024 };
}
