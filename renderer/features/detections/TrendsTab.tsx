// Trends: what is found where and when, by reports of this station and of others.
import { ChartNoAxesColumn } from 'lucide-react';
import { useText } from '../../text/TextProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';

export function TrendsTab() {
  const text = useText();
  return (
    <Panel label={text('detections.tab.trends')}>
      <EmptyState icon={<ChartNoAxesColumn size={40} />} title={text('detections.trends.empty')}>
        {text('detections.trends.empty.help')}
      </EmptyState>
    </Panel>
  );
}
