// The network: the same answers as tesseract's own arithmetic on the same model, and no model that is not one.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../shared/vision/network/decode.ts';
import { type Kernel, kernelModule } from '../../shared/vision/network/kernel.ts';
import { createNetwork, type Scores } from '../../shared/vision/network/network.ts';
import { createRowRecogniser } from '../../shared/vision/network/recognise.ts';
import { ModelError, readModel } from '../../shared/vision/network/traineddata.ts';
import type { GreyImage, RecognisedCharacter } from '../../shared/vision/types.ts';
import { drawnLines } from '../bench/lines/drawn-lines.ts';
import { even, withNoise } from './support/drawing.ts';

const model = new Uint8Array(
  readFileSync(fileURLToPath(new URL('../../assets/ocr/mrz.traineddata', import.meta.url))),
);
const recognise = createRowRecogniser(model);

/** The parts of tesseract.js' core that are used here. */
interface Core {
  FS: { writeFile: (path: string, bytes: Uint8Array) => void };
  TessBaseAPI: new () => {
    Init: (folder: null, language: string, mode: number) => number;
    SetVariable: (name: string, value: string) => boolean;
    SetImageFile: (orientation: number, angle: number) => number;
    Recognize: (monitor: null) => number;
    GetJSONText: () => string;
  };
}
interface Page {
  blocks: { paragraphs: { lines: { words: { symbols: { text: string; confidence: number }[] }[] }[] }[] }[];
}

/** The same model run by tesseract itself: each character with its trust in whole points of a hundred. */
async function byTesseract(): Promise<(strip: GreyImage) => { char: string; points: number }[]> {
  const load = createRequire(import.meta.url);
  const start = load('tesseract.js-core/tesseract-core-simd-lstm') as (options: object) => Promise<Core>;
  const core = await start({ print() {}, printErr() {} });
  core.FS.writeFile('mrz.traineddata', model);
  const api = new core.TessBaseAPI();
  api.Init(null, 'mrz', 1);
  api.SetVariable('tessedit_pageseg_mode', '13');
  api.SetVariable('tessedit_do_invert', '0');
  return ({ width, height, data }) => {
    core.FS.writeFile('/input', Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]));
    api.SetImageFile(1, 0);
    api.Recognize(null);
    const page = JSON.parse(api.GetJSONText()) as Page;
    return page.blocks.flatMap((block) =>
      block.paragraphs.flatMap((p) =>
        p.lines.flatMap((line) =>
          line.words.flatMap((word) =>
            word.symbols.map(({ text, confidence }) => ({ char: text, points: confidence })),
          ),
        ),
      ),
    );
  };
}

/** Strips of several kinds of print, drawn once. */
const STRIPS: readonly GreyImage[] = [...takeEvery(6, 48)];

function* takeEvery(step: number, most: number): Generator<GreyImage> {
  let index = 0;
  for (const { strip } of drawnLines(11)) {
    if (index >= most) return;
    if (index++ % step === 0) yield strip;
  }
}

/** Every second row and column left out: another height than the reader's own. */
function half({ width, height, data }: GreyImage): GreyImage {
  const out = { width: width >> 1, height: height >> 1, data: new Uint8Array((width >> 1) * (height >> 1)) };
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = data[2 * Math.floor(i / out.width) * width + 2 * (i % out.width)]!;
  }
  return out;
}

/** Every pixel twice as high and wide. */
function twice({ width, height, data }: GreyImage): GreyImage {
  const out = { width: 2 * width, height: 2 * height, data: new Uint8Array(4 * width * height) };
  for (let i = 0; i < out.data.length; i++) {
    out.data[i] = data[(Math.floor(i / out.width) >> 1) * width + ((i % out.width) >> 1)]!;
  }
  return out;
}

const textOf = (characters: readonly { char: string }[]) => characters.map(({ char }) => char).join('');

