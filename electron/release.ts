// Gives the memory of pictures back at once; V8 collects large arrays late in a thread that works little.

/**
 * How V8 is to manage the window's memory. Left alone it collects after eight seconds of rest; a counter where one
 * document follows the other has none, and some 100 MiB of rubbish lay there. So after one second; and what is young is
 * kept small. Another engine passes over what it does not know.
 */
export const ENGINE_FLAGS = '--max-semi-space-size=4 --gc-memory-reducer-start-delay-ms=1000';

/** Far above the blocks that Node shares among many small arrays. */
const LARGE_BYTES = 512 * 1024;

/** Empties the memory that an array lies in. It must be the caller's own: nobody, no thread either, uses it any more. */
export function release({ buffer }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && buffer.byteLength >= LARGE_BYTES) buffer.transfer(0);
}
