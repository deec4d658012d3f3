// Reads tesseract's model file: its container, and the network of integer weights that is in it.

/** Weights of one layer or gate: `outputs` rows of `inputs` weights and a bias, each row with its scale. */
export interface Weights {
  outputs: number;
  /** Inputs of each output, without the bias. */
  inputs: number;
  /** `outputs` rows of `inputs + 1` bytes, the bias last. */
  values: Int8Array;
  /** What one step of the integer sum is worth, per output. */
  scales: Float64Array;
}

export type Layer =
  | { kind: 'input'; height: number }
  | { kind: 'convolve'; halfX: number; halfY: number }
  | { kind: 'maxpool'; across: number; down: number }
  | { kind: 'dense'; name: 'Tanh' | 'Softmax'; weights: Weights }
  /** `gates`: cell input, input gate, forget gate, output gate. `summary`: only the last step is given on. */
  | { kind: 'lstm'; way: 'forward' | 'backward' | 'down'; summary: boolean; gates: Weights[] };

export interface Model {
  layers: Layer[];
  /** Seed of the noise that stands for what lies outside the picture. */
  seed: bigint;
  /** The output that stands for "no character". */
  blank: number;
}

/** Raised for a file that is no model, or a model of another build than ours. */
export class ModelError extends Error {
  constructor() {
    super('model-unreadable');
  }
}

/** Little-endian values one after the other. */
class Cursor {
  #view: DataView;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  #step(length: number): number {
    const at = this.#at;
    if (length < 0 || at + length > this.#view.byteLength) throw new ModelError();
    this.#at = at + length;
    return at;
  }
  int8(): number {
    return this.#view.getInt8(this.#step(1));
  }
  int32(): number {
    return this.#view.getInt32(this.#step(4), true);
  }
  float64(): number {
    return this.#view.getFloat64(this.#step(8), true);
  }
  skip(length: number): void {
    this.#step(length);
  }
  bytes(length: number): Int8Array {
    return new Int8Array(this.#view.buffer, this.#view.byteOffset + this.#step(length), length).slice();
  }
  text(): string {
    return String.fromCharCode(...this.bytes(this.int32()));
  }
}

/** The network's place in the container's table (tesseract's TESSDATA_LSTM). */
const NETWORK_ENTRY = 17;

function networkBytes(file: Uint8Array): Uint8Array {
  if (file.byteLength < 4) throw new ModelError();
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = view.getInt32(0, true);
  if (count <= NETWORK_ENTRY || count > 64 || file.byteLength < 4 + 8 * count) throw new ModelError();
  const offsets = Array.from({ length: count }, (_, i) => Number(view.getBigInt64(4 + 8 * i, true)));
  const from = offsets[NETWORK_ENTRY]!;
  const to = Math.min(file.byteLength, ...offsets.filter((offset) => offset > from));
  if (from < 0 || from >= to) throw new ModelError();
  return file.subarray(from, to);
}

/** Weights are integers, and their scales doubles. */
const INTEGER_WEIGHTS = 1;
const DOUBLE_SCALES = 128;

function readWeights(cursor: Cursor): Weights {
  const mode = cursor.int8() & 0xff;
  if ((mode & INTEGER_WEIGHTS) === 0 || (mode & DOUBLE_SCALES) === 0) throw new ModelError();
  const outputs = cursor.int32();
  const columns = cursor.int32();
  if (outputs < 1 || columns < 2) throw new ModelError();
  cursor.skip(1);
  const values = cursor.bytes(outputs * columns);
  const count = cursor.int32();
  // Filled up to whole vectors of the processor that wrote it.
  if (count < outputs) throw new ModelError();
  // A weight of 127 is the scale itself, and an input of 127 is 1.
  const scales = Float64Array.from({ length: count }, () => cursor.float64() / 127).slice(0, outputs);
  return { outputs, inputs: columns - 1, values, scales };
}

const GATES = 4;
/** How deep networks may be nested; ours go three levels down. */
const DEEPEST = 8;
/** The flag of training that gives each layer a rate of its own, kept after its parts. */
const OWN_RATES = 64;

function readLayers(cursor: Cursor, depth: number): Layer[] {
  if (depth > DEEPEST || cursor.int8() !== 0) throw new ModelError();
  const type = cursor.text();
  cursor.skip(2); // how it was trained
  const flags = cursor.int32();
  cursor.skip(12); // inputs, outputs, number of weights: all follow from what comes
  cursor.text(); // its own name
  const parts = (): Layer[] => {
    const count = cursor.int32();
    if (count < 1 || count > 64) throw new ModelError();
    const layers = Array.from({ length: count }, () => readLayers(cursor, depth + 1)).flat();
    if ((flags & OWN_RATES) !== 0) cursor.skip(4 * cursor.int32());
    return layers;
  };
  const turned = (way: 'backward' | 'down'): Layer[] =>
    parts().map((layer) => {
      if (layer.kind !== 'lstm' || layer.way !== 'forward') throw new ModelError();
      return { ...layer, way };
    });
  switch (type) {
    case 'Series':
      return parts();
    case 'RTLReversed':
      return turned('backward');
    case 'XYTranspose':
      return turned('down');
    case 'Input': {
      cursor.skip(4);
      const height = cursor.int32();
      cursor.skip(12);
      return [{ kind: 'input', height }];
    }
    case 'Convolve':
      return [{ kind: 'convolve', halfX: cursor.int32(), halfY: cursor.int32() }];
    case 'Maxpool':
      return [{ kind: 'maxpool', across: cursor.int32(), down: cursor.int32() }];
    case 'Tanh':
    case 'Softmax':
      return [{ kind: 'dense', name: type, weights: readWeights(cursor) }];
    case 'LSTM':
    case 'SummLSTM': {
      cursor.skip(4);
      const gates = Array.from({ length: GATES }, () => readWeights(cursor));
      return [{ kind: 'lstm', way: 'forward', summary: type === 'SummLSTM', gates }];
    }
    default:
      throw new ModelError();
  }
}

/** The network of a `.traineddata` file. Throws `ModelError` for a file that is none, or of other layers than ours. */
export function readModel(file: Uint8Array): Model {
  const cursor = new Cursor(networkBytes(file));
  const layers = readLayers(cursor, 0);
  cursor.text(); // the network in words
  cursor.skip(8); // flags and count of training
  const samples = cursor.int32();
  const blank = cursor.int32();
  return { layers, seed: BigInt(samples) * 0x10000001n, blank };
}
