// Runs the network over a strip: its weights are laid out once, then each strip gives scores per step along the row.
import type { GreyImage } from '../types.ts';
import { Arena, place, type Placed } from './arena.ts';
import { createNoise, surroundings } from './first-layer.ts';
import { CELL, GROUP, type Kernel, kernelModule, ONE, POOL, TAPS } from './kernel.ts';
import { type StripInput, stripInput } from './strip-input.ts';
import { type Layer, type Model, ModelError, type Weights } from './traineddata.ts';

/** What the network says of a strip: for each of `steps` steps along it, `outputs` scores before the softmax. */
export interface Scores {
  steps: number;
  outputs: number;
  /** Distance between the beginnings of two steps' scores. */
  stride: number;
  values: Float32Array;
  /** Part of the strip's width that is one step. */
  stepWidth: number;
  /** How much ink there is in each step. */
  ink: Float32Array;
}

export interface Network {
  run: (strip: GreyImage) => Scores;
}

type LstmLayer = Extract<Layer, { kind: 'lstm' }>;
type DenseLayer = Extract<Layer, { kind: 'dense' }>;

/** The shape that this engine is for: one convolution with its pool, a column by column LSTM, then LSTMs along the row. */
interface Shape {
  height: number;
  maps: Weights;
  columns: LstmLayer;
  rows: LstmLayer[];
  scores: Weights;
}

function shapeOf({ layers }: Model): Shape {
  const [input, convolve, dense, pool, columns, ...rest] = layers;
  const last = rest.at(-1);
  const rows = rest.slice(0, -1).filter((layer) => layer.kind === 'lstm');
  const isDense = (layer: Layer | undefined, name: DenseLayer['name']): layer is DenseLayer =>
    layer?.kind === 'dense' && layer.name === name;
  if (
    input?.kind !== 'input' ||
    convolve?.kind !== 'convolve' ||
    convolve.halfX !== 1 ||
    convolve.halfY !== 1 ||
    !isDense(dense, 'Tanh') ||
    dense.weights.outputs % 8 !== 0 ||
    dense.weights.inputs !== TAPS - 1 ||
    pool?.kind !== 'maxpool' ||
    pool.across !== POOL ||
    pool.down !== POOL ||
    columns?.kind !== 'lstm' ||
    columns.way !== 'down' ||
    !columns.summary ||
    !isDense(last, 'Softmax') ||
    rows.length !== rest.length - 1 ||
    rows.some((row) => row.way === 'down' || row.summary) ||
    [columns, ...rows].some((lstm) => lstm.gates[0]!.outputs % 8 !== 0)
  ) {
    throw new ModelError();
  }
  return { height: input.height, maps: dense.weights, columns, rows, scores: last.weights };
}

interface PlacedLstm extends Placed {
  backward: boolean;
  /** Cells of the layer. */
  states: number;
}

const NOTHING: Scores = {
  steps: 0,
  outputs: 0,
  stride: 0,
  values: new Float32Array(),
  stepWidth: 1,
  ink: new Float32Array(),
};

function inkOf({ width, height, data, values }: StripInput, steps: number): Float32Array {
  const ink = new Float32Array(steps);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < steps * POOL; x++) {
      const value = values[data[y * width + x]!]!;
      if (value < 0) ink[Math.floor(x / POOL)]! -= value;
    }
  }
  return ink;
}

/** The network in memory of its own. Throws `ModelError` where the model has another shape than the engine. */
export function createNetwork(model: Model): Network {
  const shape = shapeOf(model);
  const mapCount = shape.maps.outputs;
  const instance = new WebAssembly.Instance(new WebAssembly.Module(kernelModule(mapCount)));
  // The module was written a line above, by `kernelModule`: what it exports is what `Kernel` says.
  const kernel = instance.exports as unknown as Kernel;
  const arena = new Arena(kernel.memory);
  const maps = place(arena, [shape.maps], mapCount);
  const placeLstm = ({ gates, way }: LstmLayer): PlacedLstm => {
    const states = gates[0]!.outputs;
    const placed = place(arena, gates, GROUP);
    return { ...placed, backward: way === 'backward', states, inputs: placed.inputs - states };
  };
  const columns = placeLstm(shape.columns);
  const rows = shape.rows.map(placeLstm);
  const scores = place(arena, [shape.scores], GROUP);
  const widest = Math.max(...[columns, ...rows, scores].map(({ pairs }) => pairs));
  const most = Math.max(...[columns, ...rows].map(({ states }) => states));
  const line = arena.take(4 * widest);
  const gates = arena.take(4 * 4 * most);
  const state = arena.take(4 * most);
  const fixed = arena.end;
  const noiseOf = createNoise(model.seed);

  const setBias = (layer: Placed, length: number): void => {
    const view = new Int16Array(kernel.memory.buffer, line, 2 * layer.pairs);
    view.fill(0);
    view[length] = ONE;
  };
  const runLstm = (
    layer: PlacedLstm,
    source: number,
    step: number,
    count: number,
    target: number,
    on: number,
  ) =>
    kernel.lstm(
      source,
      step,
      count,
      2 * layer.inputs,
      layer.weights,
      layer.scales,
      layer.pairs,
      layer.groups,
      4 * layer.states,
      line,
      gates,
      state,
      target,
      on,
    );

  const run = (strip: GreyImage): Scores => {
    arena.release(fixed);
    const input = stripInput(strip, shape.height);
    const steps = input === null ? 0 : Math.floor(input.width / POOL);
    const stride = scores.groups * GROUP;
    if (input === null || steps === 0) return NOTHING;
    const down = Math.floor(input.height / POOL);
    const cells = steps * down;
    const seen = arena.take(2 * TAPS * CELL * cells);
    const pooled = arena.take(2 * mapCount * cells);
    const layers = [columns, ...rows].map((layer) => ({ layer, at: arena.take(2 * layer.states * steps) }));
    const scored = arena.take(4 * stride * steps);
    surroundings(
      new Int16Array(kernel.memory.buffer, seen, TAPS * CELL * cells),
      input,
      noiseOf(6 * (input.width + input.height) + 8),
    );
    kernel.convolve(seen, pooled, cells, maps.weights, maps.scales);
    setBias(columns, columns.inputs + columns.states);
    let from = layers[0]!.at;
    for (let x = 0; x < steps; x++) {
      const to = from + 2 * columns.states * x;
      runLstm(columns, pooled + 2 * mapCount * down * x, 2 * mapCount, down, to, 0);
    }
    for (const { layer, at } of layers.slice(1)) {
      setBias(layer, layer.inputs + layer.states);
      const [stepIn, stepOut] = [2 * layer.inputs, 2 * layer.states];
      const last = steps - 1;
      if (layer.backward) runLstm(layer, from + stepIn * last, -stepIn, steps, at + stepOut * last, -stepOut);
      else runLstm(layer, from, stepIn, steps, at, stepOut);
      from = at;
    }
    setBias(scores, scores.inputs);
    for (let x = 0; x < steps; x++) {
      const length = 2 * scores.inputs;
      new Uint8Array(kernel.memory.buffer).copyWithin(line, from + length * x, from + length * (x + 1));
      kernel.sums(line, scores.weights, scores.scales, scores.pairs, scores.groups, scored + 4 * stride * x);
    }
    const values = new Float32Array(kernel.memory.buffer, scored, stride * steps).slice();
    const ink = inkOf(input, steps);
    return { steps, outputs: scores.outputs, stride, values, stepWidth: POOL / input.width, ink };
  };
  return { run };
}
