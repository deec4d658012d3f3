// The question after D or K: one reason by number, by arrows and Enter, or by pointing; a note if there is time.
import { ListBox, ListBoxItem } from 'react-aria-components';
import { DOUBT_REASONS, SKIP_REASONS } from '../../../shared/examination/outcomes.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/Button.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { chooseReason, closePicker, writeNote } from './decisions.ts';
import styles from './ReasonPicker.module.css';
import { useExamine } from './store.ts';

/** The number that stands before a reason; the tenth is 0. */
function digitOf(index: number): string {
  return String((index + 1) % 10);
}

export function ReasonPicker({ kind }: { kind: 'doubt' | 'skip' }) {
  const text = useText();
  const note = useExamine((state) => state.notes[kind]);
  const reasons = kind === 'doubt' ? DOUBT_REASONS : SKIP_REASONS;
  const choose = (reason: string) => chooseReason(kind === 'doubt' ? 'referred' : 'skip', reason, note);
  useHotkeys({
    titleId: `examine.pick.${kind}`,
    level: 2,
    modal: true,
    hotkeys: [
      ...reasons.map((reason, index) => ({
        keys: [digitOf(index)],
        textId: reason.text,
        run: () => choose(reason.id),
      })),
      { keys: ['Escape'], textId: 'ui.cancel', run: closePicker, whileTyping: true },
    ],
  });
  return (
    <div className={styles.picker}>
      <header className={styles.head}>
        <h2>{text(`examine.pick.${kind}`)}</h2>
        <Button keyName="Escape" tone="quiet" onPress={closePicker} spoken={text('ui.cancel')} />
      </header>
      <ListBox
        // The first reason is the usual one: Enter alone takes it.
        autoFocus="first"
        aria-label={text(`examine.pick.${kind}`)}
        selectionMode="none"
        className={styles.list ?? ''}
        onAction={(id) => choose(String(id))}
      >
        {reasons.map((reason, index) => (
          <ListBoxItem
            key={reason.id}
            id={reason.id}
            textValue={text(reason.text)}
            className={styles.reason ?? ''}
          >
            <KeyCap name={digitOf(index)} />
            <span>{text(reason.text)}</span>
          </ListBoxItem>
        ))}
      </ListBox>
      <TextField
        label={text('examine.note')}
        value={note}
        onChange={(written) => writeNote(kind, written)}
        maxLength={2000}
        lines
      />
    </div>
  );
}
