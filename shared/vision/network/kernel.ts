// The arithmetic of the network as a small WebAssembly module: integer products, four floats at a time.
import {
  ADD,
  advance,
  call,
  COPY,
  type Code,
  countDown,
  DIVIDE,
  DOT,
  FILL,
  FLOAT_ADD,
  float,
  get,
  INT_ADD,
  INT_MAX,
  INT_ZERO,
  int,
  load,
  loadSplat,
  MAX,
  MIN,
  MULTIPLY,
  NARROW,
  NEAREST,
  set,
  store,
  storeLow,
  TO_FLOAT,
  TO_INT,
  tee,
  writeModule,
  type WasmFunction,
} from './wasm-writer.ts';

/** Outputs that are summed side by side, a quarter of them in each vector. */
export const GROUP = 32;
const VECTORS = GROUP / 4;
/** Weights of each map of the first layer with its bias, the side of a cell of its pool, and the pixels in it. */
export const TAPS = 10;
export const POOL = 3;
export const CELL = POOL * POOL;
/** An input of 1; also the input of the bias. */
export const ONE = 127;

export interface Kernel {
  memory: WebAssembly.Memory;
  /** Of every cell the greatest of its pixels' sums as tanh, map by map; 16-bit in, 16-bit out. */
  convolve: (source: number, target: number, cells: number, weights: number, scales: number) => void;
  /** `groups` of 32 sums of `pairs` pairs of inputs each, times their scales. */
  sums: (
    source: number,
    weights: number,
    scales: number,
    pairs: number,
    groups: number,
    target: number,
  ) => void;
  /** `steps` steps of one LSTM from a fresh state. Sizes in bytes; `target` moves on by `targetStep` a step. */
  lstm: (
    source: number,
    sourceStep: number,
    steps: number,
    inputBytes: number,
    weights: number,
    scales: number,
    pairs: number,
    groups: number,
    stateBytes: number,
    line: number,
    gates: number,
    state: number,
    target: number,
    targetStep: number,
  ) => void;
}

/** Beyond this tanh is 1 to the last bit that counts. */
const FLAT = 7.9;
/** A rational approximation of tanh, exact to about 1e-7 (odd terms above, even terms below). */
const ABOVE = [
  4.89352455891786e-3, 6.37261928875436e-4, 1.48572235717979e-5, 5.12229709037114e-8, -8.60467152213735e-11,
  2.00018790482477e-13, -2.76076847742355e-16,
];
const BELOW = [4.89352518554385e-3, 2.268434632439e-3, 1.18534705686654e-4, 1.19825839466702e-6];

function polynomial(terms: readonly number[], square: number): Code {
  const [first = 0, ...rest] = terms;
  return rest.length === 0
    ? float(first)
    : [polynomial(rest, square), get(square), MULTIPLY, float(first), FLOAT_ADD];
}

/** Replaces the vector on top by its tanh; `x` and `square` are free locals. */
function tanh(x: number, square: number): Code {
  return [
    [float(-FLAT), MAX, float(FLAT), MIN, tee(x), get(x), MULTIPLY, set(square)],
    [get(x), polynomial(ABOVE, square), MULTIPLY, polynomial(BELOW, square), DIVIDE],
  ];
}

/** 1 / (1 + e^-x) by the same approximation. */
function logistic(x: number, square: number): Code {
  return [float(0.5), MULTIPLY, tanh(x, square), float(0.5), MULTIPLY, float(0.5), FLOAT_ADD];
}

/** A value of -1 to 1 as -127 to 127. */
const toSteps: Code = [float(ONE), MULTIPLY, NEAREST, TO_INT];

const times = (count: number, code: (index: number) => Code): Code =>
  Array.from({ length: count }, (_, index) => code(index));

