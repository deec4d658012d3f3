// Making an alert of a report: what its author may change of it beside exactly what leaves.
import { useState } from 'react';
import type { AlertContent } from '../../../shared/contract/alerts.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { call } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { showDetections } from '../../lib/store-detections.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { AlertFacts } from '../../ui/AlertFacts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { type AlertDraft, useAlertDraft } from './alert-draft.ts';
import styles from './AlertDialog.module.css';
import { AlertFields } from './AlertFields.tsx';

interface AlertDialogProps {
  reportId: string;
  onClose: () => void;
}

export function AlertDialog({ reportId, onClose }: AlertDialogProps) {
  const text = useText();
  const draft = useAlertDraft(reportId);
  const { content, prepared, failure, seen } = draft;
  const action = useAction();
  // The same request again, where its answer was lost.
  const [id] = useState(newId);
  const canSubmit =
    content !== null && seen?.of === content && seen.preview.problems.length === 0 && !action.isBusy;
  const submit = () => {
    if (!canSubmit) return;
    void action
      .run(async () => void (await call('alert.submit', { id, reportId, content })))
      .then((done) => {
        if (!done) return;
        onClose();
        showDetections('alerts');
      });
  };
  return (
    <Dialog
      wide
      title={text('alert-draft.title')}
      isOpen
      onClose={onClose}
      hotkeysTitleId="alert-draft.title"
      hotkeys={[
        {
          keys: ['Control+Enter'],
          textId: 'alert-draft.submit',
          run: submit,
          whileTyping: true,
          enabled: () => canSubmit,
        },
      ]}
      footer={
        <>
          <Button keyName="Escape" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button keyName="Control+Enter" tone="primary" isDisabled={!canSubmit} onPress={submit}>
            {text('alert-draft.submit')}
          </Button>
        </>
      }
    >
      {failure === null ? null : <ErrorPanel code={failure} tone="look" />}
      {action.failure === null ? null : <ErrorPanel code={action.failure} tone="look" />}
      {prepared === null || content === null ? (
        failure === null && <Progress label={text('alert-draft.asking')} />
      ) : (
        <div className={styles.halves}>
          <AlertFields prepared={prepared} content={content} change={draft.change} />
          <Leaves draft={draft} content={content} />
        </div>
      )}
    </Dialog>
  );
}

function Leaves({ draft, content }: { draft: AlertDraft; content: AlertContent }) {
  const text = useText();
  const { seen, prepared } = draft;
  const problems = seen?.preview.problems ?? [];
  const body = seen?.preview.body ?? null;
  const agencyName = (id: string): string =>
    prepared?.agencies.find((agency) => agency.id === id)?.name ?? id;
  return (
    <section
      className={styles.leaves}
      aria-label={text('alert-draft.leaves')}
      aria-busy={seen?.of !== content}
    >
      <h3>{text('alert-draft.leaves')}</h3>
      {problems.length === 0 ? null : (
        <Notice tone="look" title={text('report-draft.cannot-leave')}>
          <ul className={styles.problems}>
            {problems.map(({ path, code, place }) => (
              <li key={`${path} ${code} ${place?.start ?? ''}`}>
                {text('report-draft.problem', {
                  field: text(`alert-draft.field.${path}`),
                  problem: text(CODE_WORDS.problem(code)),
                })}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {body === null ? (
        <p className={styles.quiet}>{text('report-draft.not-yet')}</p>
      ) : (
        <AlertFacts alert={body} agencyName={agencyName} />
      )}
      <p className={styles.quiet}>{text('alert-draft.beside')}</p>
      <p className={styles.quiet}>
        {text(prepared?.needsApproval ? 'alert-draft.approval' : 'alert-draft.at-once')}
      </p>
    </section>
  );
}
