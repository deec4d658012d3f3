// One case of the second line: pictures at the left, FALSEDOC in the middle, the person and the outcome at the right.
import { ArrowLeft, ArrowRightLeft, HeartHandshake, Printer } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CaseView } from '../../../shared/contract/cases.ts';
import { parseMrz } from '../../../shared/mrz/parse.ts';
import { holderName } from '../../../shared/mrz/names.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { askProcedure, useProcedure, useProcedureText } from '../../lib/store-procedure.ts';
import { writeReport } from '../../lib/store-report-draft.ts';
import { useCan } from '../../lib/store-vault.ts';
import { typeWord } from '../../../shared/procedures/words.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { CaseProtection } from '../../ui/protection/CaseProtection.tsx';
import { goTo } from './case-acts.ts';
import { askFor, type CaseCan, caseHotkeys } from './case-keys.ts';
import { type Asked, closeCase, me, useCase } from './case-store.ts';
import type { CaseWork } from './case-work.ts';
import styles from './CaseScreen.module.css';
import { CaseSide } from './CaseSide.tsx';
import { HandoverDialog } from './HandoverDialogs.tsx';
import { HandoverNote } from './HandoverNote.tsx';
import { ITEM_NOTE } from './ItemAnswers.tsx';
import { ItemPane } from './ItemPane.tsx';
import { OutcomeDialog } from './OutcomeDialog.tsx';
import { PictureDialog } from './PictureDialog.tsx';
import { Pictures } from './Pictures.tsx';
import { PrintDialog } from './PrintDialog.tsx';
import { SaveTrouble } from './SaveTrouble.tsx';
import { SignDialog } from './SignDialog.tsx';
import { StateWords } from './StateWords.tsx';
import { TakeDialog } from './TakeDialog.tsx';
import { Trail } from './Trail.tsx';
import { keepWriting } from './writing.ts';
import { useIsMine, usePlace, useTimeText, useWork } from './use-case-now.ts';

export function CaseScreen() {
  const view = useCase((state) => state.view);
  const asked = useCase((state) => state.asked);
  const work = useWork();
  const screen = useRef<HTMLDivElement>(null);
  // The case has the focus when it opens, and again when the protection page above it closes.
  useEffect(() => {
    if (asked === null && document.activeElement === document.body)
      screen.current?.focus({ preventScroll: true });
  }, [asked]);
  if (view === null) return null;
  if (asked === 'protection')
    return <CaseProtection examinationId={view.record.id} onClose={() => askFor(null)} />;
  return (
    <div ref={screen} className={styles.screen} tabIndex={-1}>
      {view.record.erasedAt === undefined ? (
        work === null ? (
          <Waiting />
        ) : (
          <Case view={view} work={work} />
        )
      ) : (
        <Erased view={view} />
      )}
    </div>
  );
}

/** The words beside the answer; the item on show has one such field. */
function focusNote(): void {
  document.getElementById(ITEM_NOTE)?.focus();
}

/** What is being written is kept before the case is left. */
function report(examinationId: string): void {
  keepWriting();
  writeReport(examinationId);
}

/** Another station has it: here it is only read. */
const isAway = ({ handover }: CaseView): boolean => handover?.direction === 'out';

/** What is asked of whoever looks at it next. */
function nextOf(view: CaseView, work: CaseWork, isMine: boolean): Asked | null {
  if (isAway(view)) return null;
  if (view.state === 'open' || view.state === 'held') return isMine ? 'outcome' : 'take';
  return view.state === 'to-sign' && work.outcome?.officerId !== me().officerId ? 'sign' : null;
}