describe('beside tesseract with the same model', () => {
  let reference: Awaited<ReturnType<typeof byTesseract>>;
  beforeAll(async () => {
    reference = await byTesseract();
  }, 60_000);

  it('reads the same characters with the same trust', async () => {
    for (const strip of STRIPS) {
      const expected = reference(strip);
      const read = await recognise(strip);
      expect(textOf(read)).toBe(textOf(expected));
      for (const [i, { confidence }] of read.entries()) {
        // The other tells whole points, the rest cut off.
        const points = 100 * confidence - expected[i]!.points;
        expect(points).toBeGreaterThan(-1);
        expect(points).toBeLessThan(2);
      }
    }
  }, 60_000);

  it.each([
    ['lower', half],
    ['much higher', twice],
  ])(
    'scales a %s strip as tesseract does',
    async (_name, scale) => {
      const strips = STRIPS.slice(0, 3).map(scale);
      const read = await Promise.all(strips.map(recognise));
      expect(read.map(textOf)).toEqual(strips.map((strip) => textOf(reference(strip))));
    },
    60_000,
  );
});

describe('the network', () => {
  it('keeps nothing from strip to strip', async () => {
    const [first, other] = STRIPS as [GreyImage, GreyImage];
    const before = JSON.stringify(await recognise(first));
    await recognise(twice(other));
    await recognise(withNoise(even(300, 48, 128), 60));
    expect(JSON.stringify(await recognise(first))).toBe(before);
    expect(JSON.stringify(await createRowRecogniser(model)(first))).toBe(before);
  });

  it('reads nothing on bare paper and in strips too small for a character', async () => {
    for (const strip of [
      even(900, 48, 255),
      even(1, 1, 0),
      even(2, 48, 90),
      even(4, 3, 90),
      even(3, 200, 0),
    ]) {
      expect(await recognise(strip)).toEqual([]);
    }
  });

  it('refuses a file that is no model, cut anywhere, or changed in its layers', () => {
    for (const length of [0, 3, 4, 100, 187, 200, 400, 5_000, model.length - 2_800]) {
      expect(() => readModel(model.subarray(0, length)), `${length}`).toThrow(ModelError);
    }
    expect(() => readModel(new TextEncoder().encode('this is no model, and long enough to be one'))).toThrow(
      ModelError,
    );
    const read = readModel(model);
    expect(() => createNetwork({ ...read, layers: read.layers.slice(0, -1) })).toThrow(ModelError);
    expect(() => createNetwork({ ...read, layers: [] })).toThrow(ModelError);
  });
});

describe('the kernel', () => {
  const module = new WebAssembly.Module(kernelModule(16));
  const fresh = () => new WebAssembly.Instance(module).exports as unknown as Kernel;
  const varied = (count: number, most: number) =>
    Array.from({ length: count }, (_, i) => Math.round(most * Math.sin(1 + i * 1.7)));

  it('sums products as plain arithmetic does', () => {
    const kernel = fresh();
    const pairs = 5;
    const inputs = varied(2 * pairs, 127);
    const weights = varied(64 * pairs * 2, 127);
    const scales = Array.from({ length: 64 }, (_, i) => (i + 1) / 4096);
    new Int16Array(kernel.memory.buffer, 0, 2 * pairs).set(inputs);
    new Int16Array(kernel.memory.buffer, 1024, weights.length).set(weights);
    new Float32Array(kernel.memory.buffer, 8192, 64).set(scales);
    kernel.sums(0, 1024, 8192, pairs, 2, 16_384);
    const sums = new Float32Array(kernel.memory.buffer, 16_384, 64);
    for (let output = 0; output < 64; output++) {
      const first = (output >> 5) * pairs * 64 + 2 * (output & 31);
      let sum = 0;
      for (let i = 0; i < 2 * pairs; i++) sum += inputs[i]! * weights[first + (i >> 1) * 64 + (i & 1)]!;
      expect(sums[output]).toBeCloseTo(sum * scales[output]!, 4);
    }
  });

  it('steps a cell as the formulas of an LSTM do', () => {
    const kernel = fresh();
    const [states, inputs, steps] = [8, 2, 3];
    const pairs = 6;
    const weights = varied(32 * 2 * pairs, 90);
    const scale = 1 / 16_000;
    const given = varied(steps * inputs, 127);
    const memory = kernel.memory.buffer;
    new Int16Array(memory, 1024, weights.length).set(weights);
    new Float32Array(memory, 4096, 32).fill(scale);
    new Int16Array(memory, 0, given.length).set(given);
    new Int16Array(memory, 8192, 2 * pairs)[inputs + states] = 127;
    kernel.lstm(0, 4, steps, 4, 1024, 4096, pairs, 1, 32, 8192, 9216, 10_240, 12_288, 16);
    const read = new Int16Array(memory, 12_288, steps * states);
    const state = new Array<number>(states).fill(0);
    let output = new Array<number>(states).fill(0);
    const logistic = (x: number) => 1 / (1 + Math.exp(-x));
    for (let step = 0; step < steps; step++) {
      const line = [...given.slice(step * inputs, (step + 1) * inputs), ...output, 127, 0];
      const gate = (index: number, cell: number): number => {
        let sum = 0;
        line.forEach((value, i) => {
          sum += value * weights[2 * (index * states + cell) + (i >> 1) * 64 + (i & 1)]!;
        });
        return sum * scale;
      };
      output = state.map((_, cell) => {
        state[cell] =
          state[cell]! * logistic(gate(2, cell)) + Math.tanh(gate(0, cell)) * logistic(gate(1, cell));
        return Math.round(127 * Math.tanh(state[cell]!) * logistic(gate(3, cell)));
      });
      for (let cell = 0; cell < states; cell++) {
        expect(Math.abs(read[step * states + cell]! - output[cell]!)).toBeLessThanOrEqual(1);
      }
    }
  });
});

