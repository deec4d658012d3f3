// The protection page for the traveller in the lane: it goes to the protection file, and the record says only referred.
import { useState } from 'react';
import { keepForm } from '../../lib/store-protection.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProtectionPage } from '../../ui/protection/ProtectionPage.tsx';
import { closePicker, confirmProtection } from './decisions.ts';
import { useExamine } from './store.ts';

export function ProtectPage() {
  const text = useText();
  const examinationId = useExamine((state) => state.work.id);
  const refused = useExamine((state) => state.trouble === 'decide-first');
  // As it was when the page opened: while it is being saved, nothing on it changes.
  const [isRecorded] = useState(() => useExamine.getState().protection?.recorded === true);
  const saving = useExamine((state) => state.saving);
  return (
    <ProtectionPage
      examinationId={examinationId}
      isRecorded={isRecorded}
      isSaving={saving}
      about={text('examine.protect.record')}
      confirmLabel={text(isRecorded ? 'examine.protect.save' : 'examine.protect.confirm')}
      recordedText={text('examine.protect.already')}
      onConfirm={confirmProtection}
      onBack={() => {
        // Where it cannot be written now it is tried again with the decision.
        if (!isRecorded) void keepForm(examinationId).catch(() => undefined);
        closePicker();
      }}
    >
      {refused ? (
        <Notice title={text('error.decide-first.happened')}>
          <p>{text('error.decide-first.safe')}</p>
          <p>{text('error.decide-first.todo')}</p>
        </Notice>
      ) : null}
    </ProtectionPage>
  );
}
