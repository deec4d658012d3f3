// Tells a PDF by its bytes. The station draws none: the window does, in a worker of its own.

import { sniffFormat } from './decode.ts';

/** A PDF has its mark at the start or a little after it; a picture that holds the mark in its notes is a picture. */
export function isPdf(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1024));
  return head.includes('%PDF-') && sniffFormat(bytes) === null;
}

/** A PDF that was written to its end says so there. */
export function isWholePdf(bytes: Uint8Array): boolean {
  const tail = bytes.subarray(Math.max(0, bytes.byteLength - 2048));
  return Buffer.from(tail.buffer, tail.byteOffset, tail.byteLength).includes('%%EOF');
}
