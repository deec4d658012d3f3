// The recipe of our own set: one degradation at a time, from mild to hopeless, on documents of every format.
import type { SpecimenKind } from '../../../shared/specimen/kinds.ts';

/** How a document is printed and photographed. */
export interface Conditions {
  /** Height of a capital of the zone in the photograph, in pixels. */
  capPx: number;
  /** Standard deviation of the blur, in heights of a capital. */
  blur: number;
  /** Standard deviation of the noise, in grey levels. */
  noise: number;
  /** Quality of the JPEG file, 1 to 100. */
  quality: number;
  /** How far the document lies askew, in degrees. */
  skew: number;
  turn: 0 | 90 | 180 | 270;
  /** How far the camera leans, in degrees, with a near lens. */
  lean: number;
  /** Strength of a lamp's reflection on the zone, 0 to 1. */
  glare: number;
  /** Darkness of a shadow's edge across the page, 0 to 1. */
  shadow: number;
  /** What is left of the contrast of the page, 0 to 1. */
  contrast: number;
  /** Light print on dark. */
  inverted: boolean;
  /** Places of the lowest row that a finger covers. */
  covered: number;
  /** Share of the zone's print that has flaked off. */
  worn: number;
  /** Dots to the height of a capital where the zone is printed in dots; 0 for whole strokes. */
  dots: number;
}

const USUAL: Conditions = {
  capPx: 20,
  blur: 0.02,
  noise: 3,
  quality: 88,
  skew: 2,
  turn: 0,
  lean: 4,
  glare: 0,
  shadow: 0,
  contrast: 1,
  inverted: false,
  covered: 0,
  worn: 0,
  dots: 0,
};

export interface Step {
  label: string;
  change: Partial<Conditions>;
}

export interface Axis {
  id: string;
  title: string;
  /** What the labels of its steps count. */
  unit: string;
  /** From mild to hopeless; the first two are what a counter sees every day. */
  steps: readonly Step[];
}

function steps<K extends keyof Conditions>(key: K, values: readonly Conditions[K][]): Step[] {
  return values.map((value) => ({ label: String(value), change: { [key]: value } }));
}

export const AXES: readonly Axis[] = [
  {
    id: 'size',
    title: 'Small print',
    unit: 'px, capital',
    steps: steps('capPx', [12, 8, 6, 5, 4.5, 4, 3.5]),
  },
  {
    id: 'blur',
    title: 'Blur',
    unit: 'deviation, share of a capital',
    steps: steps('blur', [0.05, 0.1, 0.15, 0.18, 0.2, 0.22, 0.25]),
  },
  {
    id: 'noise',
    title: 'Noise',
    unit: 'deviation, grey levels',
    steps: steps('noise', [15, 30, 60, 90, 120]),
  },
  { id: 'jpeg', title: 'JPEG', unit: 'quality', steps: steps('quality', [40, 20, 10, 5, 2]) },
  { id: 'skew', title: 'Askew', unit: 'degrees', steps: steps('skew', [5, 15, 30, 45]) },
  {
    id: 'turn',
    title: 'Quarter turns',
    unit: 'degrees',
    steps: steps('turn', [0, 90, 180, 270]),
  },
  {
    id: 'lean',
    title: 'Perspective',
    unit: 'lean of the camera, degrees',
    steps: steps('lean', [15, 30, 40, 50, 55, 60]),
  },
  { id: 'glare', title: 'Glare', unit: 'strength', steps: steps('glare', [0.2, 0.4, 0.6, 0.8, 1]) },
  {
    id: 'shadow',
    title: 'Shadow',
    unit: 'darkness',
    steps: steps('shadow', [0.5, 0.7, 0.85, 0.93, 0.96, 0.98]),
  },
  {
    id: 'contrast',
    title: 'Pale print',
    unit: 'contrast left',
    steps: steps('contrast', [0.4, 0.2, 0.1, 0.06, 0.04]),
  },
  {
    id: 'inverted',
    title: 'Light on dark',
    unit: 'contrast left',
    steps: [1, 0.6, 0.4, 0.25].map((contrast) => ({
      label: String(contrast),
      change: { inverted: true, contrast },
    })),
  },
  {
    id: 'worn',
    title: 'Worn print',
    unit: 'share flaked off',
    steps: steps('worn', [0.05, 0.1, 0.2, 0.3, 0.4]),
  },
  { id: 'dots', title: 'Print in dots', unit: 'dots to a capital', steps: steps('dots', [16, 12, 10, 8, 6]) },
  {
    id: 'pair',
    title: 'Two documents in a picture',
    unit: 'px, capital',
    steps: steps('capPx', [16, 12, 9, 7]),
  },
  { id: 'covered', title: 'A finger on it', unit: 'places covered', steps: steps('covered', [1, 2, 4, 7]) },
];

/** One picture of the set, before it is drawn. */
export interface Task {
  image: string;
  axis: string;
  /** Place of the strength in its axis, from 0. */
  step: number;
  kind: SpecimenKind;
  /** The kind of the document that lies below it. */
  beside?: SpecimenKind;
  /** Which of the documents of the set is shown. */
  document: number;
  conditions: Conditions;
}

/** Documents of each kind; their values come from the seed. */
const DOCUMENTS = 5;
const KINDS: readonly SpecimenKind[] = ['passport', 'id-card', 'id-card-td2', 'visa-a', 'visa-b'];

/** Every picture of the set: each strength of each axis on a document of each format. */
export function tasks(): Task[] {
  const all: Task[] = [];
  for (const axis of AXES) {
    axis.steps.forEach(({ change }, step) => {
      for (const [i, kind] of KINDS.entries()) {
        const other = KINDS[(i + 1 + step) % KINDS.length] ?? kind;
        all.push({
          image: `${axis.id}-${step}-${kind}.jpg`,
          axis: axis.id,
          step,
          kind,
          ...(axis.id === 'pair' ? { beside: other } : {}),
          document: (AXES.indexOf(axis) + step) % DOCUMENTS,
          conditions: { ...USUAL, ...change },
        });
      }
    });
  }
  return all;
}
