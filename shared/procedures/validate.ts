// Holds a procedure against itself, its words and its drawings: the build and an agency's files pass through here.
import { allItems, type DocumentType, type Procedure } from './procedure.ts';
import {
  dispositionWord,
  featureWords,
  levelWord,
  lightWord,
  outcomeWord,
  placeWord,
  questionWord,
  signGroupWord,
  signNoteWord,
  signWord,
  stabilityWord,
  stepWords,
  toolWords,
  topicWord,
  typeWord,
  wordsOfItem,
} from './words.ts';

export const PROBLEM_CODES = [
  'folder', // the folder itself cannot be read, or does not answer
  'unreadable', // the file could not be read
  'too-large',
  'too-many', // more files than are read
  'not-json',
  'shape', // a field is missing, unknown or of the wrong kind
  'duplicate-id',
  'unknown-id', // an id that nothing has
  'missing-text',
  'missing-drawing',
  'unused-drawing',
  'not-of-type', // the quick card would show what the type need not have
  'not-first-line', // the quick card would show what takes tools of second line
  'fits-all', // a known type that names no issuing state would be taken for every document
  'wrong-form', // a label that is read as a passport or a card, or the other way round
  'foreign-text', // words for something that the file does not bring
] as const;

export type ProblemCode = (typeof PROBLEM_CODES)[number];

export interface Problem {
  code: ProblemCode;
  /** The id that is wrong, after the thing that names it: `L2a: OVD.overly`. */
  at: string;
}

/** What is known to a check of references. */
interface Known {
  tools: ReadonlySet<string>;
  features: ReadonlySet<string>;
  items: ReadonlySet<string>;
  fraud: ReadonlySet<string>;
  questions: ReadonlySet<string>;
}

const idsOf = (rows: readonly { id: string }[]): Set<string> => new Set(rows.map(({ id }) => id));

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}

function knownOf(procedure: Procedure): Known {
  return {
    tools: idsOf(procedure.tools),
    features: idsOf(procedure.features),
    items: idsOf(allItems(procedure)),
    fraud: new Set(procedure.fraud),
    questions: idsOf(procedure.questions),
  };
}

function dangling(procedure: Procedure, known: Known): string[] {
  const wrong: string[] = [];
  const look = (at: string, ids: readonly string[], set: ReadonlySet<string>): void => {
    wrong.push(...ids.filter((id) => !set.has(id)).map((id) => `${at}: ${id}`));
  };
  for (const item of allItems(procedure)) {
    look(item.id, item.tools, known.tools);
    look(item.id, item.features, known.features);
    look(item.id, item.fraud, known.fraud);
    look(item.id, [item.step], new Set(procedure.steps));
    if (item.needsFeature && item.features.length === 0) wrong.push(`${item.id}: features`);
  }
  for (const feature of procedure.features) {
    look(feature.id, feature.tools, known.tools);
    look(feature.id, [feature.step], new Set(procedure.steps));
  }
  const served = new Set([...known.items, 'rights', 'protection']);
  for (const { id, serves } of procedure.questions) look(id, serves, served);
  for (const { finding, item, question } of procedure.prompts) {
    if (item !== null) look(finding, [item], known.items);
    if (question !== null) look(finding, [question], known.questions);
  }
  return wrong;
}

/** What is wrong with one type, given the procedure that it joins. */
function typeProblems(
  procedure: Procedure,
  type: DocumentType,
  known: Known,
  hasText: (id: string) => boolean,
): Problem[] {
  const found: Problem[] = [];
  const add = (code: ProblemCode, what: string): void => {
    found.push({ code, at: `${type.id}: ${what}` });
  };
  for (const feature of [...type.features, ...type.quick])
    if (!known.features.has(feature)) add('unknown-id', feature);
  const layouts = new Set(allItems(procedure).flatMap((item) => item.layouts));
  for (const layout of type.layouts) if (!layouts.has(layout)) add('unknown-id', layout);
  for (const id of twice(type.features)) add('duplicate-id', id);
  if (!type.general && type.issuers.length === 0) add('fits-all', 'issuers');
  // A passport on a sheet of card is the agency's to say; a visa label has none of the items of either.
  for (const format of type.formats)
    if (format.startsWith('MRV') !== (type.form === 'label')) add('wrong-form', format);
  if (!hasText(typeWord(type.id))) add('missing-text', typeWord(type.id));
  for (const id of type.quick) {
    if (!type.features.includes(id)) add('not-of-type', id);
    if (!hasText(placeWord(type, id))) add('missing-text', placeWord(type, id));
    if (procedure.features.some((feature) => feature.id === id && feature.level !== 'L1'))
      add('not-first-line', id);
  }
  return found;
}

