// Looks at every byte of every file below some folders for texts in four codings and for pictures in clear.
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Scan {
  files: number;
  bytes: number;
  /** File and what lies in it: the number of a marker and its coding, or the kind of a picture. Never the marker. */
  hits: string[];
}

interface Pattern {
  bytes: Buffer;
  what: string;
  /** Where the pattern is only the beginning: whether the rest is there too. */
  holds?: (file: Buffer, at: number) => boolean;
}

const STEP_BYTES = 8 * 1024 * 1024;
/** Longer than any pattern with what it looks at behind it. */
const OVERLAP_BYTES = 64 * 1024;

const swapped = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

/** Base64 of a text that begins one of three ways: what the neighbours cannot change. */
function base64Of(text: string, before: number): Buffer {
  const whole = Buffer.concat([Buffer.alloc(before), Buffer.from(text, 'utf8')]).toString('base64');
  const start = Math.ceil((before * 8) / 6);
  const end = Math.floor(((before + Buffer.byteLength(text)) * 8) / 6);
  return Buffer.from(whole.slice(start, end), 'latin1');
}

function patternsOf(marker: string, index: number): Pattern[] {
  const named = (coding: string, bytes: Buffer): Pattern => ({ bytes, what: `marker ${index} as ${coding}` });
  return [
    named('UTF-8', Buffer.from(marker, 'utf8')),
    named('UTF-16', Buffer.from(marker, 'utf16le')),
    named('UTF-16BE', swapped(marker)),
    ...[0, 1, 2].map((before) => named('base64', base64Of(marker, before))),
  ];
}

/** Markers that begin a segment of a JPEG before its picture: APPn, COM, tables, frames, scan. */
const SEGMENT = new Set(
  [0xfe, 0xdb, 0xc4, 0xdd, 0xda, 0xc0, 0xc1, 0xc2].concat(Array.from({ length: 16 }, (_, n) => 0xe0 + n)),
);

/** Three segments one after the other: three bytes alone stand in cipher text by chance. */
function isJpeg(file: Buffer, start: number): boolean {
  let at = start + 2;
  for (let segment = 0; segment < 3; segment += 1) {
    if (at + 4 > file.length || file[at] !== 0xff || !SEGMENT.has(file[at + 1] ?? 0)) return false;
    const length = file.readUInt16BE(at + 2);
    if (length < 2) return false;
    at += 2 + length;
  }
  return true;
}

const ICON_SIDE = 64;

/** The size in its header (PNG §11.2.1): browsers keep the icon of the program's own window, and no picture is so small. */
function isIcon(file: Buffer, at: number): boolean {
  if (at + 24 > file.length) return false;
  return file.readUInt32BE(at + 16) <= ICON_SIDE && file.readUInt32BE(at + 20) <= ICON_SIDE;
}

const PICTURES: Pattern[] = [
  { bytes: Buffer.from([0xff, 0xd8, 0xff]), what: 'a JPEG', holds: isJpeg },
  {
    bytes: Buffer.from('89504e470d0a1a0a', 'hex'),
    what: 'a PNG',
    holds: (file, at) => !isIcon(file, at),
  },
  {
    bytes: Buffer.from('RIFF', 'latin1'),
    what: 'a WebP',
    holds: (file, at) => file.toString('latin1', at + 8, at + 12) === 'WEBP',
  },
];

/** Patterns by their first two bytes, so that most places cost one look. */
function indexOf(patterns: readonly Pattern[]): (Pattern[] | undefined)[] {
  const index: (Pattern[] | undefined)[] = Array.from({ length: 65536 });
  for (const pattern of patterns) {
    const first = pattern.bytes.readUInt16BE(0);
    (index[first] ??= []).push(pattern);
  }
  return index;
}

type Index = ReturnType<typeof indexOf>;

function fits({ bytes, holds }: Pattern, file: Buffer, at: number): boolean {
  if (file.compare(bytes, 0, bytes.length, at, Math.min(file.length, at + bytes.length)) !== 0) return false;
  return holds === undefined || holds(file, at);
}

function scanBytes(bytes: Buffer, index: Index, found: Set<string>): void {
  for (let at = 0; at + 1 < bytes.length; at += 1) {
    const candidates = index[((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)];
    if (candidates === undefined) continue;
    for (const pattern of candidates) if (fits(pattern, bytes, at)) found.add(pattern.what);
  }
}

function scanFile(path: string, index: Index): Set<string> {
  const found = new Set<string>();
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(STEP_BYTES + OVERLAP_BYTES);
    for (let at = 0; ; at += STEP_BYTES) {
      const length = readSync(file, buffer, 0, buffer.length, at);
      if (length > 0) scanBytes(buffer.subarray(0, length), index, found);
      if (length < buffer.length) return found;
    }
  } finally {
    closeSync(file);
  }
}

/** Every file below the folders. One that goes away meanwhile is passed over; the names are looked at, too. */
export function scanFolders(folders: readonly string[], markers: readonly string[]): Scan {
  const index = indexOf([...PICTURES, ...markers.flatMap(patternsOf)]);
  const scan: Scan = { files: 0, bytes: 0, hits: [] };
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
      const path = join(folder, name);
      const inName = new Set<string>();
      scanBytes(Buffer.from(name, 'utf8'), index, inName);
      scan.hits.push(...[...inName].map((what) => `name of a file: ${what}`));
      const facts = statSync(path, { throwIfNoEntry: false });
      if (facts?.isFile() !== true) continue;
      scan.files += 1;
      scan.bytes += facts.size;
      try {
        scan.hits.push(...[...scanFile(path, index)].map((what) => `${name}: ${what}`));
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      }
    }
  }
  return scan;
}
