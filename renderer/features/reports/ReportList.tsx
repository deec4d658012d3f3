// Reports of this station and of others, newest first; arrows and Enter to open.
import { FileText } from 'lucide-react';
import type { ReceivedRow, ReportRow } from '../../../shared/contract/reports.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { useStation } from '../../lib/store-station.ts';
import { useSync } from '../../lib/store-sync.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { type Column, RowTable } from '../../ui/RowTable.tsx';
import {
  focusReport,
  moreReports,
  refreshReports,
  type Show,
  showReports,
  useReportList,
} from './list-store.ts';
import { ListFilter } from './ListFilter.tsx';
import { openReceived, openReport } from './report-store.ts';
import { useAboutWords } from './about-words.ts';
import styles from './ReportsScreen.module.css';

const KEYS: Readonly<Record<Show, string>> = { open: 'o', 'to-approve': 't', all: 'a', received: 'r' };

export function ReportList({ onOutbox }: { onOutbox: () => void }) {
  const text = useText();
  const { show, filter, phase, failure, reports, received, more, focusedId } = useReportList();
  const shows = Object.entries(KEYS) as [Show, string][];
  const hotkeys: Hotkey[] = [
    ...shows.map(([id, key]) => ({ keys: [key], textId: `reports.show.${id}`, run: () => showReports(id) })),
    { keys: ['u'], textId: 'reports.outbox', run: onOutbox },
  ];
  useHotkeys({ titleId: 'screen.reports', hotkeys });
  const count = show === 'received' ? received.length : reports.length;
  const emptyOf = Object.keys(filter).length === 0 ? show : 'narrowed';
  const empty =
    phase === 'ready' && failure === null ? (
      <EmptyState icon={<FileText size={48} />} title={text(`reports.empty.${emptyOf}`)}>
        <p>{text(`reports.empty.${emptyOf}.help`)}</p>
      </EmptyState>
    ) : null;
  const list = {
    keysId: 'screen.reports',
    label: text(`reports.show.${show}`),
    more,
    focusedId,
    onFocus: focusReport,
    empty,
  };
  const onNearEnd = () => void moreReports();
  const columns = useColumns();
  return (
    <>
      <div className={styles.line} role="toolbar" aria-label={text('reports.show')}>
        {shows.map(([id, key]) => (
          <Button key={id} keyName={key} aria-pressed={id === show} onPress={() => showReports(id)}>
            {text(`reports.show.${id}`)}
          </Button>
        ))}
        <Button keyName="u" onPress={onOutbox}>
          {text('reports.outbox')}
        </Button>
        <p role="status" className={styles.count}>
          {phase === 'ready' ? text(more ? 'reports.count-more' : 'reports.count', { count }) : ''}
        </p>
      </div>
      <ListFilter filter={filter} />
      {failure === null ? null : (
        <ErrorPanel
          code={failure}
          actions={<Button onPress={() => void refreshReports()}>{text('ui.try-again')}</Button>}
        />
      )}
      {show === 'received' ? (
        <RowTable
          {...list}
          columns={columns.received}
          rows={received}
          onNearEnd={onNearEnd}
          onOpen={({ id }) => void openReceived(id)}
        />
      ) : (
        <RowTable
          {...list}
          columns={columns.own}
          rows={reports}
          onNearEnd={onNearEnd}
          onOpen={({ id }) => void openReport(id)}
        />
      )}
    </>
  );
}

function useColumns(): { own: Column<ReportRow>[]; received: Column<ReceivedRow>[] } {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const partners = useSync(({ hub }) => hub?.partners) ?? [];
  const { documentOf, fraudOf } = useAboutWords();
  const time = (at: string) => <time dateTime={at}>{dateTimeIn(timeZone, new Date(at), language)}</time>;
  const nameOf = (id: string | null): string => partners.find((one) => one.id === id)?.name ?? '';
  const title = (id: string) => ({ id, title: text(`reports.column.${id}`) });
  const own: Column<ReportRow>[] = [
    { ...title('time'), className: styles.time, cell: ({ at }) => time(at) },
    { ...title('state'), className: styles.standing, cell: (row) => text(standingId(row)) },
    { ...title('kind'), className: styles.kind, cell: ({ kind }) => text(`reports.kind.${kind}`) },
    { ...title('document'), cell: ({ about }) => documentOf(about) },
    { ...title('fraud'), cell: ({ about }) => fraudOf(about) },
    {
      ...title('audience'),
      cell: ({ tier, agencyId }) => text(`reports.audience.${tier}`, { agency: nameOf(agencyId) }),
    },
    { ...title('by'), className: styles.person, cell: ({ officerName }) => officerName },
    { ...title('decided'), className: styles.person, cell: ({ decidedBy }) => decidedBy ?? '' },
  ];
  const received: Column<ReceivedRow>[] = [
    { ...title('received'), className: styles.time, cell: ({ receivedAt }) => time(receivedAt) },
    {
      ...title('standing'),
      className: styles.standing,
      cell: ({ standing }) => text(`reports.standing.${standing}`),
    },
    { ...title('kind'), className: styles.kind, cell: ({ kind }) => text(`reports.kind.${kind}`) },
    { ...title('document'), cell: ({ about }) => documentOf(about) },
    { ...title('fraud'), cell: ({ about }) => fraudOf(about) },
    { ...title('agency'), cell: ({ agencyName }) => agencyName },
    { ...title('station'), className: styles.station, cell: ({ stationCode }) => stationCode },
    {
      ...title('audience'),
      className: styles.person,
      cell: ({ tier }) => text(`reports.for-us.${tier}`),
    },
  ];
  return { own, received };
}

/** Catalogue id of how a report of this station stands: taken back, on its way, or with whom it waits. */
export function standingId({ state, sending, standing }: ReportRow): string {
  if (standing !== 'in-force') return `reports.standing.${standing}`;
  return state === 'approved' && sending !== null ? `outbox.row.${sending}` : `reports.state.${state}`;
}
