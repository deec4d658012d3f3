// The face by parts: each officer answers alone and sees what others found once they have closed their own comparison.
import { Check } from 'lucide-react';
import { type FocusEvent, useEffect, useRef, useState } from 'react';
import { BEARER_ANSWERS } from '../../../shared/contract/case-ids.ts';
import type { CaseView } from '../../../shared/contract/cases.ts';
import { itemWords, stabilityWord } from '../../../shared/procedures/words.ts';
import type { Item } from '../../../shared/procedures/procedure.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { useProcedure } from '../../lib/store-procedure.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { compare } from './case-acts.ts';
import { me } from './case-store.ts';
import type { CaseWork, Comparison } from './case-work.ts';
import { CloseComparison } from './CloseComparison.tsx';
import styles from './FaceTab.module.css';

interface FaceTabProps {
  view: CaseView;
  work: CaseWork;
  /** Each further one brings the focus here. */
  turn: number;
}

export function FaceTab({ view, work, turn }: FaceTabProps) {
  const text = useText();
  const bearer = useProcedure(({ procedure }) => procedure?.bearer);
  const parts = bearer?.filter(({ step }) => step === 'face') ?? [];
  const own = work.comparisons.find(({ officerId }) => officerId === me().officerId) ?? null;
  const others = work.comparisons.filter((one) => one !== own);
  const isConcluded = view.state === 'to-sign' || view.state === 'done';
  const isOpen = own?.closed === undefined || own.closed === null;
  return isOpen && !isConcluded ? (
    <Compare examinationId={view.record.id} parts={parts} own={own} turn={turn} />
  ) : (
    <div className={styles.read}>
      {work.comparisons.length === 0 ? <p className={styles.quiet}>{text('cases.face.none')}</p> : null}
      {(own === null ? others : [own, ...others]).map((one) => (
        <Found key={one.officerId} comparison={one} parts={parts} />
      ))}
      {own !== null && others.length === 0 ? (
        <p className={styles.quiet}>{text('cases.face.nobody-else')}</p>
      ) : null}
    </div>
  );
}

interface CompareProps {
  examinationId: string;
  parts: readonly Item[];
  own: Comparison | null;
  turn: number;
}

