// The rows as editable places: a real text field for each row, over cells that carry the marks.
import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { useText } from '../../text/TextProvider.tsx';
import type { Judged } from './judged.ts';
import type { CellMark } from './marks.ts';
import styles from './MrzRows.module.css';
import { enterPressed, moveTo, pasteAt, removeAt, setRows, typeAt } from './rows.ts';
import { useExamine } from './store.ts';

export function MrzRows({ judged }: { judged: Judged }) {
  const text = useText();
  return (
    <div className={styles.rows} role="group" aria-label={text('examine.rows')} data-columns={judged.columns}>
      {judged.rows.map((line, row) => (
        // Rows have no identity but their place.
        <Row key={row} judged={judged} row={row} line={line} />
      ))}
    </div>
  );
}

function Row({ judged, row, line }: { judged: Judged; row: number; line: string }) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const column = useExamine((state) => (state.cell?.row === row ? state.cell.column : null));
  const marks = judged.marks[row] ?? [];

  useLayoutEffect(() => {
    const field = input.current;
    if (column === null || field === null) return;
    if (document.activeElement !== field) field.focus();
    if (field.selectionStart !== column || field.selectionEnd !== column)
      field.setSelectionRange(column, column);
  }, [column, line]);

  return (
    <div className={styles.row} style={{ '--columns': judged.columns } as CSSProperties}>
      <span className={styles.cells} aria-hidden="true">
        {Array.from({ length: judged.columns }, (_, at) => (
          // A cell, too, is known by its column alone.
          <Cell key={at} character={line[at] ?? ''} mark={marks[at]} isCurrent={at === column} />
        ))}
      </span>
      <input
        ref={input}
        className={styles.field}
        value={line}
        aria-label={text('examine.row', { row: row + 1, rows: judged.rows.length, length: line.length })}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck="false"
        data-refuses-bursts
        onChange={(event) => {
          const typed = event.target.value.toUpperCase().slice(0, judged.columns);
          const rows = judged.rows.map((one, at) => (at === row ? typed : one));
          setRows(rows, null);
        }}
        onKeyDown={(event) => onKey(event, judged, row)}
        onPaste={(event) => {
          if (event.clipboardData.files.length > 0) return;
          event.preventDefault();
          const { selectionStart, selectionEnd } = event.currentTarget;
          const end = selectionEnd ?? line.length;
          pasteAt(judged, row, selectionStart ?? end, end, event.clipboardData.getData('text/plain'));
        }}
        onFocus={({ currentTarget: { selectionStart } }) => {
          if (useExamine.getState().cell?.row !== row) moveTo(judged, row, selectionStart ?? 0);
        }}
        onClick={(event) => {
          // A text field puts the caret between letters; a place is meant.
          const { left, width } = event.currentTarget.getBoundingClientRect();
          const { selectionStart, selectionEnd } = event.currentTarget;
          if (selectionStart !== selectionEnd) return;
          moveTo(judged, row, Math.floor(((event.clientX - left) / width) * judged.columns));
        }}
        onBlur={() => {
          if (useExamine.getState().cell?.row === row) useExamine.setState({ cell: null });
        }}
      />
    </div>
  );
}

function Cell({
  character,
  mark,
  isCurrent,
}: {
  character: string;
  mark: CellMark | undefined;
  isCurrent: boolean;
}) {
  const changed = mark !== undefined && mark.rule !== null;
  return (
    <span
      className={styles.cell}
      data-filler={character === '<' || undefined}
      data-unsure={mark?.unsure || undefined}
      data-changed={changed || undefined}
      data-lit={mark?.lit || undefined}
      data-digit={mark?.digit ?? undefined}
      data-current={isCurrent || undefined}
    >
      {changed ? <span className={styles.from}>{mark.from === '' ? '·' : mark.from}</span> : null}
      {character}
    </span>
  );
}

function onKey(event: KeyboardEvent<HTMLInputElement>, judged: Judged, row: number): void {
  const field = event.currentTarget;
  const start = field.selectionStart ?? 0;
  const end = field.selectionEnd ?? start;
  const act = (run: () => void) => {
    event.preventDefault();
    run();
  };
  // AltGr is Ctrl and Alt at once on Windows; it types.
  const isShortcut = (event.ctrlKey || event.metaKey || event.altKey) && !event.getModifierState('AltGraph');
  if (isShortcut) return;
  const go = (column: number) => act(() => moveTo(judged, row, column));
  // With Shift the field itself extends the range.
  if (event.shiftKey && /^(Arrow(Left|Right)|Home|End)$/u.test(event.key)) return;
  if (event.key === 'ArrowLeft') go(start === end ? start - 1 : start);
  else if (event.key === 'ArrowRight') go(start === end ? end + 1 : end);
  else if (event.key === 'Home') go(0);
  else if (event.key === 'End') go(judged.columns);
  else if (event.key === 'ArrowUp') act(() => moveTo(judged, row - 1, start));
  else if (event.key === 'ArrowDown') act(() => moveTo(judged, row + 1, start));
  else if (event.key === 'Enter') act(() => enterPressed(judged, row));
  else if (event.key === 'Backspace') act(() => removeAt(judged, row, start, end, true));
  else if (event.key === 'Delete') act(() => removeAt(judged, row, start, end, false));
  else if ([...event.key].length === 1)
    act(() => typeAt(judged, row, start, end, event.key, event.timeStamp));
}
