// The list of examinations: type to find, arrows and Enter to open, newest first.
import { BookOpenText, SearchX } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { showScreen } from '../../lib/store-screen.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Filters } from './Filters.tsx';
import styles from './HistoryList.module.css';
import { Row } from './Row.tsx';
import { isNarrowed, loadMore, NOTHING_WANTED, openRecord, search, useHistory, want } from './store.ts';

const COLUMNS = ['time', 'outcome', 'document', 'number', 'name', 'state', 'officer'] as const;
/** The next rows are asked for when so much is left to scroll, in pixels. */
const NEAR_END_PX = 600;
const ROWS_PER_PAGE = 10;

export function HistoryList() {
  const text = useText();
  const { wanted, phase, failure, openFailure, rows, total, more, focusedId } = useHistory();
  const searchRef = useRef<HTMLInputElement>(null);
  const tableRef = useRef<HTMLTableElement>(null);
  const current = rows.findIndex((row) => row.id === focusedId);

  const focusAt = (at: number) => {
    const rowAt = tableRef.current?.querySelectorAll<HTMLElement>('tbody tr')[at];
    rowAt?.focus({ preventScroll: true });
    rowAt?.scrollIntoView({ block: 'nearest' });
    if (at >= rows.length - ROWS_PER_PAGE) void loadMore();
  };

  // Coming back from a record, the same row has the focus; otherwise the search field, so that one can type.
  const restore = useRef(focusedId);
  useEffect(() => {
    const row = tableRef.current?.querySelector<HTMLElement>(`tr[data-id="${restore.current ?? ''}"]`);
    if (row) row.focus();
    else searchRef.current?.focus();
  }, []);

  const hotkeys: Hotkey[] = [
    { keys: ['/'], textId: 'history.key.search', run: () => searchRef.current?.focus() },
    { keys: ['ArrowDown'], textId: 'history.key.list', run: () => focusAt(Math.max(0, current)) },
    {
      keys: ['Enter'],
      textId: 'history.key.open',
      run: () => focusedId && void openRecord(focusedId),
      enabled: () => focusedId !== null && document.activeElement?.tagName === 'TR',
    },
    {
      keys: ['Escape'],
      textId: 'history.key.clear',
      whileTyping: true,
      run: () => want(NOTHING_WANTED),
      enabled: () => isNarrowed(wanted),
    },
  ];
  useHotkeys({ titleId: 'history.keys', hotkeys });

  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex((row) => row.id === (event.target as HTMLElement).dataset['id']);
    if (at < 0) return;
    const to = nextRow(event.key, at, rows.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (to === -1) searchRef.current?.focus();
    else focusAt(to);
  };

  return (
    <div className={styles.screen}>
      <Filters wanted={wanted} searchRef={searchRef} onDown={() => focusAt(Math.max(0, current))} />
      <div className={styles.line}>
        <p role="status" className={styles.count}>
          {phase === 'ready' ? text(more ? 'history.count-more' : 'history.count', { count: total }) : ''}
        </p>
        {isNarrowed(wanted) ? (
          <Button tone="quiet" keyName="Escape" onPress={() => want(NOTHING_WANTED)}>
            {text('history.clear-filter')}
          </Button>
        ) : null}
      </div>
      {openFailure ? <ErrorPanel code={openFailure} /> : null}
      {failure ? (
        <ErrorPanel
          code={failure}
          actions={<Button onPress={() => void search()}>{text('ui.try-again')}</Button>}
        />
      ) : null}
      <div
        className={styles.scroll}
        onScroll={(event) => {
          const box = event.currentTarget;
          if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX) void loadMore();
        }}
      >
        <table
          ref={tableRef}
          className={styles.table}
          role="grid"
          aria-label={text('screen.history')}
          aria-rowcount={more ? -1 : total + 1}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={styles[column]}>
                  {text(`history.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <Row
                key={row.id}
                row={row}
                at={at}
                isInTabOrder={current < 0 ? at === 0 : at === current}
                onOpen={() => void openRecord(row.id)}
              />
            ))}
          </tbody>
        </table>
        {phase === 'ready' && rows.length === 0 ? <Nothing /> : null}
      </div>
    </div>
  );
}

/** Where a key leads from row `at`: a row, -1 for the search field, or null for a key of others. */
export function nextRow(key: string, at: number, count: number): number | null {
  if (key === 'ArrowDown') return Math.min(count - 1, at + 1);
  if (key === 'ArrowUp') return at - 1;
  if (key === 'PageDown') return Math.min(count - 1, at + ROWS_PER_PAGE);
  if (key === 'PageUp') return Math.max(0, at - ROWS_PER_PAGE);
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : null;
}

function Nothing() {
  const text = useText();
  const wanted = useHistory((history) => history.wanted);
  if (isNarrowed(wanted)) {
    return (
      <EmptyState icon={<SearchX size={48} />} title={text('history.none-fit')}>
        <p>{text('history.none-fit.help')}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<BookOpenText size={48} />}
      title={text('history.empty')}
      actions={
        <Button keyName="F1" onPress={() => showScreen('examine')}>
          {text('screen.examine')}
        </Button>
      }
    >
      <p>{text('history.empty.help')}</p>
    </EmptyState>
  );
}
