// Shapes of the procedure as it travels to the window, and of the files with which an agency adds document types.
import { z } from 'zod';
import type { FormatId } from '../mrz/formats.ts';
import { FORMS, LEVELS, LIGHTS, type Procedure, STEPS } from '../procedures/procedure.ts';
import { PROBLEM_CODES } from '../procedures/validate.ts';

const FORMAT_IDS = ['TD1', 'TD2', 'TD3', 'MRV-A', 'MRV-B', 'FR-ID'] as const satisfies readonly FormatId[];

const key = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/);
const keys = z.array(key).max(100);
const drawing = key.nullable();
const level = z.enum(LEVELS);
const lights = z.array(z.enum(LIGHTS)).max(LIGHTS.length);

const item = z.strictObject({
  id: key,
  step: z.enum(STEPS),
  levels: z.array(level).min(1).max(3),
  tools: keys,
  lights,
  seconds: z.int().min(1).max(60).nullable(),
  drawing,
  fraud: keys,
  features: keys,
  needsFeature: z.boolean(),
  forms: z.array(z.enum(FORMS)).min(1).max(FORMS.length),
  layouts: keys,
  stability: key.exactOptional(),
});

export const procedureType = z.strictObject({
  id: key,
  kinds: keys,
  issuers: z.array(z.string().regex(/^[A-Z]{1,3}$/)).max(60),
  formats: z.array(z.enum(FORMAT_IDS)).min(1),
  form: z.enum(FORMS),
  layouts: keys,
  features: keys,
  quick: keys,
  general: z.boolean(),
});

export const procedure = z.strictObject({
  id: key,
  version: z.string().min(1).max(40),
  tools: z.array(z.strictObject({ id: key, level, light: z.enum(LIGHTS).nullable(), drawing })),
  steps: z.array(z.enum(STEPS)),
  items: z.array(item),
  visaChecks: z.array(item),
  stampChecks: z.array(item),
  bearer: z.array(item),
  features: z.array(z.strictObject({ id: key, level, tools: keys, lights, step: z.enum(STEPS), drawing })),
  questions: z.array(z.strictObject({ id: key, topic: key, serves: keys })),
  signs: z.array(z.strictObject({ id: key, group: key, stage: key, note: z.boolean() })),
  outcomes: z.array(z.strictObject({ id: key, level })),
  dispositions: z.array(z.strictObject({ id: key, protection: z.boolean() })),
  fraud: z.array(key),
  prompts: z.array(z.strictObject({ finding: key, item: key.nullable(), question: key.nullable() })),
  types: z.array(procedureType),
}) satisfies z.ZodType<Procedure>;

/** Words of an agency: language to catalogue id to message, plain text without ICU arguments. */
const packWords = z.record(
  z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/),
  z.record(
    z.string().max(120),
    z
      .string()
      .trim()
      .min(1)
      .max(300)
      .regex(/^[^{}<>]*$/),
  ),
);

/** A file `*.procedure.json` with which an agency adds document types. */
export const procedurePack = z.strictObject({
  id: key,
  version: z.string().min(1).max(40),
  /** Without a dot in its id: `type.<id>` is then never the word of a place on another type. */
  types: z
    .array(procedureType.extend({ id: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/) }))
    .min(1)
    .max(500),
  words: packWords,
});

/** What is wrong with an agency's file; its types are left out, the rest works. */
export const procedureProblem = z.object({
  /** Name of the file, without its folder. */
  file: z.string(),
  code: z.enum(PROBLEM_CODES),
  /** Where: an id, or the place in the file. */
  at: z.string(),
});

export const procedureChannels = {
  /** The procedure in force, with the types that the agency added, and the words of those. */
  'procedure.get': {
    input: z.object({}),
    output: z.object({
      procedure,
      words: packWords,
      version: z.string(),
      sha256: z.string(),
      problems: z.array(procedureProblem),
    }),
  },
} as const;

export type ProcedurePack = z.infer<typeof procedurePack>;
export type ProcedureProblem = z.infer<typeof procedureProblem>;
