// Writes a WebAssembly module byte by byte: just the instructions and sections that our kernel needs.

/** Instructions as bytes; nested lists are laid end to end. */
export type Code = readonly (number | Code)[];

function flat(code: Code): number[] {
  return code.flatMap((part) => (typeof part === 'number' ? [part] : flat(part)));
}

function unsigned(value: number): number[] {
  const low = value & 0x7f;
  return value > 0x7f ? [low | 0x80, ...unsigned(value >>> 7)] : [low];
}

function signed(value: number): number[] {
  const low = value & 0x7f;
  const rest = value >> 7;
  const done = (rest === 0 && low < 0x40) || (rest === -1 && low >= 0x40);
  return done ? [low] : [low | 0x80, ...signed(rest)];
}

export const I32 = 0x7f;
export const V128 = 0x7b;
const NO_RESULT = 0x40;

const vector = (operation: number): Code => [0xfd, ...unsigned(operation)];
/** An access to memory: alignment as a power of two, then the offset in bytes. */
const at = (align: number, offset: number): Code => [align, ...unsigned(offset)];

export const get = (local: number): Code => [0x20, ...unsigned(local)];
export const set = (local: number): Code => [0x21, ...unsigned(local)];
export const tee = (local: number): Code => [0x22, ...unsigned(local)];
export const int = (value: number): Code => [0x41, ...signed(value)];
export const call = (index: number): Code => [0x10, ...unsigned(index)];
export const ADD = 0x6a;

export const load = (offset = 0): Code => [vector(0x00), at(4, offset)];
/** Four bytes, repeated in all four lanes. */
export const loadSplat = (offset = 0): Code => [vector(0x09), at(2, offset)];
export const store = (offset = 0): Code => [vector(0x0b), at(4, offset)];
/** The lower eight bytes. */
export const storeLow = (offset = 0): Code => [vector(0x5b), at(3, offset), 0];
export const COPY: Code = [0xfc, 10, 0, 0];
export const FILL: Code = [0xfc, 11, 0];

export const NARROW = vector(0x85);
export const INT_ADD = vector(0xae);
export const INT_MAX = vector(0xb8);
/** Products of eight pairs of 16-bit numbers, neighbours added. */
export const DOT = vector(0xba);
export const NEAREST = vector(0x6a);
export const FLOAT_ADD = vector(0xe4);
export const MULTIPLY = vector(0xe6);
export const DIVIDE = vector(0xe7);
export const MIN = vector(0xe8);
export const MAX = vector(0xe9);
export const TO_INT = vector(0xf8);
export const TO_FLOAT = vector(0xfa);

/** The number in all four lanes. */
export function float(value: number): Code {
  const bytes = new Uint8Array(Float32Array.of(value, value, value, value).buffer);
  return [vector(0x0c), ...bytes];
}

export const INT_ZERO: Code = [vector(0x0c), ...new Array<number>(16).fill(0)];

/** Repeats the body and counts `counter` down to 0; the body runs at least once. */
export function countDown(counter: number, body: Code): Code {
  return [0x03, NO_RESULT, body, get(counter), int(-1), ADD, tee(counter), 0x0d, 0, 0x0b];
}

/** Moves a pointer on by a number of bytes. */
export const advance = (pointer: number, bytes: Code): Code => [get(pointer), bytes, ADD, set(pointer)];

/** A function without a result: `parameters` numbers, then its locals, numbers before vectors. */
export interface WasmFunction {
  name: string;
  parameters: number;
  numbers: number;
  vectors: number;
  body: Code;
}

function section(id: number, content: Code): Code {
  const bytes = flat(content);
  return [id, ...unsigned(bytes.length), bytes];
}

const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items];
const name = (text: string): Code => list([...text].map((char) => [char.charCodeAt(0)]));

/** The module with these functions, all exported, and one exported memory of `pages` pages of 64 KiB at first. */
export function writeModule(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const types = functions.map((f) => [0x60, list(Array.from({ length: f.parameters }, () => [I32])), 0]);
  const bodies = functions.map((f) => {
    const locals = [
      [...unsigned(f.numbers), I32],
      [...unsigned(f.vectors), V128],
    ];
    const bytes = flat([list(locals), f.body, 0x0b]);
    return [...unsigned(bytes.length), bytes];
  });
  const exported = functions.map((f, index) => [name(f.name), 0, ...unsigned(index)]);
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, list(types)),
      section(3, list(functions.map((_, index) => unsigned(index)))),
      section(5, list([[0, ...unsigned(pages)]])),
      section(7, list([...exported, [name('memory'), 2, 0]])),
      section(10, list(bodies)),
    ]),
  );
}
