// A new decision on a saved examination. The old one stays in the record and is named by the new one.
import { type FormEvent, useState } from 'react';
import type { ExaminationRecord, Outcome } from '../../../shared/contract/records.ts';
import { OUTCOME_CODES, reasonsFor } from '../../../shared/examination/outcomes.ts';
import { failureCodeOf } from '../../lib/bridge.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './ChangeDecision.module.css';
import { type Changing, changeDecision, endChange, useHistory, writeChange } from './store.ts';

export function ChangeDecision({ record }: { record: ExaminationRecord }) {
  const text = useText();
  const changing = useHistory((history) =>
    history.changing?.recordId === record.id ? history.changing : null,
  );
  return (
    <Dialog title={text('history.change')} isOpen={changing !== null} onClose={endChange}>
      {changing === null ? null : <ChangeForm record={record} changing={changing} />}
    </Dialog>
  );
}

const LONGEST_NOTE = 2000;

function ChangeForm({ record, changing }: { record: ExaminationRecord; changing: Changing }) {
  const text = useText();
  const { id, outcome, reason, note } = changing;
  const [failure, setFailure] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const reasons = reasonsFor(outcome);
  const chosen = reasons.find((one) => one.id === reason) ?? reasons[0] ?? null;
  const save = async () => {
    if (isSaving) return;
    setSaving(true);
    try {
      const decision = { id, outcome, reasons: chosen ? [chosen.id] : [], note: note.trim() };
      await changeDecision(record, decision);
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
      setSaving(false);
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form className={styles.form} onSubmit={submit}>
      <p>{text('history.change.help')}</p>
      <Choices
        label={text('history.change.outcome')}
        value={outcome}
        autoFocus
        onChange={(value) => writeChange({ outcome: value as Outcome })}
        choices={OUTCOME_CODES.map((code) => ({ id: code, label: text(`history.outcome.${code}`) }))}
      />
      {chosen ? (
        <Select
          label={text('history.change.reason')}
          value={chosen.id}
          onChange={(value) => writeChange({ reason: value })}
          choices={reasons.map((one) => ({ id: one.id, label: text(one.text) }))}
        />
      ) : null}
      <TextField
        label={text('history.change.note')}
        help={text('history.change.note.help')}
        value={note}
        onChange={(value) => writeChange({ note: value })}
        maxLength={LONGEST_NOTE}
        lines
      />
      {failure ? <ErrorPanel code={failure} /> : null}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={endChange}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={isSaving}>
          {text('ui.save')}
        </Button>
      </div>
    </form>
  );
}
