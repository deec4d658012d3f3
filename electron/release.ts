// Gives the memory of pictures back at once; V8 collects large arrays late in a thread that works little.

/** Far above the blocks that Node shares among many small arrays. */
const LARGE_BYTES = 512 * 1024;

/** Empties the memory that an array lies in. It must be the caller's own: nobody, no thread either, uses it any more. */
export function release({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LARGE_BYTES) buffer.transfer(0);
}
