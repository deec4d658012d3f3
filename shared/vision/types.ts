// The shapes that the reader takes and gives: grey pictures, recognised characters, a document's reading.
import type { Correction } from '../mrz/corrections.ts';
import type { FormatId } from '../mrz/formats.ts';

/** A grey picture: row-major, one byte a pixel, 0 black to 255 white. */
export interface GreyImage {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A point in pixels of the picture it is said of; (0, 0) is the outer corner of the first pixel. */
export interface Point {
  x: number;
  y: number;
}

/** Four corners in reading order: start of the upper edge, its end, end of the lower edge, its start. */
export type Quad = [Point, Point, Point, Point];

/** One character as the recogniser gave it. */
export interface RecognisedCharacter {
  char: string;
  /** 0 (no trust) to 1. */
  confidence: number;
  /** Centre of the character, 0 to 1 of the strip's width. */
  x: number;
  alternatives?: { char: string; confidence: number }[];
}

/** Reads one straightened row of text. The same strip must always give the same characters. */
export type Recognise = (strip: GreyImage) => Promise<RecognisedCharacter[]>;

export interface ReadOptions {
  /** A clock in milliseconds; used for the timing and the deadline only, never for a decision of reading. */
  now: () => number;
  /** Milliseconds after which the best reading so far is given, or `not-found`. */
  deadlineMs?: number;
  /** When aborted, `readDocument` rejects with the signal's reason. */
  signal?: AbortSignal;
  onProgress?: (step: ReadStep) => void;
}

/** What the reader is doing, as a code for a progress line. */
export type ReadStep = 'locate' | 'recognise' | 'confirm';

export interface ReadTiming {
  totalMs: number;
  locateMs: number;
  recogniseMs: number;
}

/** One place of the machine-readable zone. */
export interface ReadCharacter {
  char: string;
  confidence: number;
  /** As the recogniser gave it; empty where it gave nothing for this place. */
  raw: string;
  /** The place's cell in pixels of the input picture. */
  quad: Quad;
}

/** One machine-readable zone of a picture. */
export interface ReadZone {
  status: 'read';
  format: FormatId;
  lines: string[];
  characters: ReadCharacter[][];
  /** 0 to 1: the mean trust over all places. */
  confidence: number;
  lowConfidence: { line: number; column: number }[];
  corrections: Correction[];
  /** The zone in pixels of the input picture, in reading order. */
  outline: Quad;
  /** True when the picture shows the document mirrored, as front cameras and transparent pages do. */
  mirrored?: true;
  /** The rows as the recogniser gave them, before any window, alignment or choice. */
  rawLines: string[];
  /** Of the whole picture, the same for each of its zones. */
  timing: ReadTiming;
}

/**
 * What a picture gave: its best zone, and in `others` the further ones where it shows several (two documents, a visa
 * beside a passport), best first, none twice. `others` is absent where there is one zone only.
 */
export type DocumentReading =
  | (ReadZone & { others?: ReadZone[] })
  /** `outOfTime`: the deadline came before the search had ended. */
  | { status: 'not-found'; outOfTime: boolean; timing: ReadTiming };
