// PDFs told by their bytes: with junk before the mark, cut short, and pictures that only speak of one.
import { expect, it } from 'vitest';
import { isPdf, isWholePdf } from '../../electron/images/pdf.ts';
import { isPdf as isPdfInWindow } from '../../renderer/lib/pdf/pdf.ts';

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 40]);
const TIFF = Buffer.from([0x49, 0x49, 0x2a, 0, 8, 0, 0, 0]);
const MARK = Buffer.from('%PDF-1.7\n');

it.each<[string, Buffer, boolean]>([
  ['its mark at the start', MARK, true],
  ['its mark a little after the start', Buffer.concat([Buffer.from('\r\n\r\nfrom a mail\n'), MARK]), true],
  ['its mark too late', Buffer.concat([Buffer.alloc(2000, 32), MARK]), false],
  ['a PNG that holds the mark', Buffer.concat([PNG, MARK]), false],
  ['a JPEG that holds the mark', Buffer.concat([JPEG, MARK]), false],
  ['a TIFF that holds the mark', Buffer.concat([TIFF, MARK]), false],
  ['text', Buffer.from('a letter about PDF-files'), false],
  ['nothing', Buffer.alloc(0), false],
])('%s', async (_what, bytes, expected) => {
  expect(isPdf(bytes)).toBe(expected);
  expect(await isPdfInWindow(new Blob([new Uint8Array(bytes)]))).toBe(expected);
});

it('one that was cut lacks the mark of its end', () => {
  const whole = Buffer.concat([MARK, Buffer.alloc(5000, 65), Buffer.from('startxref\n9\n%%EOF\n')]);
  expect(isWholePdf(whole)).toBe(true);
  expect(isWholePdf(whole.subarray(0, 4000))).toBe(false);
});
