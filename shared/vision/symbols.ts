// Between our strips and tesseract.js: a strip as a picture file, its symbols as our characters.
import type { GreyImage, RecognisedCharacter } from './types.ts';

/** The strip as a binary PGM file, the plainest picture that the recogniser reads. */
export function encodePgm(strip: GreyImage): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${strip.width} ${strip.height}\n255\n`);
  const bytes = new Uint8Array(head.length + strip.data.length);
  bytes.set(head);
  bytes.set(strip.data, head.length);
  return bytes;
}

/** The part of tesseract.js' answer that is used here. */
export interface RecognisedSymbol {
  text: string;
  /** 0 to 100. */
  confidence: number;
  bbox: { x0: number; x1: number };
}

export interface RecognisedBlocks {
  blocks?:
    | {
        paragraphs: { lines: { words: { symbols: RecognisedSymbol[] }[] }[] }[];
      }[]
    | null;
}

/** A box wider than this many usual ones holds empty ground beside its character. */
const WIDE_BOX = 1.5;

/** The centres of the symbols in pixels. The first and the last box may reach over empty ground to the strip's end. */
function centresOf(symbols: readonly RecognisedSymbol[]): number[] {
  const widths = symbols.map(({ bbox }) => bbox.x1 - bbox.x0).sort((a, b) => a - b);
  const usual = widths[widths.length >> 1] ?? 0;
  return symbols.map(({ bbox: { x0, x1 } }, index) => {
    const wide = x1 - x0 > WIDE_BOX * usual;
    if (wide && index === 0) return x1 - usual / 2;
    if (wide && index === symbols.length - 1) return x0 + usual / 2;
    return (x0 + x1) / 2;
  });
}

/** The symbols of a page of one strip, in reading order, as characters of the machine-readable zone. */
export function charactersFrom(page: RecognisedBlocks, stripWidth: number): RecognisedCharacter[] {
  const symbols = (page.blocks ?? []).flatMap((block) =>
    block.paragraphs.flatMap((p) => p.lines.flatMap((line) => line.words.flatMap((word) => word.symbols))),
  );
  const centres = centresOf(symbols);
  return symbols.flatMap((symbol, index) =>
    [...symbol.text]
      .filter((char) => /[A-Z0-9<]/.test(char))
      .map((char) => ({
        char,
        confidence: Math.max(0, Math.min(1, symbol.confidence / 100)),
        x: centres[index]! / stripWidth,
      })),
  );
}
