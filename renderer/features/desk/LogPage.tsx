// The detection log: written now, and by itself each day.
import { useText } from '../../text/TextProvider.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { useDesk } from './desk-store.ts';
import { LogPlanForm } from './LogPlanForm.tsx';
import styles from './LogPage.module.css';
import { WriteLog } from './WriteLog.tsx';

export function LogPage() {
  const text = useText();
  const logs = useDesk((state) => state.logs);
  const today = useDesk((state) => state.day?.day ?? null);
  if (logs === null || today === null) return <Progress label={text('desk.asking')} />;
  const { folder, at, formats, tier, shifts } = logs.plan;
  return (
    <div className={styles.columns}>
      <Panel title={text('log-screen.now')}>
        <WriteLog logs={logs} day={today} />
      </Panel>
      <Panel title={text('log-screen.plan')}>
        <LogPlanForm key={JSON.stringify([folder, at, formats, tier, shifts])} logs={logs} />
      </Panel>
    </div>
  );
}
