// The protection page opened from a case of the second line: it writes its entry, and the case learns nothing of it.
import { useState } from 'react';
import { newId } from '../../lib/id.ts';
import { dropForm, keepForm, recordProtection } from '../../lib/store-protection.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { ErrorPanel } from '../Notice.tsx';
import { ProtectionPage } from './ProtectionPage.tsx';

interface CaseProtectionProps {
  examinationId: string;
  onClose: () => void;
}

export function CaseProtection({ examinationId, onClose }: CaseProtectionProps) {
  const text = useText();
  // One id, however often saving is tried.
  const [id] = useState(newId);
  const [isRecorded, setRecorded] = useState(false);
  const action = useAction();
  return (
    <ProtectionPage
      examinationId={examinationId}
      isRecorded={isRecorded}
      isSaving={action.isBusy}
      about={text('protect.case.about')}
      confirmLabel={text(isRecorded ? 'protect.case.back' : 'protect.case.confirm')}
      recordedText={text('protect.case.recorded')}
      onConfirm={(form) => {
        if (isRecorded) {
          onClose();
          return;
        }
        void action.run(async () => {
          await recordProtection(examinationId, id, form);
          dropForm(examinationId);
          setRecorded(true);
        });
      }}
      onBack={() => {
        // What could not be written is told once; whoever has read it may go on, and it stays with them.
        if (isRecorded || action.failure !== null) onClose();
        else void action.run(() => keepForm(examinationId)).then((went) => went && onClose());
      }}
    >
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
    </ProtectionPage>
  );
}