function Case({ view, work }: { view: CaseView; work: CaseWork }) {
  const text = useText();
  const isMine = useIsMine();
  const asked = useCase((state) => state.asked);
  const place = usePlace(work);
  const [turn, setTurn] = useState(0);
  const mayPrint = useCan('case.print');
  const mayProtect = useCan('protection.record');
  const mayReport = useCan('report.prepare');
  const mayHandOver = useCan('case.hand-over');
  const isConcluded = view.state === 'to-sign' || view.state === 'done';
  const can: CaseCan = {
    next: nextOf(view, work, isMine),
    enter: isMine,
    reopen: isConcluded && !isAway(view),
    handOver: mayHandOver && !isAway(view),
    print: mayPrint,
    protect: mayProtect,
    report: mayReport ? () => report(view.record.id) : null,
    note: focusNote,
    turnTo: () => setTurn((old) => old + 1),
  };
  useHotkeys({ titleId: 'cases.keys', hotkeys: caseHotkeys(can) });
  // The first picture fits the first item.
  const hasPicture = useCase(({ pictureId }) => pictureId !== null);
  useEffect(() => {
    if (!hasPicture && place !== null) goTo(place);
  }, [hasPicture, place]);
  const id = view.record.id;
  // An answer that comes late closes nothing that was asked since.
  const close = () => {
    const now = useCase.getState();
    if (now.view?.record.id === id && now.asked === asked) askFor(null);
  };
  return (
    <>
      <Head view={view} can={can} />
      <SaveTrouble />
      {view.handover === undefined ? null : <HandoverNote handover={view.handover} />}
      <div className={styles.body}>
        <Pictures
          work={work}
          place={place}
          mayMark={isMine}
          onAdd={isMine ? () => askFor('picture') : null}
        />
        {place === null ? null : <ItemPane work={work} place={place} isMine={isMine} />}
        <CaseSide view={view} work={work} can={can} turn={turn} />
      </div>
      {asked === 'take' ? <TakeDialog view={view} onClose={close} /> : null}
      {asked === 'outcome' ? <OutcomeDialog work={work} examinationId={id} onClose={close} /> : null}
      {asked === 'sign' && work.outcome !== null ? (
        <SignDialog
          examinationId={id}
          outcome={work.outcome}
          work={work}
          isReopening={false}
          onClose={close}
        />
      ) : null}
      {asked === 'reopen' && work.outcome !== null ? (
        <SignDialog examinationId={id} outcome={work.outcome} work={work} isReopening onClose={close} />
      ) : null}
      {asked === 'print' ? (
        <PrintDialog title={text('cases.print')} examinationId={id} onClose={close} />
      ) : null}
      {asked === 'hand-over' || asked === 'acknowledge' || asked === 'take-back' ? (
        <HandoverDialog what={asked} examinationId={id} handover={view.handover} onClose={close} />
      ) : null}
      {asked === 'picture' && place !== null ? (
        <PictureDialog work={work} place={place} onClose={close} />
      ) : null}
    </>
  );
}

function Head({ view, can }: { view: CaseView; can: CaseCan }) {
  const text = useText();
  const own = useProcedureText();
  const timeText = useTimeText();
  const { record } = view;
  const readings = record.documents.map(({ reading, judgedOn }) =>
    parseMrz(reading?.lines ?? [], { today: judgedOn }),
  );
  const read = readings.find((reading) => reading.ok);
  const name = read?.ok === true ? holderName(read.fields) : text('history.document.unread');
  const number = read?.ok === true ? read.fields.number : '';
  const last = record.decisions.at(-1);
  return (
    <header className={styles.head}>
      <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={closeCase}>
        {text('history.back')}
      </Button>
      <div className={styles.title}>
        <h1>
          {name} <span className={styles.number}>{number}</span>
        </h1>
        <p>
          {text('cases.head', {
            type: own(typeWord(view.documents[0]?.typeId ?? 'general-booklet')),
            time: timeText(last?.at ?? record.savedAt),
            officer: last?.officerName ?? record.officerName,
          })}
        </p>
      </div>
      <p className={styles.standing} role="status">
        <StateWords {...view} />
      </p>
      {can.next === 'take' ? (
        <Button keyName="w" tone="primary" onPress={() => askFor('take')}>
          {text(view.holder === null ? 'cases.take' : 'cases.take-over')}
        </Button>
      ) : null}
      {can.protect ? (
        <Button keyName="p" icon={<HeartHandshake size={20} />} onPress={() => askFor('protection')}>
          {text('cases.protect')}
        </Button>
      ) : null}
      {can.handOver ? (
        <Button keyName="Control+g" icon={<ArrowRightLeft size={20} />} onPress={() => askFor('hand-over')}>
          {text('handover.hand-over')}
        </Button>
      ) : null}
      {can.print ? (
        <Button keyName="Control+p" icon={<Printer size={20} />} onPress={() => askFor('print')}>
          {text('cases.print')}
        </Button>
      ) : null}
    </header>
  );
}

/** The procedure comes from the station in a moment. */
function Waiting() {
  const text = useText();
  useHotkeys({
    titleId: 'cases.keys',
    hotkeys: [{ keys: ['Escape'], textId: 'cases.key.back', run: closeCase }],
  });
  const failure = useProcedure((state) => state.failure);
  if (failure === null) return <Progress label={text('cases.opening')} />;
  return (
    <ErrorPanel
      code={failure}
      actions={
        <>
          <Button onPress={() => void askProcedure()}>{text('ui.try-again')}</Button>
          <Button keyName="Escape" onPress={closeCase}>
            {text('history.back')}
          </Button>
        </>
      }
    />
  );
}

/** The person's data is gone; who did what stays. */
function Erased({ view }: { view: CaseView }) {
  const text = useText();
  const timeText = useTimeText();
  useHotkeys({
    titleId: 'cases.keys',
    hotkeys: [{ keys: ['Escape'], textId: 'cases.key.back', run: closeCase }],
  });
  return (
    <div className={styles.erased}>
      <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={closeCase}>
        {text('history.back')}
      </Button>
      <EmptyState title={text('history.erased')}>
        <p>{text('history.erased.at', { time: timeText(view.record.erasedAt ?? view.record.savedAt) })}</p>
      </EmptyState>
      <Trail acts={view.acts} />
    </div>
  );
}
