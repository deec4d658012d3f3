// What keeps a study from leaving, in words, and in which part of the editor it is put right.
import type { Output } from '../../../../shared/contract/channels.ts';
import { CODE_WORDS } from '../../../../shared/sharing/preview.ts';
import type { TextOf } from '../../../text/TextProvider.tsx';
import type { Part } from './draft-store.ts';

export type Problems = Output<'study.preview'>['problems'];

/** What is wrong, in one sentence. */
export const problemWords = (text: TextOf, { code }: Pick<Problems[number], 'code'>): string =>
  code === 'missing' ? text('study-draft.missing') : text(CODE_WORDS.problem(code));

/** The part of the editor that a problem is in. */
export function partOf(path: string): Part {
  if (path.startsWith('images.')) return 'pictures';
  return path.startsWith('question.') ? 'question' : 'words';
}

/** Words of the place of a problem. */
export function placeWords(text: TextOf, path: string): string {
  const [first = '', second = '', third = ''] = path.split('.');
  if (first === 'images')
    return text(third === '' ? 'study-draft.place.picture' : 'study-draft.place.picture-words', {
      number: Number(second) + 1,
    });
  if (second === 'answers') return text('study-draft.answer', { number: Number(third) + 1 });
  return text(`study-draft.place.${second === '' ? first : second}`);
}
