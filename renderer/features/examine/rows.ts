// Changing the rows of the document on show by hand, and moving between their places.
import { BURST_GAP_MS } from '../../lib/hotkeys.ts';
import type { Judged } from './judged.ts';
import { type CellAt, nextDoubtful } from './marks.ts';
import { changeDocument, shownDocument, useExamine } from './store.ts';
import { pastedRows, type RowEdit, takeOut, typeInto } from './typing.ts';
import { withLines } from './work.ts';

let lastTypedAt = Number.NEGATIVE_INFINITY;

/** Puts whole rows in place of the present ones. */
export function setRows(rows: string[], cell: CellAt | null): void {
  const document = shownDocument(useExamine.getState());
  changeDocument(document.id, (one) =>
    one.reading === null ? one : { ...one, reading: withLines(one.reading, withoutEmptyEnd(rows)) },
  );
  useExamine.setState(cell === null ? { finding: null } : { cell, finding: null });
}

function withoutEmptyEnd(rows: string[]): string[] {
  let end = rows.length;
  while (end > 1 && rows[end - 1] === '') end -= 1;
  return rows.slice(0, end);
}

function setRow(judged: Judged, row: number, edit: RowEdit): void {
  const rows = judged.rows.map((line, at) => (at === row ? edit.row : line));
  setRows(rows, { row, column: edit.caret });
}

/** One typed character at a place or in place of a range. `atMs` tells typing from a reader's burst. */
export function typeAt(
  judged: Judged,
  row: number,
  start: number,
  end: number,
  text: string,
  atMs: number,
): void {
  const slow = atMs - lastTypedAt > BURST_GAP_MS;
  lastTypedAt = atMs;
  const line = judged.rows[row] ?? '';
  const atEnd = start === end && start >= judged.columns;
  const next = judged.rows[row + 1];
  if (atEnd) {
    // Only a hand goes on in the next row: a burst is put back from the one field in which it began.
    if (slow && next !== undefined) setRow(judged, row + 1, typeInto(next, 0, 0, text, judged.columns));
    return;
  }
  const edit = typeInto(line, start, end, text, judged.columns);
  setRow(judged, row, edit);
  if (slow && edit.caret >= judged.columns && next !== undefined && edit.row !== line) {
    useExamine.setState({ cell: { row: row + 1, column: 0 } });
  }
}

export function removeAt(judged: Judged, row: number, start: number, end: number, back: boolean): void {
  if (back && start === 0 && end === 0 && row > 0) {
    useExamine.setState({ cell: { row: row - 1, column: judged.rows[row - 1]?.length ?? 0 } });
    return;
  }
  setRow(judged, row, takeOut(judged.rows[row] ?? '', start, end, back));
}

/** Pasted text: a whole zone replaces all rows, anything else goes in at the place. */
export function pasteAt(judged: Judged, row: number, start: number, end: number, text: string): void {
  const rows = pastedRows(text);
  if (rows !== null) setRows(rows, { row: 0, column: 0 });
  else setRow(judged, row, typeInto(judged.rows[row] ?? '', start, end, text, judged.columns));
}

export function moveTo(judged: Judged, row: number, column: number): void {
  const line = judged.rows[row];
  if (line === undefined) return;
  useExamine.setState({ cell: { row, column: Math.max(0, Math.min(column, line.length)) } });
}

/** Enter: to the next row while typing, else to the next doubtful place. */
export function enterPressed(judged: Judged, row: number): void {
  const typing = !judged.reading.ok && shownDocument(useExamine.getState()).reading?.source === 'typed';
  if (typing && row + 1 < judged.rows.length) moveTo(judged, row + 1, 0);
  else toNextDoubtful(judged);
}

export function toNextDoubtful(judged: Judged): void {
  const found = nextDoubtful(judged.marks, useExamine.getState().cell);
  if (found !== null) useExamine.setState({ cell: found });
}