function wordsOf(procedure: Procedure): string[] {
  const words = [
    ...allItems(procedure).flatMap(wordsOfItem),
    ...allItems(procedure).flatMap(({ stability }) =>
      stability === undefined ? [] : [stabilityWord(stability)],
    ),
    ...allItems(procedure).flatMap(({ levels, lights }) => [
      ...levels.map(levelWord),
      ...lights.map(lightWord),
    ]),
    ...procedure.steps.flatMap((step) => Object.values(stepWords(step))),
    ...procedure.features.flatMap(({ id }) => Object.values(featureWords(id))),
    ...procedure.tools.flatMap(({ id }) => Object.values(toolWords(id))),
    ...procedure.questions.flatMap(({ id, topic }) => [questionWord(id), topicWord(topic)]),
    ...procedure.signs.flatMap(({ id, group, note }) => [
      signWord(id),
      signGroupWord(group),
      ...(note ? [signNoteWord(id)] : []),
    ]),
    ...procedure.outcomes.map(({ id }) => outcomeWord(id)),
    ...procedure.dispositions.map(({ id }) => dispositionWord(id)),
  ];
  return [...new Set(words)];
}

function drawingsOf(procedure: Procedure): string[] {
  const named = [...allItems(procedure), ...procedure.features, ...procedure.tools];
  return [...new Set(named.flatMap(({ drawing }) => (drawing === null ? [] : [drawing])))];
}

/**
 * Everything that is wrong with a procedure; empty where nothing is. `hasText` and `hasDrawing` answer for a catalogue
 * id and for the name of a drawing without `.svg`; `drawings` are all there are, so that none lies about unused.
 */
export function validateProcedure(
  procedure: Procedure,
  hasText: (id: string) => boolean,
  hasDrawing: (id: string) => boolean,
  drawings: readonly string[] = [],
): Problem[] {
  const known = knownOf(procedure);
  const lists: readonly string[][] = [
    allItems(procedure).map(({ id }) => id),
    ...[procedure.features, procedure.tools, procedure.questions, procedure.signs].map((rows) =>
      rows.map(({ id }) => id),
    ),
    ...[procedure.outcomes, procedure.dispositions, procedure.types].map((rows) => rows.map(({ id }) => id)),
    procedure.prompts.map(({ finding }) => finding),
    procedure.steps,
    procedure.fraud,
  ];
  const named = drawingsOf(procedure);
  return [
    ...lists.flatMap(twice).map((at): Problem => ({ code: 'duplicate-id', at })),
    ...dangling(procedure, known).map((at): Problem => ({ code: 'unknown-id', at })),
    ...wordsOf(procedure)
      .filter((id) => !hasText(id))
      .map((at): Problem => ({ code: 'missing-text', at })),
    ...named.filter((id) => !hasDrawing(id)).map((at): Problem => ({ code: 'missing-drawing', at })),
    ...drawings.filter((id) => !named.includes(id)).map((at): Problem => ({ code: 'unused-drawing', at })),
    ...procedure.types.flatMap((type) => typeProblems(procedure, type, known, hasText)),
  ];
}

/**
 * What is wrong with types that join a procedure, and with the words (language to catalogue id to message) that come with
 * them: all of them must stand in the base language.
 */
export function validateTypes(
  procedure: Procedure,
  types: readonly DocumentType[],
  words: Readonly<Record<string, Readonly<Record<string, string>>>>,
  baseLanguage: string,
): Problem[] {
  const known = knownOf(procedure);
  const own = [...procedure.types, ...types].map(({ id }) => id);
  const base = words[baseLanguage] ?? {};
  const all = new Set(Object.values(words).flatMap((messages) => Object.keys(messages)));
  const names = new Set(types.map(({ id }) => typeWord(id)));
  const belongs = (word: string): boolean => names.has(word.split('.at.', 1)[0] ?? '');
  return [
    ...twice(own).map((at): Problem => ({ code: 'duplicate-id', at })),
    ...types.flatMap((type) => typeProblems(procedure, type, known, (id) => Object.hasOwn(base, id))),
    ...[...all].filter((word) => !belongs(word)).map((at): Problem => ({ code: 'foreign-text', at })),
  ];
}