function convolve(maps: number): WasmFunction {
  const [source, target, cells, weights, scales, pixel] = [0, 1, 2, 3, 4, 5];
  const four = maps / 4;
  const sum = (i: number): number => 6 + i;
  const most = (i: number): number => 6 + four + i;
  const [input, x, square] = [6 + 2 * four, 7 + 2 * four, 8 + 2 * four];
  const product = (pair: number): Code => [
    [get(source), loadSplat(4 * pair), set(input)],
    times(four, (i) => [
      [get(weights), load(16 * (four * pair + i)), get(input), DOT],
      pair === 0 ? set(sum(i)) : [get(sum(i)), INT_ADD, set(sum(i))],
    ]),
  ];
  const least = float(-0);
  const value = (i: number): Code => [
    [get(most(i)), TO_FLOAT, get(scales), load(16 * i), MULTIPLY, tanh(x, square), toSteps],
  ];
  const body: Code = countDown(cells, [
    times(four, (i) => [least, set(most(i))]),
    [int(CELL), set(pixel)],
    countDown(pixel, [
      times(TAPS / 2, product),
      times(four, (i) => [get(most(i)), get(sum(i)), INT_MAX, set(most(i))]),
      advance(source, int(2 * TAPS)),
    ]),
    times(four / 2, (i) => [get(target), value(2 * i), value(2 * i + 1), NARROW, store(16 * i)]),
    advance(target, int(2 * maps)),
  ]);
  return { name: 'convolve', parameters: 5, numbers: 1, vectors: 2 * four + 3, body };
}

function sums(): WasmFunction {
  const [source, weights, scales, pairs, groups, target, left, from] = [0, 1, 2, 3, 4, 5, 6, 7];
  const sum = (i: number): number => 8 + i;
  const input = 8 + VECTORS;
  const body: Code = countDown(groups, [
    times(VECTORS, (i) => [INT_ZERO, set(sum(i))]),
    [get(source), set(from), get(pairs), set(left)],
    countDown(left, [
      [get(from), loadSplat(), set(input)],
      times(VECTORS, (i) => [
        [get(weights), load(16 * i), get(input), DOT, get(sum(i)), INT_ADD, set(sum(i))],
      ]),
      advance(weights, int(16 * VECTORS)),
      advance(from, int(4)),
    ]),
    times(VECTORS, (i) => [
      [get(target), get(sum(i)), TO_FLOAT, get(scales), load(16 * i), MULTIPLY, store(16 * i)],
    ]),
    advance(scales, int(4 * GROUP)),
    advance(target, int(4 * GROUP)),
  ]);
  return { name: 'sums', parameters: 6, numbers: 2, vectors: VECTORS + 1, body };
}

/** States beyond this are cut off, as in training. */
const LARGEST_STATE = 100;

function lstm(): WasmFunction {
  const [source, sourceStep, steps, inputBytes, weights, scales, pairs] = [0, 1, 2, 3, 4, 5, 6];
  const [groups, stateBytes, line, gates, state, target, targetStep] = [7, 8, 9, 10, 11, 12, 13];
  const [left, gate, cell, own, out] = [14, 15, 16, 17, 18];
  const [value, x, square] = [19, 20, 21];
  const gateAt = (index: number): Code => [get(gate), times(index, () => [get(stateBytes), ADD]), load()];
  const body: Code = [
    [get(state), int(0), get(stateBytes), FILL],
    // The output is half as long as the state: 16 bits against 32. Clearing more would reach the bias behind it.
    [get(line), get(inputBytes), ADD, int(0), get(stateBytes), int(1), 0x76, FILL],
    countDown(steps, [
      [get(line), get(source), get(inputBytes), COPY],
      [get(line), get(weights), get(scales), get(pairs), get(groups), get(gates), call(1)],
      [get(gates), set(gate), get(state), set(cell)],
      [get(line), get(inputBytes), ADD, set(own), get(target), set(out)],
      [get(stateBytes), int(4), 0x76, set(left)],
      countDown(left, [
        [get(cell)],
        [get(cell), load(), gateAt(2), logistic(x, square), MULTIPLY],
        [gateAt(0), tanh(x, square), gateAt(1), logistic(x, square), MULTIPLY, FLOAT_ADD],
        [float(-LARGEST_STATE), MAX, float(LARGEST_STATE), MIN, tee(value), store()],
        [get(value), tanh(x, square), gateAt(3), logistic(x, square), MULTIPLY, toSteps, tee(value)],
        [get(value), NARROW, set(value)],
        [get(own), get(value), storeLow(), get(out), get(value), storeLow()],
        [advance(gate, int(16)), advance(cell, int(16)), advance(own, int(8)), advance(out, int(8))],
      ]),
      advance(source, get(sourceStep)),
      advance(target, get(targetStep)),
    ]),
  ];
  return { name: 'lstm', parameters: 14, numbers: 5, vectors: 3, body };
}

/** The module's bytes for a first layer of so many maps (a multiple of 8); the same every time. */
export function kernelModule(maps: number): Uint8Array<ArrayBuffer> {
  return writeModule([convolve(maps), sums(), lstm()], 1);
}