function Compare({ examinationId, parts, own, turn }: CompareProps) {
  const text = useText();
  const [at, setAt] = useState(0);
  const [isInside, setInside] = useState(false);
  const [isClosing, setClosing] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const part = parts[at];
  const answered = parts.filter(({ id }) => (own?.answers.get(id)?.answer ?? null) !== null).length;
  const focusAt = (to: number) => {
    const next = Math.min(parts.length - 1, Math.max(0, to));
    setAt(next);
    const row = list.current?.children[next]?.querySelector('button');
    row?.focus({ preventScroll: true });
    row?.closest('li')?.scrollIntoView({ block: 'nearest' });
  };
  const answer = (index: number) => {
    const given = BEARER_ANSWERS[index];
    if (part === undefined || given === undefined) return;
    compare(part.id, given);
    focusAt(at + 1);
  };
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) =>
    setInside(currentTarget.contains(relatedTarget));
  // By its key the first part that is not answered yet has the focus.
  useEffect(() => {
    if (turn === 0) return;
    const open = parts.findIndex(({ id }) => (own?.answers.get(id)?.answer ?? null) === null);
    focusAt(Math.max(0, open));
    // Only when it was asked for.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [turn]);
  useHotkeys(
    {
      titleId: 'cases.tab.face',
      hotkeys: [
        ...BEARER_ANSWERS.map((id, index) => ({
          keys: [String(index + 1)],
          textId: `case-report.bearer.${id}`,
          run: () => answer(index),
        })),
        { keys: ['ArrowDown'], textId: 'cases.face.key.next', run: () => focusAt(at + 1), repeats: true },
        { keys: ['ArrowUp'], textId: 'cases.face.key.before', run: () => focusAt(at - 1), repeats: true },
        { keys: ['Escape'], textId: 'cases.face.key.leave', run: () => leave(list.current) },
      ],
    },
    isInside,
  );
  return (
    <>
      <p className={styles.blind}>{text('cases.face.blind')}</p>
      <ul
        ref={list}
        className={styles.parts}
        data-own-digits
        aria-label={text('procedure.step.face')}
        // Its buttons have the focus; the list itself never has.
        {...{ onFocus: () => setInside(true), onBlur }}
      >
        {parts.map((one, index) => (
          <Part
            key={one.id}
            part={one}
            given={own?.answers.get(one.id)?.answer ?? null}
            isCurrent={index === at}
            showsKeys={isInside}
            onChoose={() => focusAt(index)}
            onAnswer={answer}
          />
        ))}
      </ul>
      <div className={styles.foot}>
        <Button onPress={() => setClosing(true)}>
          {text('cases.face.close', { answered, all: parts.length })}
        </Button>
      </div>
      {isClosing ? <CloseComparison examinationId={examinationId} onClose={() => setClosing(false)} /> : null}
    </>
  );
}

/** The keys go back to the items. */
function leave(list: HTMLElement | null): void {
  if (list?.contains(document.activeElement) && document.activeElement instanceof HTMLElement)
    document.activeElement.blur();
}

interface PartProps {
  part: Item;
  given: string | null;
  isCurrent: boolean;
  /** Whether the keys of the answers act now. */
  showsKeys: boolean;
  onChoose: () => void;
  onAnswer: (index: number) => void;
}

function Part({ part, given, isCurrent, showsKeys, onChoose, onAnswer }: PartProps) {
  const text = useText();
  const words = itemWords(part.id);
  return (
    <li>
      <button type="button" className={styles.part} aria-current={isCurrent} onClick={onChoose}>
        <span className={styles.name}>{text(words.title)}</span>
        <span className={styles.stability}>
          {part.stability === undefined ? '' : text(stabilityWord(part.stability))}
        </span>
        <span className={styles.given} data-answer={given}>
          {given === null ? '' : text(`case-report.bearer.${given}`)}
        </span>
      </button>
      {isCurrent ? (
        <div className={styles.current}>
          <p className={styles.quiet}>{text(words.how)}</p>
          <div className={styles.answers} role="group" aria-label={text(words.title)}>
            {BEARER_ANSWERS.map((id, index) => (
              <Button
                key={id}
                keyName={showsKeys ? String(index + 1) : undefined}
                aria-pressed={given === id}
                onPress={() => onAnswer(index)}
              >
                {text(`case-report.bearer.${id}`)}
              </Button>
            ))}
          </div>
        </div>
      ) : null}
    </li>
  );
}

/** What one officer found. */
function Found({ comparison, parts }: { comparison: Comparison; parts: readonly Item[] }) {
  const text = useText();
  const { name, answers, closed } = comparison;
  const said = parts.filter(({ id }) => (answers.get(id)?.answer ?? null) !== null);
  return (
    <section className={styles.found}>
      <h3>{name}</h3>
      <p className={styles.verdict}>
        {closed === null ? (
          text('cases.face.not-closed')
        ) : (
          <>
            <Check size={18} aria-hidden="true" /> {text(`case-report.verdict.${closed.verdict}`)}
          </>
        )}
      </p>
      {closed === null || closed.note === '' ? null : <p className={styles.note}>{closed.note}</p>}
      <dl>
        {said.map(({ id }) => (
          <div key={id}>
            <dt>{text(itemWords(id).title)}</dt>
            <dd data-answer={answers.get(id)?.answer}>
              {text(`case-report.bearer.${answers.get(id)?.answer ?? 'not-comparable'}`)}
              {answers.get(id)?.note ? <span className={styles.note}>{answers.get(id)?.note}</span> : null}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
