// One case in the list.
import type { CaseRow } from '../../../shared/contract/cases.ts';
import { outcomeWord } from '../../../shared/procedures/words.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import styles from './CaseList.module.css';
import { focusCase } from './list-store.ts';
import { StateWords } from './StateWords.tsx';
import { useTimeText } from './use-case-now.ts';

interface CaseLineProps {
  row: CaseRow;
  at: number;
  /** One row of the list is reached by Tab; the others by the arrows. */
  isInTabOrder: boolean;
  onOpen: () => void;
}

export function CaseLine({ row, at, isInTabOrder, onOpen }: CaseLineProps) {
  const text = useText();
  const has = useHasText();
  const timeText = useTimeText();
  const typeId = `document-type.${row.documentType}`;
  return (
    <tr
      data-id={row.id}
      tabIndex={isInTabOrder ? 0 : -1}
      aria-rowindex={at + 2}
      className={styles.row}
      onFocus={() => focusCase(row.id)}
      onClick={onOpen}
    >
      <td className={styles.time}>
        <time dateTime={row.at}>{timeText(row.at)}</time>
      </td>
      <td className={styles.state}>
        <StateWords {...row} />
      </td>
      <td className={styles.document}>
        {has(typeId) ? text(typeId) : text('history.document.unread')}
        <span className={styles.code}>{row.issuer}</span>
      </td>
      <td className={styles.number}>{row.number}</td>
      <td className={styles.name}>{row.name}</td>
      <td className={styles.open}>{row.notChecked}</td>
      <td className={`${styles.differs} ${row.differs > 0 ? styles.look : styles.none}`}>{row.differs}</td>
      <td className={`${styles.outcome} ${row.outcome === null ? styles.none : ''}`}>
        {row.outcome === null ? text('cases.no-outcome') : text(outcomeWord(row.outcome))}
      </td>
    </tr>
  );
}
