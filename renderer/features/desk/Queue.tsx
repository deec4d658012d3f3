// Reports that wait for approval; one opens where it is read as its recipient will, and is let go or sent back there.
import { CheckCheck } from 'lucide-react';
import { useState } from 'react';
import type { ReportRow } from '../../../shared/contract/reports.ts';
import { readReport } from '../../lib/store-open-report.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { type Column, RowTable } from '../../ui/RowTable.tsx';
import styles from './DayPage.module.css';
import { useDesk } from './desk-store.ts';

export function Queue() {
  const text = useText();
  const queue = useDesk((state) => state.queue);
  const more = useDesk((state) => state.more);
  const columns = useColumns();
  const [focusedId, setFocusedId] = useState<string | null>(null);
  return (
    <Panel
      title={text('desk.queue')}
      flush
      className={styles.queue}
      aside={<span className={styles.count}>{text('desk.queue.count', { count: queue.length })}</span>}
    >
      <RowTable
        label={text('desk.queue')}
        keysId="desk.queue"
        columns={columns}
        rows={queue}
        more={more}
        focusedId={focusedId}
        onFocus={setFocusedId}
        onOpen={({ id }) => readReport({ id, from: 'here' })}
        onNearEnd={() => undefined}
        empty={
          <EmptyState icon={<CheckCheck size={40} />} title={text('desk.queue.empty')}>
            <p>{text('desk.queue.empty.help')}</p>
          </EmptyState>
        }
      />
    </Panel>
  );
}

function useColumns(): Column<ReportRow>[] {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  return [
    {
      id: 'submitted',
      title: text('desk.column.submitted'),
      className: styles.time,
      cell: ({ at }) => <time dateTime={at}>{dateTimeIn(timeZone, new Date(at), language)}</time>,
    },
    {
      id: 'what',
      title: text('desk.column.what'),
      cell: ({ kind, tier }) => text('desk.queue.what', { kind: text(`reports.kind.${kind}`), tier }),
    },
    { id: 'by', title: text('desk.column.by'), cell: ({ officerName }) => officerName },
  ];
}