describe('decode', () => {
  const BLANK = 38;
  /** One column of scores a step: the probability of each named output, the rest shared by all. */
  function scoresOf(steps: readonly Record<number, number>[]): Scores {
    const values = new Float32Array(steps.length * 64);
    steps.forEach((step, at) => {
      for (let output = 0; output < 39; output++) values[at * 64 + output] = Math.log(step[output] ?? 1e-6);
    });
    const ink = new Float32Array(steps.length).fill(1);
    return { steps: steps.length, outputs: 39, stride: 64, values, stepWidth: 1 / steps.length, ink };
  }
  const read = (...steps: Record<number, number>[]): RecognisedCharacter[] => decode(scoresOf(steps));

  it('tells a character that goes on from one that comes again', () => {
    const [a, blank] = [{ 1: 1 }, { [BLANK]: 1 }];
    expect(textOf(read(a, a, a))).toBe('A');
    expect(textOf(read(a, blank, a))).toBe('AA');
    expect(textOf(read(blank, blank))).toBe('');
    expect(read()).toEqual([]);
  });

  it('lets a character share its first and last step with the blank', () => {
    const edge = { 1: 0.4, [BLANK]: 0.6 };
    const [alone] = read({ [BLANK]: 1 }, edge, { 1: 1 }, edge, { [BLANK]: 1 });
    expect(alone).toMatchObject({ char: 'A' });
    expect(alone!.confidence).toBeGreaterThan(0.98);
    // Inside, a doubt is a doubt.
    const [inside] = read({ 1: 1 }, { 1: 0.5, 2: 0.5 }, { 1: 1 });
    expect(inside!.confidence).toBeLessThan(0.95);
  });

  it('is not drawn away by empty ground at the ends of a strip', () => {
    const [blank, a] = [{ [BLANK]: 1 }, { 1: 1 }];
    // Four characters every four steps; the network tells the first and the last over the ground beside them too.
    const scores = scoresOf([
      a,
      a,
      a,
      a,
      a,
      blank,
      blank,
      a,
      a,
      blank,
      blank,
      a,
      a,
      blank,
      blank,
      a,
      a,
      a,
      a,
      a,
    ]);
    scores.ink.fill(0);
    for (const middle of [4, 8, 12, 16]) scores.ink.fill(1, middle - 1, middle + 1);
    const centres = decode(scores).map(({ x }) => x * 20);
    expect(centres).toHaveLength(4);
    for (const [i, centre] of centres.entries()) expect(Math.abs(centre - 4 * (i + 1))).toBeLessThan(0.5);
  });

  it('gives no trust beyond its scale, and leaves spaces out', () => {
    const characters = read(
      { 0: 1 },
      { [BLANK]: 1 },
      { 1: 1 },
      { [BLANK]: 0.000_001, 5: 0.000_001 },
      { 37: 1 },
    );
    expect(textOf(characters).endsWith('<')).toBe(true);
    for (const { confidence } of characters) {
      expect(confidence).toBeGreaterThanOrEqual(0);
      expect(confidence).toBeLessThanOrEqual(1);
    }
    expect(textOf(characters)).not.toContain(' ');
  });
});
