// A separate, softer page without any document on it: someone may need help and not a decision.
import { useState } from 'react';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { closePicker, confirmProtection, writeNote } from './decisions.ts';
import styles from './ProtectPage.module.css';
import { useExamine } from './store.ts';

export function ProtectPage() {
  const text = useText();
  const note = useExamine((state) => state.notes.protect);
  const refused = useExamine((state) => state.trouble === 'decide-first');
  // As it was when the page opened: while it is being saved, nothing on it changes.
  const [isRecorded] = useState(() => useExamine.getState().protection?.recorded === true);
  const saving = useExamine((state) => state.saving);
  useHotkeys({
    titleId: 'examine.protect.title',
    level: 2,
    modal: true,
    hotkeys: [{ keys: ['Escape'], textId: 'examine.protect.back', run: closePicker, whileTyping: true }],
  });
  return (
    <section className={styles.page} aria-labelledby="protect-title">
      <div className={styles.words}>
        <h1 id="protect-title">{text('examine.protect.title')}</h1>
        <p>{text('examine.protect.calm')}</p>
        {isRecorded ? (
          <p>{text('examine.protect.already')}</p>
        ) : (
          <>
            <p>{text('examine.protect.record')}</p>
            <TextField
              label={text('examine.protect.note')}
              help={text('examine.protect.note.help')}
              value={note}
              onChange={(written) => writeNote('protect', written)}
              maxLength={4000}
              lines
              autoFocus
            />
          </>
        )}
        <div className={styles.actions}>
          <Button keyName="Escape" onPress={closePicker} isDisabled={saving}>
            {text('examine.protect.back')}
          </Button>
          <Button
            autoFocus={isRecorded}
            tone="primary"
            size="big"
            onPress={() => confirmProtection(note)}
            isDisabled={saving}
          >
            {text(isRecorded ? 'examine.protect.save' : 'examine.protect.confirm')}
          </Button>
        </div>
        {saving ? <Progress label={text('examine.saving')} /> : null}
        {refused ? (
          <Notice title={text('error.decide-first.happened')}>
            <p>{text('error.decide-first.safe')}</p>
            <p>{text('error.decide-first.todo')}</p>
          </Notice>
        ) : null}
      </div>
    </section>
  );
}
