// A frame's grey is the grey that the station's decoder makes of the same picture as a file.
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { decodeImage } from '../../electron/images/decode.ts';
import { greyFrame } from '../../renderer/lib/live/grey-frame.ts';

test('all colours come out as in the decoder, to one grey step', async () => {
  const [width, height] = [216, 216];
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  // Every sixth part of each colour, in all combinations, and what lies between.
  for (let pixel = 0; pixel < width * height; pixel++) {
    rgba.set([(pixel * 7) % 256, (pixel * 13) % 256, Math.floor(pixel / 183)], pixel * 4);
  }
  const png = await sharp(rgba, { raw: { width, height, channels: 4 } })
    .png()
    .toBuffer();
  const decoded = await decodeImage(png);
  if (!decoded.ok) throw new Error(decoded.code);
  const ours = greyFrame(width, height, rgba);
  expect([ours.width, ours.height]).toEqual([width, height]);
  const worst = ours.data.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - decoded.grey.data[i]!)),
    0,
  );
  expect(worst).toBeLessThanOrEqual(1);
});
