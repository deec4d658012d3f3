// One line of the list. What it says of an outcome is the same for every kind of doubt.
import { memo } from 'react';
import type { HistoryRow } from '../../../shared/contract/records.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useHasText, useLanguage, useText } from '../../text/TextProvider.tsx';
import styles from './HistoryList.module.css';
import { focusRow } from './store.ts';

interface RowProps {
  row: HistoryRow;
  at: number;
  /** One row of the list is reached by Tab; the others by the arrows. */
  isInTabOrder: boolean;
  onOpen: () => void;
}

export const Row = memo(
  RowOf,
  (a, b) => a.row === b.row && a.isInTabOrder === b.isInTabOrder && a.at === b.at,
);

function RowOf({ row, at, isInTabOrder, onOpen }: RowProps) {
  const text = useText();
  const has = useHasText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const typeId = `document-type.${row.documentType}`;
  const stateId = `state.${row.issuer}`;
  return (
    <tr
      data-id={row.id}
      tabIndex={isInTabOrder ? 0 : -1}
      aria-rowindex={at + 2}
      className={styles.row}
      onFocus={() => focusRow(row.id)}
      onClick={onOpen}
    >
      <td className={styles.time}>
        <time dateTime={row.at}>{dateTimeIn(timeZone, new Date(row.at), language)}</time>
      </td>
      <td className={styles.outcome}>{text(`history.outcome.${row.outcome}`)}</td>
      <td className={styles.document}>
        {has(typeId) ? text(typeId) : text('history.document.unread')}
        {row.documents > 1 ? (
          <span className={styles.more}>{text('history.more-documents', { count: row.documents - 1 })}</span>
        ) : null}
      </td>
      <td className={styles.number}>{row.number}</td>
      <td className={styles.name}>{row.erasedAt === undefined ? row.name : text('history.erased.short')}</td>
      <td className={styles.state}>
        <span className={styles.stateName}>
          <span className={styles.code}>{row.issuer}</span>
          {has(stateId) ? <span>{text(stateId)}</span> : null}
        </span>
      </td>
      <td className={styles.officer}>{row.officerName}</td>
    </tr>
  );
}
