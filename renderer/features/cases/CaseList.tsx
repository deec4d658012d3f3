// The list of cases, newest first: which wait, who has them in hand, what is not checked yet; arrows and Enter to open.
import { FileDown, FolderSearch } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { useCan } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import styles from './CaseList.module.css';
import { CaseLine } from './CaseLine.tsx';
import { openCase, useCase } from './case-store.ts';
import { moreCases, refreshList, type Show, showCases, useCaseList } from './list-store.ts';
import { ReceiveDialog } from './ReceiveDialog.tsx';
import { SaveTrouble } from './SaveTrouble.tsx';

const COLUMNS = ['time', 'state', 'document', 'number', 'name', 'open', 'differs', 'outcome'] as const;
const SHOWS = [
  ['open', 'o'],
  ['done', 'd'],
  ['all', 'a'],
] as const satisfies readonly (readonly [Show, string])[];
/** The next rows are asked for when so much is left to scroll, in pixels. */
const NEAR_END_PX = 600;
const ROWS_PER_PAGE = 10;

export function CaseList() {
  const text = useText();
  const { show, phase, failure, rows, more, focusedId } = useCaseList();
  const openFailure = useCase((state) => state.openFailure);
  const isOpening = useCase((state) => state.isOpening);
  const [isReceiving, setReceiving] = useState(false);
  const mayReceive = useCan('case.receive');
  const table = useRef<HTMLTableElement>(null);
  const current = rows.findIndex(({ id }) => id === focusedId);

  const focusAt = (at: number) => {
    const row = table.current?.querySelectorAll<HTMLElement>('tbody tr')[at];
    row?.focus({ preventScroll: true });
    row?.scrollIntoView({ block: 'nearest' });
    if (at >= rows.length - ROWS_PER_PAGE) void moreCases();
  };

  // The row of before, or the first one: Enter opens it.
  const firstId = rows[0]?.id;
  useEffect(() => {
    if (firstId === undefined || document.activeElement?.tagName === 'TR') return;
    const row = table.current?.querySelector<HTMLElement>('tr[tabindex="0"]');
    if (document.activeElement === document.body) row?.focus();
  }, [firstId]);

  const hotkeys: Hotkey[] = [
    ...SHOWS.map(([id, key]) => ({ keys: [key], textId: `cases.show.${id}`, run: () => showCases(id) })),
    {
      keys: ['r'],
      textId: 'handover.receive',
      run: () => setReceiving(true),
      enabled: () => mayReceive,
    },
    { keys: ['ArrowDown'], textId: 'history.key.list', run: () => focusAt(Math.max(0, current)) },
    {
      keys: ['Enter'],
      textId: 'history.key.open',
      run: () => focusedId !== null && void openCase(focusedId),
      enabled: () => focusedId !== null && document.activeElement?.tagName === 'TR',
    },
  ];
  useHotkeys({ titleId: 'screen.cases', hotkeys });

  const onKeyDown = (event: KeyboardEvent) => {
    const at = rows.findIndex(({ id }) => id === (event.target as HTMLElement).dataset['id']);
    const to = at < 0 ? null : nextRow(event.key, at, rows.length);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    focusAt(to);
  };

  return (
    <div className={styles.screen}>
      <div className={styles.line} role="toolbar" aria-label={text('cases.show')}>
        {SHOWS.map(([id, key]) => (
          <Button key={id} keyName={key} aria-pressed={id === show} onPress={() => showCases(id)}>
            {text(`cases.show.${id}`)}
          </Button>
        ))}
        {mayReceive ? (
          <Button keyName="r" icon={<FileDown size={20} />} onPress={() => setReceiving(true)}>
            {text('handover.receive')}
          </Button>
        ) : null}
        {isOpening || phase === 'loading' ? (
          <Progress label={text(isOpening ? 'cases.opening' : 'cases.loading')} />
        ) : null}
        <p role="status" className={styles.count}>
          {phase === 'ready' ? text(more ? 'cases.count-more' : 'cases.count', { count: rows.length }) : ''}
        </p>
      </div>
      {isReceiving ? <ReceiveDialog onClose={() => setReceiving(false)} /> : null}
      <SaveTrouble />
      {openFailure === null ? null : <ErrorPanel code={openFailure} />}
      {failure === null ? null : (
        <ErrorPanel
          code={failure}
          actions={<Button onPress={() => void refreshList()}>{text('ui.try-again')}</Button>}
        />
      )}
      <div
        className={styles.scroll}
        onScroll={({ currentTarget: box }) => {
          if (box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX) void moreCases();
        }}
      >
        <table
          ref={table}
          className={styles.table}
          role="grid"
          aria-label={text('screen.cases')}
          aria-rowcount={more ? -1 : rows.length + 1}
          onKeyDown={onKeyDown}
        >
          <thead>
            <tr>
              {COLUMNS.map((column) => (
                <th key={column} scope="col" className={styles[column]}>
                  {text(`cases.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              <CaseLine
                key={row.id}
                row={row}
                at={at}
                isInTabOrder={current < 0 ? at === 0 : at === current}
                onOpen={() => void openCase(row.id)}
              />
            ))}
          </tbody>
        </table>
        {phase === 'ready' && rows.length === 0 && failure === null ? (
          <EmptyState icon={<FolderSearch size={48} />} title={text(`cases.empty.${show}`)}>
            <p>{text('cases.empty.help')}</p>
          </EmptyState>
        ) : null}
      </div>
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
