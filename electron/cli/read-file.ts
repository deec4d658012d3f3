// Reads one picture file from end to end: decoded, located, recognised, parsed and judged. Never rejects.
import { fileURLToPath } from 'node:url';
import {
  type PlainFields,
  type PlainFinding,
  plainFields,
  plainFinding,
} from '../../shared/examination/check.ts';
import { judge } from '../../shared/examination/judge.ts';
import type { CheckDigitState } from '../../shared/mrz/check-digits-of.ts';
import type { Correction } from '../../shared/mrz/corrections.ts';
import type { CheckDigitId, FormatId } from '../../shared/mrz/formats.ts';
import {
  type PlainExplanation,
  plainExplanations,
  protectionRows,
} from '../../shared/mrz/detective/plain.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { readDocument } from '../../shared/vision/read.ts';
import type { DocumentReading, GreyImage, Quad, ReadZone } from '../../shared/vision/types.ts';
import { decodeImage, type ImageRefusal } from '../images/decode.ts';
import { isPdf } from '../images/pdf.ts';
import { judgingDay } from './commands/check.ts';
import { createRecogniser } from './ocr/recogniser.ts';
import { openFile } from './open-file.ts';
import { say } from './text.ts';

/** Milliseconds; `decodeMs` covers opening and decoding the file. */
export interface ReadRowTiming {
  totalMs: number;
  decodeMs: number;
  locateMs: number;
  recogniseMs: number;
}

export interface ReadRowError {
  code: ImageRefusal | 'image-unreadable' | 'pdf-in-window' | 'reader-failed';
  message: string;
}

/** One zone of a picture: what it says and what gives reason for doubt. */
export interface ReadZoneRow {
  format: FormatId;
  lines: string[];
  confidence: number;
  lowConfidence: { line: number; column: number }[];
  fields: PlainFields | null;
  checkDigits: Record<CheckDigitId, CheckDigitState> | null;
  corrections: Correction[];
  findings: PlainFinding[];
  /** What may be behind a failure, the best first; nothing was changed. */
  explanations: PlainExplanation[];
  /** For each row, how many check digits see each character: 0, 1 or 2. */
  protection: string[];
  /** The zone in pixels of the upright picture. */
  outline: Quad;
  /** Whether the picture shows the document mirrored; the lines are the right way round. */
  mirrored: boolean;
  rawLines: string[];
}

/** The answer to one file: what the command line prints as one JSON object. `others`: further zones, best first. */
export type ReadRow =
  | ({ file: string; status: 'read'; others: ReadZoneRow[]; timing: ReadRowTiming } & ReadZoneRow)
  | { file: string; status: 'not-found'; outOfTime: boolean; timing: ReadRowTiming }
  | { file: string; status: 'unreadable'; error: ReadRowError; timing: ReadRowTiming };

export interface ReadFileOptions {
  /** Longest time for one file, 20 s unless told. A zone that was nearly read by then is still given. */
  timeoutMs?: number | undefined;
  /** The day against which dates are judged, `YYYY-MM-DD`; this machine's own unless given. */
  today?: string;
  signal?: AbortSignal;
}

export interface FileReader {
  read: (file: string, options?: ReadFileOptions) => Promise<ReadRow>;
  /** One decoded picture, unjudged. Rejects with `RecogniserError` where the recogniser fails. */
  readGrey: (grey: GreyImage, options?: ReadFileOptions) => Promise<DocumentReading>;
  close: () => Promise<void>;
}

const MODEL_FOLDER = fileURLToPath(new URL('../../assets/ocr', import.meta.url));
const USUAL_MS = 20_000;

/** Tenths of a millisecond are enough. */
const round = (ms: number): number => Math.round(ms * 10) / 10;

function zoneRow(reading: ReadZone, today: string): ReadZoneRow {
  const { format, lines, confidence, lowConfidence, corrections, outline, rawLines } = reading;
  const parsed = parseMrz(lines, { today });
  const findings = judge(parsed, { today, corrections, lowConfidence });
  return {
    format,
    lines,
    confidence: Math.round(confidence * 1000) / 1000,
    lowConfidence,
    fields: parsed.ok ? plainFields(parsed.fields) : null,
    checkDigits: parsed.ok ? parsed.checkDigits : null,
    findings: findings.map((finding) => plainFinding(finding, say)),
    explanations: plainExplanations(parsed, { today, corrections, lowConfidence }, say),
    protection: protectionRows(parsed),
    corrections,
    outline,
    mirrored: reading.mirrored === true,
    rawLines,
  };
}

/** A reader that keeps its recogniser warm between files; `close` ends it. */
export function createReader(modelFolder = MODEL_FOLDER): FileReader {
  const recogniser = createRecogniser({ modelFolder });

  const readGrey = async (grey: GreyImage, options: ReadFileOptions = {}): Promise<DocumentReading> => {
    await recogniser.warm();
    return readDocument(grey, recogniser.recognise, {
      now: () => performance.now(),
      deadlineMs: options.timeoutMs ?? USUAL_MS,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  };

  const read = async (file: string, options: ReadFileOptions = {}): Promise<ReadRow> => {
    const started = performance.now();
    const timing = (decodeMs: number, locateMs = 0, recogniseMs = 0): ReadRowTiming => ({
      totalMs: round(performance.now() - started),
      decodeMs: round(decodeMs),
      locateMs: round(locateMs),
      recogniseMs: round(recogniseMs),
    });
    const unreadable = (code: ReadRowError['code'], decodeMs: number): ReadRow => ({
      file,
      status: 'unreadable',
      error: { code, message: say(`read.error.${code}`) },
      timing: timing(decodeMs),
    });

    const opened = await openFile(file);
    if (!opened.ok) return unreadable(opened.code, performance.now() - started);
    if (isPdf(opened.bytes)) return unreadable('pdf-in-window', performance.now() - started);
    const decoded = await decodeImage(opened.bytes);
    const decodeMs = performance.now() - started;
    if (!decoded.ok) return unreadable(decoded.code, decodeMs);
    let reading: DocumentReading;
    try {
      reading = await readGrey(decoded.grey, options);
    } catch {
      return unreadable('reader-failed', decodeMs);
    }
    const { locateMs, recogniseMs } = reading.timing;
    if (reading.status === 'not-found') {
      const { status, outOfTime } = reading;
      return { file, status, outOfTime, timing: timing(decodeMs, locateMs, recogniseMs) };
    }
    const today = options.today ?? judgingDay(undefined);
    return {
      file,
      status: 'read',
      ...zoneRow(reading, today),
      others: (reading.others ?? []).map((other) => zoneRow(other, today)),
      timing: timing(decodeMs, locateMs, recogniseMs),
    };
  };
  return { read, readGrey, close: recogniser.close };
}
