// Draws assets/icon/icon.png from icon.svg; run after the drawing has changed: `node scripts/make-icon.ts`.
import sharp from 'sharp';

const SIZE = 1024;
const DRAWN = 1024;
const DPI = 72;

await sharp('assets/icon/icon.svg', { density: (DPI * SIZE) / DRAWN })
  .resize(SIZE, SIZE)
  .png({ compressionLevel: 9, palette: true, colours: 64 })
  .toFile('assets/icon/icon.png');
