// A visa and a passport in one examination: what both say side by side, what only the label says, and its days.
import { Check, Info, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import type { Finding } from '../../../../shared/examination/findings.ts';
import { LABEL_FIELDS, type LabelField } from '../../../../shared/examination/print.ts';
import { useHotkeys } from '../../../lib/hotkeys.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { sayOfPage } from '../lane-actions.ts';
import { PageFrame } from '../PageFrame.tsx';
import { closePage } from '../pages.ts';
import { useExamine } from '../store.ts';
import { useToday } from '../today.ts';
import type { DocumentWork } from '../work.ts';
import { TimeBar } from './TimeBar.tsx';
import { type VisaCase, visaCaseOf, type VisaRow } from './visa-case.ts';
import styles from './VisaPage.module.css';

export function VisaPage({ document }: { document: DocumentWork }) {
  const text = useText();
  const today = useToday();
  const documents = useExamine((state) => state.work.documents);
  const found = useMemo(() => visaCaseOf(documents, document.id, today), [documents, document.id, today]);
  const page = useRef<HTMLElement>(null);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => page.current?.focus(), []);
  useHotkeys({
    titleId: 'visa.keys',
    level: 2,
    hotkeys: [
      { keys: ['e'], textId: 'visa.key.type', run: () => first.current?.focus() },
      { keys: ['Escape'], textId: 'examine.page.key.back', run: () => closePage(), whileTyping: true },
    ],
  });
  return (
    <PageFrame
      ref={page}
      titleId="visa-title"
      title={text('visa.title')}
      aside={
        found === null ? null : (
          <Button keyName="e" onPress={() => first.current?.focus()}>
            {text('visa.type')}
          </Button>
        )
      }
      takesFocus
      isRoomy
    >
      {found === null ? (
        <p>{text('visa.none')}</p>
      ) : (
        <>
          <div className={styles.label}>
            {LABEL_FIELDS.map((field, index) => (
              <TextField
                key={`${found.document.id} ${field}`}
                label={text(`visa.field.${field}`)}
                value={found.print[field] ?? ''}
                maxLength={200}
                onChange={(said) => sayOfPage(found.document.id, { [field]: said === '' ? undefined : said })}
                help={isUnderstood(found, field) ? undefined : text('visa.not-understood')}
                {...(index === 0 ? { inputRef: first } : {})}
              />
            ))}
          </div>
          <Compared found={found} />
          <TimeBar days={found.days} />
          <Said found={found} />
        </>
      )}
    </PageFrame>
  );
}

/** Whether what was typed means something; an empty field does. */
function isUnderstood({ print, days }: VisaCase, field: LabelField): boolean {
  if ((print[field] ?? '').trim() === '') return true;
  const meant = {
    passportNumber: true,
    validFrom: days.from,
    stayDays: days.stayDays,
    entries: days.entries,
  };
  return meant[field] !== null;
}

function Compared({ found }: { found: VisaCase }) {
  const text = useText();
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{text('visa.column.what')}</th>
          <th scope="col">{text('visa.column.label')}</th>
          <th scope="col">{text('visa.column.passport')}</th>
          <th scope="col">{text('visa.column.result')}</th>
        </tr>
      </thead>
      <tbody>
        {found.rows.map((row) => (
          <tr key={row.id} data-severity={row.finding?.severity}>
            <th scope="row">{text(`visa.row.${row.id}`)}</th>
            <td>{row.label === '' ? <Missing id="visa.not-given" /> : row.label}</td>
            <td>
              {row.passport === '' ? (
                <Missing id={found.passport === null ? 'visa.no-passport' : 'visa.not-given'} />
              ) : (
                row.passport
              )}
            </td>
            <td className={styles.verdict}>
              <Verdict row={row} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Missing({ id }: { id: string }) {
  const text = useText();
  return <span className={styles.missing}>{text(id)}</span>;
}

function Verdict({ row }: { row: VisaRow }) {
  const text = useText();
  if (row.finding !== null) {
    return (
      <span className={styles.mark}>
        <SeverityIcon finding={row.finding} />
        {text(row.finding.severity === 'look' ? 'visa.differs' : 'visa.see-below')}
      </span>
    );
  }
  // The last days of two documents need not be the same.
  if (row.id === 'until' || row.label === '' || row.passport === '') return null;
  return (
    <span className={styles.mark}>
      <Check size={20} aria-hidden="true" />
      {text('visa.agrees')}
    </span>
  );
}

/** What is said of label and passport, each with both readings. */
function Said({ found }: { found: VisaCase }) {
  const text = useText();
  return (
    <div className={styles.said} role="region" aria-label={text('examine.findings')} tabIndex={0}>
      {found.passport === null ? <p>{text('visa.alone')}</p> : null}
      {found.passport !== null && found.findings.length === 0 ? <p>{text('visa.nothing')}</p> : null}
      {found.findings.map((finding) => (
        <SaidFinding key={finding.text.title} finding={finding} />
      ))}
    </div>
  );
}

function SaidFinding({ finding }: { finding: Finding }) {
  const text = useText();
  const { title, fraud, innocent } = finding.text;
  return (
    <div className={styles.finding} data-severity={finding.severity}>
      <p className={styles.mark}>
        <SeverityIcon finding={finding} />
        <strong>{text(title)}</strong>
      </p>
      <p>
        <LabelledReading label="examine.finding.reason" reading={fraud} />
      </p>
      <p>
        <LabelledReading label="examine.finding.innocent" reading={innocent} />
      </p>
    </div>
  );
}

function LabelledReading({ label, reading }: { label: string; reading: string | undefined }) {
  const text = useText();
  if (reading === undefined) return null;
  return (
    <>
      <span className={styles.reading}>{text(label)}</span> {text(reading)}
    </>
  );
}

function SeverityIcon({ finding }: { finding: Finding }) {
  const Icon = finding.severity === 'look' ? TriangleAlert : Info;
  return <Icon size={20} aria-hidden="true" />;
}
