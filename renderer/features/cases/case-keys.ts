// Every key of a case. The letters of FALSEDOC go to their step; the picture has keys of its own beside these.
import type { ItemAnswer } from '../../../shared/contract/cases.ts';
import { type Hotkey, isTyping } from '../../lib/hotkeys.ts';
import {
  canUndo,
  giveAnswer,
  goOn,
  goToDocument,
  goToNotChecked,
  goToStep,
  hasDocuments,
  mayAnswer,
  showTab,
  stepPicture,
  toggleBeside,
  undo,
} from './case-acts.ts';
import { type Asked, closeCase, type Tab, useCase } from './case-store.ts';
import { keepWriting } from './writing.ts';

export const STEP_KEYS: Readonly<Record<string, string>> = {
  F: 'f',
  A: 'a',
  L: 'l',
  S: 's',
  E: 'e',
  D: 'd',
  O: 'o',
  C: 'c',
  visa: 'v',
  stamp: 'j',
  bearer: 'h',
};

export const ANSWER_KEYS = {
  matched: '1',
  differs: '2',
  'not-present': '3',
  'not-checked': '4',
} as const satisfies Record<ItemAnswer, string>;

export const TAB_KEYS = { face: 'k', questions: 'q', record: 'r' } as const satisfies Record<Tab, string>;

/** Where words are written, these stay the field's. */
const isFree = (): boolean => !isTyping(document.activeElement);
/** The parts of the face are answered by digits of their own. */
const hasDigits = (): boolean => document.activeElement?.closest('[data-own-digits]') === null;
/** What has the focus is pressed, or opened, by Space. */
const isNoButton = (): boolean => document.activeElement?.matches('button, summary') !== true;

/** Leaves the field first, then the case. */
function back(): void {
  keepWriting();
  if (isFree()) closeCase();
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

/** Opens a question; what is being written is kept before. */
export function askFor(asked: Asked | null): void {
  keepWriting();
  useCase.setState({ asked });
}

export interface CaseCan {
  /** What is asked of an officer next, if anything: to take it, to conclude it, to sign it. */
  next: Asked | null;
  enter: boolean;
  reopen: boolean;
  print: boolean;
  protect: boolean;
  /** Null where nobody here may write one. */
  report: (() => void) | null;
  /** The case goes to another station. */
  handOver: boolean;
  note: () => void;
  /** Brings the focus to what a key has shown at the right. */
  turnTo: () => void;
}

export function caseHotkeys(can: CaseCan): Hotkey[] {
  const steps = Object.entries(STEP_KEYS).map(([step, key]) => ({
    keys: [key],
    textId: `procedure.step.${step}`,
    run: () => goToStep(step),
  }));
  const answers = (Object.keys(ANSWER_KEYS) as ItemAnswer[]).map((answer) => ({
    keys: [ANSWER_KEYS[answer]],
    textId: `cases.answer.${answer}`,
    run: () => giveAnswer(answer),
    enabled: () => hasDigits() && mayAnswer(answer),
  }));
  const tabs = (Object.keys(TAB_KEYS) as Tab[]).map((tab) => ({
    keys: [TAB_KEYS[tab]],
    textId: `cases.tab.${tab}`,
    run: () => {
      showTab(tab);
      can.turnTo();
    },
  }));
  return [
    ...answers,
    {
      keys: ['Delete'],
      textId: 'cases.answer.take-back',
      run: () => giveAnswer(null),
      enabled: () => hasDigits() && mayAnswer(null),
    },
    {
      keys: ['Control+z'],
      textId: 'cases.key.undo',
      run: undo,
      enabled: () => isFree() && canUndo(),
    },
    ...steps,
    { keys: ['Space'], textId: 'cases.key.next', run: () => goOn(1), enabled: isNoButton },
    { keys: ['ArrowDown'], textId: 'cases.key.next', run: () => goOn(1), repeats: true },
    { keys: ['ArrowUp'], textId: 'cases.key.before', run: () => goOn(-1), repeats: true },
    { keys: ['PageDown'], textId: 'cases.key.document', run: () => goToDocument(1), enabled: hasDocuments },
    {
      keys: ['PageUp'],
      textId: 'cases.key.document-before',
      run: () => goToDocument(-1),
      enabled: hasDocuments,
    },
    { keys: ['0'], textId: 'cases.key.not-checked', run: goToNotChecked },
    { keys: ['n'], textId: 'cases.key.note', run: can.note, enabled: () => can.enter },
    { keys: ['ArrowRight'], textId: 'history.key.next', run: () => stepPicture(1) },
    { keys: ['ArrowLeft'], textId: 'history.key.previous', run: () => stepPicture(-1) },
    { keys: ['x'], textId: 'cases.key.beside', run: toggleBeside },
    { keys: ['i'], textId: 'cases.picture.add', run: () => askFor('picture'), enabled: () => can.enter },
    ...tabs,
    {
      keys: ['w'],
      textId: 'cases.take',
      run: () => askFor('take'),
      enabled: () => can.next === 'take',
    },
    {
      keys: ['u'],
      textId: 'cases.outcome',
      run: () => askFor(can.next),
      enabled: () => can.next === 'outcome' || can.next === 'sign',
    },
    { keys: ['Control+o'], textId: 'cases.reopen', run: () => askFor('reopen'), enabled: () => can.reopen },
    { keys: ['Control+p'], textId: 'cases.print', run: () => askFor('print'), enabled: () => can.print },
    {
      keys: ['Control+e'],
      textId: 'cases.report',
      run: () => can.report?.(),
      enabled: () => can.report !== null,
    },
    {
      keys: ['Control+g'],
      textId: 'handover.hand-over',
      run: () => askFor('hand-over'),
      enabled: () => can.handOver,
    },
    {
      keys: ['p'],
      textId: 'cases.protect',
      run: () => askFor('protection'),
      enabled: () => can.protect,
    },
    { keys: ['Escape'], textId: 'cases.key.back', run: back, whileTyping: true },
  ];
}
