// Print against zone: every field as the page would print it, confirmed by one key or corrected, and judged at once.
import { useEffect, useRef, useState } from 'react';
import { useHotkeys } from '../../../lib/hotkeys.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import type { Judged } from '../judged.ts';
import { sayOfPage } from '../lane-actions.ts';
import { PageFrame } from '../PageFrame.tsx';
import { closePage } from '../pages.ts';
import type { DocumentWork } from '../work.ts';
import { confirmed, nextRow, printedRows } from './printed.ts';
import styles from './PrintPage.module.css';
import { PrintRow } from './PrintRow.tsx';

export function PrintPage({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const text = useText();
  const page = useRef<HTMLElement>(null);
  const [at, setAt] = useState(0);
  const [editing, setEditing] = useState(false);
  const reading = judged?.reading;
  const rows = reading?.ok === true ? printedRows(reading, document.reading?.print) : [];
  const row = rows[at];
  const go = (index: number) => {
    setEditing(false);
    setAt(Math.max(0, Math.min(rows.length - 1, index)));
  };
  const say = (said: string | undefined) => {
    if (row !== undefined) sayOfPage(document.id, { [row.field]: said });
  };
  const confirm = (index: number) => {
    const asked = rows[index];
    if (asked === undefined) return;
    setAt(index);
    // Nothing to confirm: the page has something that the zone does not.
    if (asked.expected.length === 0) return setEditing(true);
    sayOfPage(document.id, confirmed([asked]));
    go(nextRow(rows, index));
  };
  const confirmRest = () => sayOfPage(document.id, confirmed(rows.filter(({ said }) => said === null)));
  // The focus goes with the field; while one is corrected, its own text field has it.
  useEffect(() => {
    if (!editing) (page.current?.querySelector<HTMLElement>('[data-chosen]') ?? page.current)?.focus();
  }, [at, editing]);
  useHotkeys({
    titleId: 'print.keys',
    level: 2,
    hotkeys: [
      { keys: ['ArrowUp'], textId: 'print.key.up', run: () => go(at - 1), repeats: true },
      { keys: ['ArrowDown'], textId: 'print.key.down', run: () => go(at + 1), repeats: true },
      { keys: ['Enter'], textId: 'print.key.confirm', run: () => confirm(at), enabled: isOnRow },
      { keys: ['e'], textId: 'print.key.correct', run: () => setEditing(true) },
      { keys: ['y'], textId: 'print.key.all', run: confirmRest },
      { keys: ['Delete', 'Backspace'], textId: 'print.key.clear', run: () => say(undefined) },
      {
        keys: ['Escape'],
        textId: 'examine.page.key.back',
        run: () => (editing ? setEditing(false) : closePage()),
        whileTyping: true,
      },
    ],
  });
  return (
    <PageFrame ref={page} titleId="print-title" title={text('print.title')} takesFocus>
      {rows.length === 0 ? (
        <p className={styles.how}>{text('print.unread')}</p>
      ) : (
        <>
          <ul className={styles.rows}>
            {rows.map((one, index) => (
              <li key={one.field}>
                <PrintRow
                  row={one}
                  isChosen={index === at}
                  isEditing={editing && index === at}
                  onConfirm={() => confirm(index)}
                  onSay={(said) => {
                    say(said.trim() === '' ? undefined : said);
                    go(nextRow(rows, index));
                  }}
                />
              </li>
            ))}
          </ul>
          <footer className={styles.foot}>
            <Button keyName="Enter" onPress={() => confirm(at)}>
              {text('print.confirm')}
            </Button>
            <Button keyName="e" onPress={() => setEditing(true)}>
              {text('print.correct')}
            </Button>
            <Button keyName="y" onPress={confirmRest}>
              {text('print.all')}
            </Button>
          </footer>
        </>
      )}
    </PageFrame>
  );
}

/** Enter belongs to a button that has the focus. */
const isOnRow = () => globalThis.document.activeElement?.matches('[data-print-row], body, section') === true;
