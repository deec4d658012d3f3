// A separate, softer page without any document on it: someone may need help and not a decision.
import { useState } from 'react';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { closePicker, confirmProtection } from './decisions.ts';
import styles from './ProtectPage.module.css';
import { useExamine } from './store.ts';

export function ProtectPage() {
  const text = useText();
  const [note, setNote] = useState('');
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
        <p>{text('examine.protect.record')}</p>
        <TextField
          label={text('examine.protect.note')}
          help={text('examine.protect.note.help')}
          value={note}
          onChange={setNote}
          maxLength={4000}
          lines
          autoFocus
        />
        <div className={styles.actions}>
          <Button keyName="Escape" onPress={closePicker} isDisabled={saving}>
            {text('examine.protect.back')}
          </Button>
          <Button tone="primary" size="big" onPress={() => confirmProtection(note)} isDisabled={saving}>
            {text('examine.protect.confirm')}
          </Button>
        </div>
        {saving ? <Progress label={text('examine.saving')} /> : null}
      </div>
    </section>
  );
}
