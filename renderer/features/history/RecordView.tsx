// One examination as it was saved: pictures, lines, findings as they were shown then, and every decision.
import { ArrowLeft, FolderOutput, Lock, Printer, Scale } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { ExaminationRecord } from '../../../shared/contract/records.ts';
import { wordsOf } from '../../../shared/examination/finding-words.ts';
import { judgeAgain } from '../../../shared/examination/judge-again.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { printPage } from '../../lib/print.ts';
import { useStation } from '../../lib/store-station.ts';
import { useCan } from '../../lib/store-vault.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useHasText, useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TileViewer } from '../../ui/TileViewer.tsx';
import { ChangeDecision } from './ChangeDecision.tsx';
import { DocumentPart } from './DocumentPart.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { FilmStrip } from './FilmStrip.tsx';
import { HoldDialog } from './HoldDialog.tsx';
import { PrintedPictures, picturesForPaper } from './PrintedPictures.tsx';
import styles from './RecordView.module.css';
import { beginChange, closeRecord } from './store.ts';
import { Trail } from './Trail.tsx';

export function RecordView({ record }: { record: ExaminationRecord }) {
  const text = useText();
  const has = useHasText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const [at, setAt] = useState(0);
  const [asked, setAsked] = useState<'export' | 'hold' | null>(null);
  const isErased = record.erasedAt !== undefined;
  const mayChange = useCan('decision.change') && !isErased;
  const mayExport = useCan('case.export') && !isErased;
  const mayHold = useCan('hold.set') && !isErased;
  const documents = useRef<HTMLDivElement>(null);
  useEffect(() => documents.current?.focus(), []);
  const again = useMemo(
    () =>
      judgeAgain(record.documents, (ids) => wordsOf(ids, language, (id) => (has(id) ? text(id) : undefined))),
    [record.documents, language, has, text],
  );
  const pictures = useMemo(() => picturesOf(record), [record]);
  const shown = pictures[at];
  const step = (by: number) => setAt((old) => Math.min(pictures.length - 1, Math.max(0, old + by)));
  const print = () => void picturesForPaper().then(printPage);
  const hotkeys: Hotkey[] = [
    { keys: ['Escape'], textId: 'history.key.back', run: closeRecord },
    {
      keys: ['d'],
      textId: 'history.key.change',
      run: () => beginChange(record),
      enabled: () => mayChange,
    },
    { keys: ['e'], textId: 'case-export.title', run: () => setAsked('export'), enabled: () => mayExport },
    { keys: ['h'], textId: 'hold-page.set', run: () => setAsked('hold'), enabled: () => mayHold },
    { keys: ['p'], textId: 'history.key.print', run: print },
    {
      keys: ['ArrowLeft'],
      textId: 'history.key.previous',
      run: () => step(-1),
      enabled: () => pictures.length > 1,
    },
    {
      keys: ['ArrowRight'],
      textId: 'history.key.next',
      run: () => step(1),
      enabled: () => pictures.length > 1,
    },
  ];
  useHotkeys({ titleId: 'history.keys.record', hotkeys });
  const last = record.decisions.at(-1);
  return (
    <div className={styles.screen}>
      <header className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={closeRecord}>
          {text('history.back')}
        </Button>
        <div className={styles.title}>
          <h1>{last ? text(`history.outcome.${last.outcome}`) : ''}</h1>
          <p>
            {text('history.record.where', {
              time: dateTimeIn(timeZone, new Date(record.savedAt), language),
              place: record.place,
              code: record.stationCode,
              officer: record.officerName,
            })}
          </p>
        </div>
        {mayHold ? (
          <Button keyName="h" icon={<Lock size={20} />} onPress={() => setAsked('hold')}>
            {text(record.holdId === undefined ? 'hold-page.set' : 'hold-page.on')}
          </Button>
        ) : null}
        {mayExport ? (
          <Button keyName="e" icon={<FolderOutput size={20} />} onPress={() => setAsked('export')}>
            {text('case-export.open')}
          </Button>
        ) : null}
        {mayChange ? (
          <Button keyName="d" icon={<Scale size={20} />} onPress={() => beginChange(record)}>
            {text('history.change')}
          </Button>
        ) : null}
        <Button keyName="p" icon={<Printer size={20} />} onPress={print}>
          {text('history.print')}
        </Button>
      </header>
      <div className={styles.body}>
        <div className={styles.pictures}>
          {shown ? (
            <TileViewer
              picture={shown}
              alt={text('history.picture', { number: at + 1, count: pictures.length })}
              outline={shown.outline}
            />
          ) : (
            <EmptyState title={text(isErased ? 'history.erased' : 'history.no-picture')}>
              <p>{text(isErased ? 'history.erased.help' : 'history.no-picture.help')}</p>
            </EmptyState>
          )}
          {pictures.length > 1 ? <FilmStrip pictures={pictures} at={at} onShow={setAt} /> : null}
        </div>
        <PrintedPictures pictures={pictures} />
        <div
          ref={documents}
          className={styles.documents}
          role="region"
          aria-label={text('history.documents')}
          tabIndex={0}
        >
          {record.erasedAt === undefined ? null : (
            <Notice title={text('history.erased')}>
              <p>
                {text('history.erased.at', {
                  time: dateTimeIn(timeZone, new Date(record.erasedAt), language),
                })}
              </p>
            </Notice>
          )}
          {record.documents.map((document, number) => (
            <DocumentPart
              key={document.id}
              document={document}
              number={record.documents.length > 1 ? number + 1 : null}
              again={again[number]}
            />
          ))}
        </div>
        <Trail record={record} timeZone={timeZone} />
      </div>
      <ChangeDecision record={record} />
      <ExportDialog examinationId={record.id} isOpen={asked === 'export'} onClose={() => setAsked(null)} />
      <HoldDialog record={record} isOpen={asked === 'hold'} onClose={() => setAsked(null)} />
    </div>
  );
}

export interface Picture {
  id: string;
  width: number;
  height: number;
  light: string;
  outline: readonly { x: number; y: number }[] | null;
}

/** All pictures of a record in order; the one that was read carries the outline of what was read. */
export function picturesOf(record: ExaminationRecord): Picture[] {
  return record.documents.flatMap((document) =>
    document.images.map((image) => ({
      id: image.id,
      width: image.width,
      height: image.height,
      light: image.light,
      outline: document.reading?.imageId === image.id ? document.reading.outline : null,
    })),
  );
}
