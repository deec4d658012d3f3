// Bytes that come in pieces of any length, taken in the lengths that are asked for.

export interface ByteSource {
  /** The next `length` bytes, or all that are left where there are fewer. */
  take(length: number): Promise<Buffer>;
  /** Bytes up to and without the next line feed, which is passed over; null where there is none within `most`. */
  line(most: number): Promise<string | null>;
  /** Whether nothing is left. */
  atEnd(): Promise<boolean>;
  /** Lets go of where the pieces come from. */
  close(): Promise<void>;
}

/** Reads from pieces. Throws what `tooLong` makes as soon as more than `most` bytes have come. */
export function byteSource(
  pieces: AsyncIterable<Uint8Array>,
  most: number,
  tooLong: () => Error,
): ByteSource {
  const iterator = pieces[Symbol.asyncIterator]();
  let waiting: Buffer[] = [];
  let held = 0;
  let come = 0;
  let ended = false;

  const fill = async (length: number): Promise<void> => {
    while (held < length && !ended) {
      const next = await iterator.next();
      if (next.done === true) {
        ended = true;
        return;
      }
      come += next.value.length;
      if (come > most) throw tooLong();
      if (next.value.length === 0) continue;
      waiting.push(Buffer.from(next.value));
      held += next.value.length;
    }
  };
  const drop = (length: number): Buffer => {
    const all = waiting.length === 1 ? (waiting[0] ?? Buffer.alloc(0)) : Buffer.concat(waiting);
    const taken = all.subarray(0, length);
    const rest = all.subarray(taken.length);
    waiting = rest.length === 0 ? [] : [rest];
    held = rest.length;
    return taken;
  };

  return {
    async take(length) {
      await fill(length);
      return drop(length);
    },
    async line(longest) {
      await fill(longest + 1);
      const seen = Buffer.concat(waiting);
      const end = seen.subarray(0, longest + 1).indexOf(0x0a);
      if (end < 0) return null;
      return drop(end + 1).toString('latin1', 0, end);
    },
    async atEnd() {
      await fill(1);
      return held === 0;
    },
    async close() {
      await iterator.return?.();
    },
  };
}
