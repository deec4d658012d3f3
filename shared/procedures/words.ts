// Which words of the catalogue belong to which thing of the procedure: every id is made here and nowhere else.
import type { DocumentType, Item } from './procedure.ts';

export interface LookWords {
  title: string;
  genuine: string;
  imitation: string;
}

/** Words of an item; `how` is how to look or ask. A component of the face has neither `genuine` nor `imitation`. */
export function itemWords(id: string): LookWords & { how: string } {
  const of = (part: string): string => `procedure.item.${id}.${part}`;
  return { title: of('title'), genuine: of('genuine'), imitation: of('imitation'), how: of('how') };
}

/** What to mind with a check of the bearer (`B01` …). */
export function cautionWord(id: string): string {
  return `procedure.item.${id}.caution`;
}

export function featureWords(id: string): LookWords {
  const of = (part: string): string => `procedure.feature.${id}.${part}`;
  return { title: of('title'), genuine: of('genuine'), imitation: of('imitation') };
}

/** `reveals`: what it shows; `instead`: what does where it is not at hand. */
export function toolWords(id: string): { title: string; reveals: string; instead: string } {
  return {
    title: `procedure.tool.${id}`,
    reveals: `procedure.tool-reveals.${id}`,
    instead: `procedure.tool-instead.${id}`,
  };
}

/** `about` is the question that the step answers. */
export function stepWords(step: string): { title: string; about: string } {
  return { title: `procedure.step.${step}`, about: `procedure.step-about.${step}` };
}

export const levelWord = (level: string): string => `procedure.level.${level}`;
export const lightWord = (light: string): string => `light.${light}`;
export const stabilityWord = (stability: string): string => `procedure.stability.${stability}`;
export const outcomeWord = (id: string): string => `procedure.outcome.${id}`;
export const dispositionWord = (id: string): string => `procedure.disposition.${id}`;
export const questionWord = (id: string): string => `question.${id}`;
export const topicWord = (topic: string): string => `question.topic.${topic}`;
export const signWord = (id: string): string => `sign.${id}`;
export const signNoteWord = (id: string): string => `sign.${id}.note`;
export const signGroupWord = (group: string): string => `sign.group.${group}`;
export const typeWord = (id: string): string => `type.${id}`;

/** Where on a document of this type a feature stands, e.g. "the arms at the head of the page". */
export function placeWord(type: Pick<DocumentType, 'id'>, feature: string): string {
  return `type.${type.id}.at.${feature}`;
}

/** Which words an item must have. */
export function wordsOfItem({ id, step }: Pick<Item, 'id' | 'step'>): string[] {
  const { title, genuine, imitation, how } = itemWords(id);
  if (step === 'face') return [title, how];
  return [title, genuine, imitation, how, ...(step === 'bearer' ? [cautionWord(id)] : [])];
}
