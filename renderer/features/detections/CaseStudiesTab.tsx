// Case studies: what gave a document away, to read and to learn from.
import { BookMarked } from 'lucide-react';
import { useText } from '../../text/TextProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';

export function CaseStudiesTab() {
  const text = useText();
  return (
    <Panel label={text('detections.tab.studies')}>
      <EmptyState icon={<BookMarked size={40} />} title={text('detections.studies.empty')}>
        {text('detections.studies.empty.help')}
      </EmptyState>
    </Panel>
  );
}
