// A separate, softer page without any document on it: needs first, everything else as far as the person wishes.
import { type ReactNode, useEffect } from 'react';
import { NEEDS } from '../../../shared/contract/protection-ids.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { followProcedure, useProcedure } from '../../lib/store-procedure.ts';
import {
  changeForm,
  EMPTY_FORM,
  type ProtectionForm,
  useProtection,
  watchUnwritten,
} from '../../lib/store-protection.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../Button.tsx';
import { SwitchField } from '../Choices.tsx';
import { Progress } from '../Progress.tsx';
import { TextField } from '../TextField.tsx';
import styles from './ProtectionPage.module.css';
import { ProtectionQuestions } from './ProtectionQuestions.tsx';
import { ProtectionReferral } from './ProtectionReferral.tsx';
import { toggled } from './toggled.ts';

interface ProtectionPageProps {
  examinationId: string;
  /** It stands in the protection file already: nothing is asked again. */
  isRecorded: boolean;
  isSaving: boolean;
  /** Where it goes, and what others are told. */
  about: string;
  /** What the button says that writes it, or that goes on where it stands already. */
  confirmLabel: string;
  /** Said where it stands already. */
  recordedText: string;
  onConfirm: (form: ProtectionForm) => void;
  /** To be kept, as far as anything was written. */
  onBack: () => void;
  /** What went wrong. */
  children?: ReactNode;
}

export function ProtectionPage(props: ProtectionPageProps) {
  const { examinationId, isRecorded, isSaving, about, confirmLabel, recordedText, onConfirm, onBack } = props;
  const text = useText();
  const form = useProtection(({ forms }) => forms[examinationId] ?? EMPTY_FORM);
  const confirm = () => {
    if (!isSaving) onConfirm(form);
  };
  const back = () => {
    if (!isSaving) onBack();
  };
  useHotkeys({
    titleId: 'examine.protect.title',
    level: 2,
    modal: true,
    hotkeys: [
      { keys: ['Escape'], textId: 'examine.protect.back', run: back, whileTyping: true },
      { keys: ['Control+Enter'], textId: 'protect.key.confirm', run: confirm, whileTyping: true },
    ],
  });
  return (
    <section
      className={styles.page}
      aria-labelledby="protect-title"
      // A choice that has the focus keeps Enter to itself: this key goes before it.
      onKeyDownCapture={(event) => {
        if (event.key !== 'Enter' || !event.ctrlKey || event.repeat) return;
        event.preventDefault();
        event.stopPropagation();
        confirm();
      }}
    >
      <div className={styles.words}>
        <h1 id="protect-title">{text('examine.protect.title')}</h1>
        <p>{text('examine.protect.calm')}</p>
        {isRecorded ? (
          <p>{recordedText}</p>
        ) : (
          <>
            <p>{about}</p>
            <Parts examinationId={examinationId} form={form} />
          </>
        )}
        <div className={styles.actions}>
          <Button keyName="Escape" onPress={back} isDisabled={isSaving}>
            {text('examine.protect.back')}
          </Button>
          <Button
            autoFocus={isRecorded}
            tone="primary"
            size="big"
            keyName={isRecorded ? undefined : 'Control+Enter'}
            onPress={confirm}
            isDisabled={isSaving}
          >
            {confirmLabel}
          </Button>
        </div>
        {isSaving ? <Progress label={text('examine.saving')} /> : null}
        {props.children}
      </div>
    </section>
  );
}

function Parts({ examinationId, form }: { examinationId: string; form: ProtectionForm }) {
  const text = useText();
  const change = (part: Partial<ProtectionForm>) => changeForm(examinationId, part);
  useEffect(() => {
    followProcedure();
    watchUnwritten();
  }, []);
  return (
    <>
      <p>{text('protect.stop')}</p>
      <fieldset className={styles.part}>
        <legend>{text('protect.needs')}</legend>
        <div className={styles.choices}>
          {NEEDS.map((need, at) => (
            <SwitchField
              key={need}
              label={text(`protect.need.${need}`)}
              isOn={form.needs.includes(need)}
              onChange={(isOn) => change({ needs: toggled(form.needs, need, isOn) })}
              autoFocus={at === 0}
            />
          ))}
        </div>
        <p className={styles.quiet}>{text('protect.private')}</p>
      </fieldset>
      <TextField
        label={text('examine.protect.note')}
        help={text('examine.protect.note.help')}
        value={form.note}
        onChange={(note) => change({ note })}
        maxLength={4000}
        lines
      />
      <ProtectionQuestions answers={form.answers} onChange={(answers) => change({ answers })} />
      <Signs form={form} onChange={change} />
      <ProtectionReferral form={form} onChange={change} />
    </>
  );
}

/** A plain list in words: nothing is counted, nothing is coloured. */
function Signs({
  form,
  onChange,
}: {
  form: ProtectionForm;
  onChange: (part: Partial<ProtectionForm>) => void;
}) {
  const text = useText();
  const signs = useProcedure(({ procedure }) => procedure?.signs ?? null);
  if (signs === null) return null;
  return (
    <details className={styles.part}>
      <summary>{text('protect.signs')}</summary>
      <p className={styles.quiet}>{text('protect.signs.help')}</p>
      <div className={styles.list}>
        {signs.map(({ id, note }) => (
          <SwitchField
            key={id}
            label={text(`sign.${id}`)}
            help={note ? text(`sign.${id}.note`) : undefined}
            isOn={form.signs.includes(id)}
            onChange={(isOn) => onChange({ signs: toggled(form.signs, id, isOn) })}
          />
        ))}
      </div>
    </details>
  );
}
