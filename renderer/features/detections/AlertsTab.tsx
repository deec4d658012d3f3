// Alerts of this station and of others: what they say, for which documents, until when.
import { BellRing } from 'lucide-react';
import { useText } from '../../text/TextProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';

export function AlertsTab() {
  const text = useText();
  return (
    <Panel label={text('detections.tab.alerts')}>
      <EmptyState icon={<BellRing size={40} />} title={text('detections.alerts.empty')}>
        {text('detections.alerts.empty.help')}
      </EmptyState>
    </Panel>
  );
}
