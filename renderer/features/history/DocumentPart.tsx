// One document of a record: its fields in plain words, its lines as read and as they came, its findings.
import { useMemo } from 'react';
import type { ExaminationRecord } from '../../../shared/contract/records.ts';
import type { JudgedAgain as Difference } from '../../../shared/examination/judge-again.ts';
import { parseMrz } from '../../../shared/mrz/parse.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './DocumentPart.module.css';
import { Fields } from './Fields.tsx';
import { Findings } from './Findings.tsx';
import { JudgedAgain } from './JudgedAgain.tsx';
import { Lines } from './Lines.tsx';
import { ListsAsked } from './ListsAsked.tsx';
import { PageSaid } from './PageSaid.tsx';

export type RecordedDocument = ExaminationRecord['documents'][number];

interface DocumentPartProps {
  document: RecordedDocument;
  /** Counted from 1 where the record has several documents. */
  number: number | null;
  /** What the rules of this version say otherwise. */
  again: Difference | undefined;
}

export function DocumentPart({ document, number, again }: DocumentPartProps) {
  const text = useText();
  const has = useHasText();
  const { reading, judgedOn } = document;
  // Fields are not stored twice: the same code reads the stored lines as on the day they were judged.
  const parsed = useMemo(
    () => (reading && reading.lines.length > 0 ? parseMrz(reading.lines, { today: judgedOn }) : null),
    [reading, judgedOn],
  );
  const typeId = parsed?.ok ? `document-type.${parsed.fields.documentType}` : '';
  const type = has(typeId) ? text(typeId) : text('history.document.unread');
  const title = number === null ? type : text('history.document.numbered', { number, type });
  return (
    <Panel title={title} aside={parsed?.ok ? <span className={styles.format}>{parsed.format}</span> : null}>
      <div className={styles.parts}>
        {parsed?.ok ? <Fields fields={parsed.fields} judgedOn={judgedOn} /> : null}
        {reading && reading.lines.length > 0 ? <Lines reading={reading} /> : null}
        {!reading || reading.lines.length === 0 ? <p>{text('history.nothing-read')}</p> : null}
        {reading?.print === undefined ? null : <PageSaid print={reading.print} />}
        <Findings findings={document.findings} rulesVersion={document.rulesVersion} judgedOn={judgedOn} />
        {reading?.lists === undefined ? null : <ListsAsked lists={reading.lists} />}
        {again === undefined ? null : <JudgedAgain difference={again} />}
      </div>
    </Panel>
  );
}
