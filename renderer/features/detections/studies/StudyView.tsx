// One case study to read, with its question: answered by one key, and told why. It can be printed; an own one taken back.
import { ArrowLeft, FileX2, Printer } from 'lucide-react';
import { useState } from 'react';
import { studySheet } from '../../../../shared/report/study-sheet.ts';
import { type Hotkey, useHotkeys } from '../../../lib/hotkeys.ts';
import { printSheet } from '../../../lib/print-sheet.ts';
import { useStation } from '../../../lib/store-station.ts';
import { useCan } from '../../../lib/store-vault.ts';
import { dateTimeIn } from '../../../lib/time.ts';
import { useAction } from '../../../lib/use-action.ts';
import { useHasText, useLanguage, useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../../ui/Notice.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { StudyPage } from '../../../ui/study/StudyPage.tsx';
import { closeStudy, type OpenStudy } from './library-store.ts';
import { Question } from './Question.tsx';
import styles from './Studies.module.css';
import { useStudyPictures } from './use-study-pictures.ts';
import { TakeBackForm } from './TakeBackForm.tsx';

export function StudyView({ open: { row, study } }: { open: OpenStudy }) {
  const text = useText();
  const has = useHasText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const pictures = useStudyPictures(
    row.id,
    study.images.map(({ sha256 }) => sha256),
  );
  const [isTakingBack, setTakingBack] = useState(false);
  const canTakeBack = useCan('report.withdraw') && row.from === 'here' && row.state === 'approved';
  const action = useAction();
  const source = sourceWords(row, text, (at) => dateTimeIn(timeZone, new Date(at), language));
  const print = () =>
    void action.run(() =>
      printSheet(
        studySheet(
          { study, source, pictures: pictures.known },
          {
            language,
            say: text,
            state: (code) => (has(`state.${code}`) ? text(`state.${code}`) : code),
          },
        ),
      ),
    );
  const hotkeys: Hotkey[] = [
    { keys: ['Escape'], textId: 'studies.back', run: closeStudy },
    { keys: ['p'], textId: 'studies.print', run: print, enabled: () => pictures.isWhole },
    {
      keys: ['w'],
      textId: 'reports.withdraw',
      run: () => setTakingBack(true),
      enabled: () => canTakeBack,
    },
  ];
  useHotkeys({ titleId: 'studies.reading', hotkeys });
  return (
    <div className={styles.screen}>
      <div className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={closeStudy}>
          {text('studies.back')}
        </Button>
        <h1>{study.title}</h1>
        <Button
          keyName="p"
          icon={<Printer size={20} />}
          isDisabled={!pictures.isWhole || action.isBusy}
          onPress={print}
        >
          {text('studies.print')}
        </Button>
        {canTakeBack ? (
          <Button keyName="w" tone="quiet" icon={<FileX2 size={20} />} onPress={() => setTakingBack(true)}>
            {text('reports.withdraw')}
          </Button>
        ) : null}
      </div>
      {action.failure === null ? null : <ErrorPanel code={action.failure} />}
      {row.state === 'approved' ? null : <Notice>{text(`reports.state.${row.state}`)}</Notice>}
      <Panel label={study.title} scrolls className={styles.reading}>
        <StudyPage study={study} pictureOf={pictures.of} question={<Question question={study.question} />} />
        <p className={styles.quiet}>{source}</p>
      </Panel>
      <Dialog title={text('reports.withdraw')} isOpen={isTakingBack} onClose={() => setTakingBack(false)}>
        {isTakingBack ? <TakeBackForm id={row.id} onClose={() => setTakingBack(false)} /> : null}
      </Dialog>
    </div>
  );
}

/** Who published it and when, in one sentence. */
function sourceWords(
  { from, at, agencyName, stationCode }: OpenStudy['row'],
  text: ReturnType<typeof useText>,
  timeText: (at: string) => string,
): string {
  if (at === null) return text('studies.source.utopia');
  const time = timeText(at);
  if (from === 'here') return text('studies.source.here', { time });
  return text('studies.source.others', { agency: agencyName, station: stationCode, time });
}
