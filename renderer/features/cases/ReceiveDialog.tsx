// What came on a stick from another station: a case, one that comes back, or the word that one arrived.
import { useState } from 'react';
import type { ReceivedHandover } from '../../../shared/contract/handover.ts';
import { call } from '../../lib/bridge.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileChooser } from '../../ui/FileChooser.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './CaseDialog.module.css';
import { openCase } from './case-store.ts';

export function ReceiveDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  const [done, setDone] = useState<ReceivedHandover | null>(null);
  return (
    <Dialog title={text('handover.receive')} isOpen onClose={onClose}>
      {done === null ? (
        <FileChooser
          what={text('handover.receive.what')}
          label={text('handover.receive')}
          onRead={async (path) => setDone(await call('case.receive', { path }))}
          onClose={onClose}
        />
      ) : (
        <Received done={done} onClose={onClose} />
      )}
    </Dialog>
  );
}

function Received({ done, onClose }: { done: ReceivedHandover; onClose: () => void }) {
  const text = useText();
  const { kind, known, stationCode: station, entries, examinationId } = done;
  const go = () => {
    onClose();
    void openCase(examinationId);
  };
  return (
    <div className={styles.form}>
      <Notice>
        <p>{text(known ? 'handover.known' : `handover.received.${kind}`, { station, entries })}</p>
      </Notice>
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.close')}
        </Button>
        <Button tone="primary" onPress={go} autoFocus>
          {text('handover.open')}
        </Button>
      </div>
    </div>
  );
}
