// One field of the page: as it would be printed, what the officer said of it, and how that agrees with the zone.
import { Check, Eye, TriangleAlert } from 'lucide-react';
import { useText } from '../../../text/TextProvider.tsx';
import fields from '../../../ui/fields.module.css';
import type { PrintedRow } from './printed.ts';
import styles from './PrintPage.module.css';

interface PrintRowProps {
  row: PrintedRow;
  isChosen: boolean;
  isEditing: boolean;
  onConfirm: () => void;
  /** What was typed of the page; empty takes back what was said. */
  onSay: (said: string) => void;
}

const ICONS = { equal: Check, explained: Check, differs: TriangleAlert, 'not-comparable': Eye } as const;

export function PrintRow({ row, isChosen, isEditing, onConfirm, onSay }: PrintRowProps) {
  const text = useText();
  const { field, expected, said } = row;
  const [likeliest, ...others] = expected;
  const label = text(`print.field.${field}`);
  const shown = (
    <span className={styles.field}>
      <span className={styles.label}>
        {label}{' '}
        {others.length > 0 ? (
          <span className={styles.others}>{text('print.others', { others: others.join(', ') })}</span>
        ) : null}
      </span>
      <span className={styles.expected}>{likeliest ?? text('print.nothing')}</span>
    </span>
  );
  if (isEditing) {
    return (
      <div className={styles.row} data-chosen>
        {shown}
        <input
          className={fields.control}
          aria-label={text('print.page-says', { field: label })}
          defaultValue={said ?? likeliest ?? ''}
          autoComplete="off"
          spellCheck="false"
          maxLength={200}
          ref={begin}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onSay(event.currentTarget.value);
          }}
        />
      </div>
    );
  }
  return (
    <button
      type="button"
      className={styles.row}
      data-print-row={field}
      data-chosen={isChosen || undefined}
      tabIndex={isChosen ? 0 : -1}
      onClick={onConfirm}
    >
      {shown}
      <Said row={row} />
    </button>
  );
}

/** The whole text is chosen, so that typing replaces it. */
function begin(input: HTMLInputElement | null): void {
  input?.focus();
  input?.select();
}

function Said({ row: { expected, said, compared } }: { row: PrintedRow }) {
  const text = useText();
  if (said === null || compared === null) {
    return <span className={styles.none}>{text('print.not-looked')}</span>;
  }
  // The two parts of a name are compared as one: of a part that stands as shown nothing more is to say.
  const asShown = expected.includes(said);
  const outcome = asShown ? 'equal' : compared.outcome;
  const Icon = ICONS[outcome];
  return (
    <span className={styles.said} data-outcome={outcome}>
      <Icon size={20} aria-hidden="true" />
      <span>
        {asShown ? null : <span className={styles.words}>{said}</span>}
        <span className={styles.outcome}>
          {asShown ? text('print.as-shown') : text(`print.outcome.${outcome}`)}
          {asShown
            ? null
            : compared.by.map((reason) => <span key={reason}> {text(`print.reason.${reason}`)}</span>)}
        </span>
      </span>
    </span>
  );
}
