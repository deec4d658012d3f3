// Lines of a text stream of any size, one at a time, with a cap on the length of a line.
import { StringDecoder } from 'node:string_decoder';

/** A line longer than this is not kept: no MRZ needs it, and memory must not follow the input. */
export const MAX_LINE = 1 << 20;

export type Line = { text: string; tooLong: false } | { text: ''; tooLong: true };

/** Splits at LF or CRLF; a byte order mark at the start and the missing end of the last line do no harm. */
export async function* linesOf(stream: AsyncIterable<Uint8Array | string>): AsyncGenerator<Line> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  let tooLong = false;
  let first = true;
  const finish = (text: string): Line => {
    if (tooLong) {
      tooLong = false;
      return { text: '', tooLong: true };
    }
    return { text: text.endsWith('\r') ? text.slice(0, -1) : text, tooLong: false };
  };
  for await (const chunk of stream) {
    let text =
      typeof chunk === 'string'
        ? chunk
        : decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length));
    if (first && text !== '') {
      first = false;
      text = text.replace(/^\uFEFF/, '');
    }
    const parts = text.split('\n');
    for (const [i, part] of parts.entries()) {
      rest = tooLong ? '' : rest + part;
      if (rest.length > MAX_LINE) {
        tooLong = true;
        rest = '';
      }
      if (i < parts.length - 1) {
        yield finish(rest);
        rest = '';
      }
    }
  }
  rest += decoder.end();
  if (rest !== '' || tooLong) yield finish(rest);
}
