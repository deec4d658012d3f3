// Under the face: what to look at on this type of document, one point at a time, then one question where a finding asks.
import { useMemo } from 'react';
import {
  featureWords,
  itemWords,
  placeWord,
  questionWord,
  toolWords,
} from '../../../shared/procedures/words.ts';
import { useProcedure, useProcedureText } from '../../lib/store-procedure.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Drawing } from '../../ui/Drawing.tsx';
import { Panel } from '../../ui/Panel.tsx';
import type { Judged } from './judged.ts';
import styles from './QuickCard.module.css';
import { type Card, cardOf, type CardStep, pressSeen } from './quick-card.ts';
import { shownImage, useExamine } from './store.ts';
import type { DocumentWork } from './work.ts';

export function QuickCard({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const text = useText();
  const procedure = useProcedure((state) => state.procedure);
  const card = useMemo(() => cardOf(procedure, judged), [procedure, judged]);
  const seen = useExamine((state) => state.lookedAt[document.id] ?? 0);
  const step = card?.steps[seen];
  return (
    <Panel flush label={text('lane.card')} className={styles.card}>
      {card === null ? <p className={styles.quiet}>{text('lane.card.waiting')}</p> : null}
      {card !== null && step !== undefined ? (
        <Step key={seen} card={card} step={step} number={seen + 1} judged={judged} />
      ) : null}
      {card !== null && step === undefined ? (
        <p className={styles.quiet}>{text('lane.card.done', { count: card.steps.length })}</p>
      ) : null}
    </Panel>
  );
}

interface StepProps {
  card: Card;
  step: CardStep;
  number: number;
  judged: Judged | null;
}

function Step({ card, step, number, judged }: StepProps) {
  const text = useText();
  const isQuestion = step.kind === 'question';
  return (
    <div className={styles.step} data-last={number === card.steps.length || undefined}>
      <div className={styles.words}>
        <div className={styles.side}>
          {isQuestion ? null : <Drawing name={step.drawing} size="large" />}
          <span className={styles.count}>
            {text('lane.card.count', { number, count: card.steps.length })}
          </span>
        </div>
        {isQuestion ? <Question id={step.id} /> : <Point card={card} point={step} />}
      </div>
      <div className={styles.foot}>
        {isQuestion ? null : <ToolName id={step.tool} />}
        <SeenButton isQuestion={isQuestion} judged={judged} />
      </div>
    </div>
  );
}

function Point({ card, point }: { card: Card; point: Extract<CardStep, { kind: 'point' }> }) {
  const text = useProcedureText();
  const words = point.feature === null ? itemWords(point.item) : featureWords(point.feature);
  const place = usePlace(card, point.feature);
  return (
    <div className={styles.what}>
      <h3>{text(words.title)}</h3>
      {place === null ? null : <p className={styles.place}>{place}</p>}
      <p>{text(words.genuine)}</p>
    </div>
  );
}

/** What it is looked at with: under which light, or by touch. */
function ToolName({ id }: { id: string }) {
  const text = useProcedureText();
  const drawing = useProcedure(({ procedure }) => procedure?.tools.find((tool) => tool.id === id)?.drawing);
  return (
    <span className={styles.tool}>
      <Drawing name={drawing ?? null} size="small" />
      {text(toolWords(id).title)}
    </span>
  );
}

/** Where the feature stands on this type, where its words say so. */
function usePlace(card: Card, feature: string | null): string | null {
  const text = useProcedureText();
  const has = useHasText();
  const own = useProcedure((state) => state.words);
  if (feature === null) return null;
  const id = placeWord(card.type, feature);
  return has(id) || Object.values(own).some((words) => Object.hasOwn(words, id)) ? text(id) : null;
}

function Question({ id }: { id: string }) {
  const text = useText();
  return (
    <div className={styles.what}>
      <h3>{text('lane.card.ask')}</h3>
      <p className={styles.question}>{text(questionWord(id))}</p>
    </div>
  );
}

function SeenButton({ isQuestion, judged }: { isQuestion: boolean; judged: Judged | null }) {
  const text = useText();
  // Before the live camera Space takes a picture.
  const isCameraShown = useExamine((state) => state.cameraOn && shownImage(state) === null);
  return (
    <Button keyName={isCameraShown ? 'y' : 'Space'} onPress={() => pressSeen(judged)}>
      {text(isQuestion ? 'lane.card.asked' : 'lane.card.seen')}
    </Button>
  );
}
