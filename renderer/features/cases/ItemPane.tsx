// The middle of a case: its steps down the edge, and the item that is looked at.
import { Check, Minus, TriangleAlert } from 'lucide-react';
import type { ItemPlace } from '../../../shared/contract/cases.ts';
import { itemWords, lightWord, stepWords, toolWords, typeWord } from '../../../shared/procedures/words.ts';
import type { Item, Light } from '../../../shared/procedures/procedure.ts';
import { useProcedure, useProcedureText } from '../../lib/store-procedure.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Drawing } from '../../ui/Drawing.tsx';
import { ItemAnswers } from './ItemAnswers.tsx';
import { ItemMarks } from './ItemMarks.tsx';
import { goTo } from './case-acts.ts';
import { useCase } from './case-store.ts';
import { type CaseWork, type DocumentList, isDiffering, isOpen, placeKey, stepsOf } from './case-work.ts';
import { ItemFeatures } from './ItemFeatures.tsx';
import { Steps } from './Steps.tsx';
import heard from '../../ui/spoken.module.css';
import styles from './ItemPane.module.css';

interface ItemPaneProps {
  work: CaseWork;
  place: ItemPlace;
  isMine: boolean;
}

export function ItemPane({ work, place, isMine }: ItemPaneProps) {
  const text = useText();
  const procedure = useProcedure((state) => state.procedure);
  const list = work.lists.find(({ documentId }) => documentId === place.documentId);
  const item = list?.items.find(({ id }) => id === place.itemId);
  if (procedure === null || list === undefined || item === undefined) return null;
  const steps = stepsOf(work, list, procedure);
  const step = steps.find((one) => one.step === item.step);
  return (
    <section className={styles.pane} aria-label={text('cases.examination')}>
      <Steps steps={steps} current={item.step} />
      <div className={styles.item}>
        <div className={styles.top}>
          {work.lists.length > 1 ? <Documents work={work} list={list} /> : null}
          <p className={styles.about}>
            <strong>{text(stepWords(item.step).title)}</strong> {text(stepWords(item.step).about)}
          </p>
          <Chips work={work} place={place} items={step?.items ?? []} />
        </div>
        <div
          key={item.id}
          className={styles.words}
          role="region"
          aria-label={text('cases.item')}
          tabIndex={0}
        >
          <ItemWords item={item} lights={lightsOf(work, list)} />
          <ItemMarks work={work} place={place} isMine={isMine} />
          {list.type === null ? null : <ItemFeatures key={item.id} item={item} type={list.type} />}
        </div>
        <ItemAnswers work={work} place={place} list={list} item={item} isMine={isMine} />
      </div>
    </section>
  );
}

/** The documents of one traveller, each with its own items. */
function Documents({ work, list }: { work: CaseWork; list: DocumentList }) {
  const text = useText();
  const own = useProcedureText();
  return (
    <div className={styles.documents} role="group" aria-label={text('history.documents')}>
      {work.lists.map((one, at) => (
        <button
          key={one.documentId}
          type="button"
          className={styles.chip}
          aria-current={one === list}
          onClick={() => {
            const itemId = one.items[0]?.id;
            if (itemId !== undefined) goTo({ documentId: one.documentId, itemId });
          }}
        >
          {text('cases.document', { number: at + 1, type: own(typeWord(one.typeId)) })}
        </button>
      ))}
    </div>
  );
}

/** Brings the item that was gone to into the row. A case that opens shows first whose it is. */
function inSight(chip: HTMLElement | null): void {
  if (useCase.getState().place !== null) chip?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

/** The items of the step, each with how it was answered. */
function Chips({ work, place, items }: { work: CaseWork; place: ItemPlace; items: readonly Item[] }) {
  const text = useText();
  return (
    <div className={styles.chips} role="group" aria-label={text('cases.items')}>
      {items.map(({ id }) => {
        const answer = work.answers.get(placeKey({ ...place, itemId: id }))?.answer ?? null;
        return (
          <button
            key={id}
            type="button"
            className={styles.chip}
            data-answer={answer}
            aria-current={id === place.itemId}
            ref={id === place.itemId ? inSight : undefined}
            onClick={() => goTo({ ...place, itemId: id })}
          >
            <span>{id}</span>
            <span className={heard.spoken}>
              {text('cases.item.state', {
                item: text(itemWords(id).title),
                state: text(answer === null ? 'cases.answer.none' : `cases.answer.${answer}`),
              })}
            </span>
            {isDiffering(answer) ? <TriangleAlert size={14} aria-hidden="true" /> : null}
            {isOpen(answer) || isDiffering(answer) ? null : <Check size={14} aria-hidden="true" />}
            {answer === 'not-checked' ? <Minus size={14} aria-hidden="true" /> : null}
          </button>
        );
      })}
    </div>
  );
}

/** The lights under which there are pictures of a document. */
function lightsOf({ pictures }: CaseWork, { documentId }: DocumentList): readonly Light[] {
  return pictures.filter((picture) => picture.documentId === documentId).map(({ light }) => light);
}

function ItemWords({ item, lights }: { item: Item; lights: readonly Light[] }) {
  const text = useText();
  const words = itemWords(item.id);
  return (
    <>
      <div className={styles.title}>
        <Drawing name={item.drawing} size="large" />
        <div>
          <h2>{text(words.title)}</h2>
          <p>{text(words.how)}</p>
        </div>
      </div>
      <Tools item={item} lights={lights} />
      <dl className={styles.looks}>
        <div>
          <dt>{text('cases.genuine')}</dt>
          <dd>{text(words.genuine)}</dd>
        </div>
        <div>
          <dt>{text('cases.imitation')}</dt>
          <dd>{text(words.imitation)}</dd>
        </div>
      </dl>
    </>
  );
}

function Tools({ item, lights }: { item: Item; lights: readonly Light[] }) {
  const text = useText();
  const language = useLanguage();
  const tools = useProcedure(({ procedure }) => procedure?.tools) ?? [];
  const needed = item.tools
    .map((id) => tools.find((tool) => tool.id === id))
    .filter((tool) => tool !== undefined);
  if (needed.length === 0 && item.lights.length === 0) return null;
  return (
    <ul className={styles.tools}>
      {needed.map(({ id, drawing }) => (
        <li key={id}>
          <Drawing name={drawing} size="small" />
          <span>{text(toolWords(id).title)}</span>
        </li>
      ))}
      {item.lights.length === 0 ? null : (
        <li className={styles.lights}>
          {text(item.lights.some((light) => lights.includes(light)) ? 'cases.lights' : 'cases.lights.none', {
            lights: new Intl.ListFormat(language, { type: 'disjunction' }).format(
              item.lights.map((light) => text(lightWord(light))),
            ),
          })}
        </li>
      )}
    </ul>
  );
}
