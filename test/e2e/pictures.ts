// Pictures for the tests: specimens as files and as a camera, and files that are no pictures or broken ones.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { drawSpecimen } from '../../shared/specimen/document.ts';
import type { FaultId } from '../../shared/specimen/faults.ts';
import { photographCutout } from '../../shared/specimen/photograph.ts';
import type { RgbImage } from '../../shared/specimen/raster.ts';
import { drawSpecimenById } from '../../shared/specimen/set.ts';
import { surroundOf } from '../../shared/specimen/surround.ts';

/** The day of the specimens: the same pixels in every run. */
const DAY = '2026-11-01';

export interface SpecimenFile {
  lines: string[];
  jpeg: Buffer;
}

function jpegOf(image: RgbImage): Promise<Buffer> {
  const { width, height, data } = image;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}

/** One of the set as a JPEG file, with the lines printed on it. */
export async function specimenFile(id: string): Promise<SpecimenFile> {
  const { specimen, photo } = drawSpecimenById(id, DAY);
  return { lines: [...specimen.lines], jpeg: await jpegOf(photo) };
}

/** A passport before a camera of 1280x720: a motion JPEG of a few frames that Chromium plays in a circle. */
export async function cameraFile(folder: string, fault: FaultId): Promise<SpecimenFile & { path: string }> {
  const seed = 29;
  const specimen = drawSpecimen({ seed, kind: 'passport', today: DAY, fault });
  const { image } = photographCutout(surroundOf(specimen, seed), {
    seed,
    width: 1280,
    height: 720,
    ground: 'mat',
    tiltDegrees: 3,
    skewDegrees: 1,
    fill: 0.96,
  });
  const jpeg = await jpegOf(image);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'camera.mjpeg');
  writeFileSync(path, Buffer.concat([jpeg, jpeg, jpeg]));
  return { lines: [...specimen.lines], jpeg, path };
}

/** A PNG of 30,000 x 30,000 whose header is right and whose pixels never come. */
function hugePng(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(30_000, 0);
  header.writeUInt32BE(30_000, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', Buffer.alloc(64)), chunk('IEND')]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** Files that somebody may drop on the window, and the code of what the officer is told. */
export function brokenFiles(good: Buffer): { name: string; bytes: Buffer; code: string }[] {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
  return [
    { name: 'empty.jpg', bytes: Buffer.alloc(0), code: 'image-empty' },
    { name: 'cut.jpg', bytes: good.subarray(0, Math.floor(good.length * 0.6)), code: 'image-damaged' },
    {
      name: 'text.jpg',
      bytes: Buffer.from('this is a letter and no picture\n'),
      code: 'image-not-supported',
    },
    { name: 'drawing.svg', bytes: Buffer.from(svg), code: 'image-not-supported' },
    { name: 'huge.png', bytes: hugePng(), code: 'image-too-large' },
  ];
}
