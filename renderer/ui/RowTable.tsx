// A list as a table: fixed heading, one row in the Tab order, arrows and Page keys walk, a row opens by Enter or a press.
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { useHotkeys } from '../lib/hotkeys.ts';
import styles from './RowTable.module.css';

export interface Column<Row> {
  id: string;
  /** Words of the heading. */
  title: string;
  /** Of the heading and of each cell: its width, and how it is set. Without one it shares what is left. */
  className?: string | undefined;
  cell: (row: Row) => ReactNode;
}

interface RowTableProps<Row extends { id: string }> {
  /** What the list is of, for whoever hears it. */
  label: string;
  /** Catalogue id of the group of keys that the list stands under. */
  keysId: string;
  /** It stands in a dialog, whose keys come before those of the screen below. */
  inDialog?: boolean;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** There are more rows than are here. */
  more: boolean;
  /** The row that has or had the focus. */
  focusedId: string | null;
  onFocus: (id: string) => void;
  onOpen: (row: Row) => void;
  /** The end of what is here comes near. */
  onNearEnd: () => void;
  /** Below the heading where there is no row. */
  empty: ReactNode;
}

/** The next rows are asked for when so much is left to scroll, in pixels. */
const NEAR_END_PX = 600;
const ROWS_PER_PAGE = 10;

export function RowTable<Row extends { id: string }>(props: RowTableProps<Row>) {
  const {
    label,
    keysId,
    inDialog = false,
    columns,
    rows,
    more,
    focusedId,
    onFocus,
    onOpen,
    onNearEnd,
    empty,
  } = props;
  const table = useRef<HTMLTableElement>(null);
  const current = rows.findIndex(({ id }) => id === focusedId);

  const focusAt = (at: number) => {
    const row = table.current?.querySelectorAll<HTMLElement>('tbody tr')[at];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
    if (at >= rows.length - ROWS_PER_PAGE) onNearEnd();
  };

  // The row of before, or the first one: Enter opens it.
  const firstId = rows[0]?.id;
  useEffect(() => {
    if (firstId === undefined || document.activeElement !== document.body) return;
    table.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus();
  }, [firstId]);

  useHotkeys({
    titleId: keysId,
    level: inDialog ? 2 : 1,
    hotkeys: [
      { keys: ['ArrowDown'], textId: 'history.key.list', run: () => focusAt(Math.max(0, current)) },
      {
        keys: ['Enter'],
        textId: 'history.key.open',
        run: () => rows[current] !== undefined && onOpen(rows[current]),
        enabled: () => current >= 0 && document.activeElement?.tagName === 'TR',
      },
    ],
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === (event.target as HTMLElement).dataset['id']);
    if (at < 0) return;
    const to = nextRow(event.key, at, rows.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    focusAt(to);
  };

  return (
    <div
      className={styles.scroll}
      onScroll={({ currentTarget: box }) => {
        if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX) onNearEnd();
      }}
    >
      <table
        ref={table}
        className={styles.table}
        role="grid"
        aria-label={label}
        aria-rowcount={more ? -1 : rows.length + 1}
        onKeyDown={onKeyDown}
      >
        <thead>
          <tr>
            {columns.map(({ id, title, className }) => (
              <th key={id} scope="col" className={className}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr
              key={row.id}
              data-id={row.id}
              // One row of the list is reached by Tab; the others by the arrows.
              tabIndex={(current < 0 ? at === 0 : at === current) ? 0 : -1}
              aria-rowindex={at + 2}
              className={styles.row}
              onFocus={() => onFocus(row.id)}
              onClick={() => onOpen(row)}
            >
              {columns.map(({ id, className, cell }) => (
                <td key={id} className={className}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? empty : null}
    </div>
  );
}

/** Where a key leads from row `at`; null for a key of others. */
function nextRow(key: string, at: number, count: number): number | null {
  const last = count - 1;
  const to: Readonly<Record<string, number>> = {
    ArrowDown: Math.min(last, at + 1),
    ArrowUp: Math.max(0, at - 1),
    PageDown: Math.min(last, at + ROWS_PER_PAGE),
    PageUp: Math.max(0, at - ROWS_PER_PAGE),
    Home: 0,
    End: last,
  };
  return to[key] ?? null;
}
