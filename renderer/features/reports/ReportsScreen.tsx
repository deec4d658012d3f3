// Reports: the lists, the outbox, one report, or the draft of one. One of these at a time.
import { HardDriveDownload, HardDriveUpload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { takeOutboxWish } from '../../lib/store-outbox-wish.ts';
import { takeWantedReport } from '../../lib/store-open-report.ts';
import { followProcedure } from '../../lib/store-procedure.ts';
import { useReportDraft } from '../../lib/store-report-draft.ts';
import { useSync } from '../../lib/store-sync.ts';
import { useCan } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { followReports, showReports } from './list-store.ts';
import { OutboxPanel } from './OutboxPanel.tsx';
import { ReportList } from './ReportList.tsx';
import { ReportEditor } from './ReportEditor.tsx';
import { followReport, openReceived, openReport, useReport } from './report-store.ts';
import { ReportView } from './ReportView.tsx';
import { ReadDialog, WriteDialog } from './StickDialogs.tsx';
import styles from './ReportsScreen.module.css';

export function ReportsScreen() {
  const open = useReport((state) => state.open);
  const failure = useReport((state) => state.failure);
  const draftOf = useReportDraft((state) => state.draftOf);
  const [isOutbox, setOutbox] = useState(takeOutboxWish);
  useEffect(() => {
    followReports();
    followReport();
    followProcedure();
    const wanted = takeWantedReport();
    if (wanted !== null) void (wanted.from === 'here' ? openReport : openReceived)(wanted.id);
  }, []);
  return (
    <div className={styles.screen}>
      {failure === null ? null : <ErrorPanel code={failure} tone="look" />}
      {draftOf !== null ? (
        <ReportEditor examinationId={draftOf} />
      ) : isOutbox ? (
        <Outbox onBack={() => setOutbox(false)} />
      ) : open !== null ? (
        <ReportView key={open.answer.report.id} open={open} />
      ) : (
        <ReportList onOutbox={() => setOutbox(true)} />
      )}
    </div>
  );
}

function Outbox({ onBack }: { onBack: () => void }) {
  const text = useText();
  const hasHub = useSync(({ outbox }) => outbox !== null && outbox.hold !== 'none');
  const mayCarry = useCan('bundle.write') && hasHub;
  const [asked, setAsked] = useState<'write' | 'read' | null>(null);
  const close = () => setAsked(null);
  const showReceived = () => {
    showReports('received');
    onBack();
  };
  useHotkeys({
    titleId: 'reports.outbox',
    hotkeys: [
      { keys: ['Escape'], textId: 'reports.back', run: onBack },
      { keys: ['w'], textId: 'stick.write', run: () => setAsked('write'), enabled: () => mayCarry },
      { keys: ['f'], textId: 'stick.read', run: () => setAsked('read'), enabled: () => mayCarry },
    ],
  });
  return (
    <>
      <div className={styles.line}>
        <Button keyName="Escape" onPress={onBack}>
          {text('reports.back')}
        </Button>
        {mayCarry ? (
          <>
            <Button keyName="w" icon={<HardDriveUpload size={20} />} onPress={() => setAsked('write')}>
              {text('stick.write')}
            </Button>
            <Button keyName="f" icon={<HardDriveDownload size={20} />} onPress={() => setAsked('read')}>
              {text('stick.read')}
            </Button>
          </>
        ) : null}
      </div>
      <div className={styles.scroll}>
        <OutboxPanel />
      </div>
      {asked === 'write' ? <WriteDialog onClose={close} /> : null}
      {asked === 'read' ? <ReadDialog onClose={close} onReceived={showReceived} /> : null}
    </>
  );
}
