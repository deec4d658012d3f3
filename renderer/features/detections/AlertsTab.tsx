// Alerts of this station and of others: what they say, for which documents, until when.
import { BellRing } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { AlertRow } from '../../../shared/contract/alerts.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { followAlerts, openAlert, useAlerts } from '../../lib/store-alerts.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { useFitsLine } from '../../ui/AlertFacts.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { type Column, RowTable } from '../../ui/RowTable.tsx';
import { AlertView } from './AlertView.tsx';
import styles from './AlertsTab.module.css';

const SHOWS = ['live', 'own', 'all'] as const;
type Show = (typeof SHOWS)[number];
const KEYS: Readonly<Record<Show, string>> = { live: 'i', own: 'o', all: 'a' };

const FITTING: Readonly<Record<Show, (row: AlertRow) => boolean>> = {
  live: ({ standing }) => standing === 'live',
  own: ({ origin }) => origin === 'here',
  all: () => true,
};

export function AlertsTab() {
  const open = useAlerts((state) => state.open);
  useEffect(followAlerts, []);
  return open === null ? <AlertList /> : <AlertView key={open.row.id} opened={open} />;
}

function AlertList() {
  const text = useText();
  const { rows, more, failure } = useAlerts();
  const [show, setShow] = useState<Show>('live');
  const [focusedId, focus] = useState<string | null>(null);
  const columns = useColumns();
  const hotkeys: Hotkey[] = SHOWS.map((id) => ({
    keys: [KEYS[id]],
    textId: `alerts.show.${id}`,
    run: () => setShow(id),
  }));
  useHotkeys({ titleId: 'detections.tab.alerts', hotkeys });
  const shown = (rows ?? []).filter(FITTING[show]);
  return (
    <Panel flush label={text('detections.tab.alerts')} className={styles.list}>
      <div className={styles.line} role="group" aria-label={text('alerts.show')}>
        {SHOWS.map((id) => (
          <Button key={id} keyName={KEYS[id]} aria-pressed={id === show} onPress={() => setShow(id)}>
            {text(`alerts.show.${id}`)}
          </Button>
        ))}
        {rows === null ? null : (
          <p className={styles.count}>{text('alerts.count', { count: shown.length })}</p>
        )}
      </div>
      {failure === null ? null : <ErrorPanel code={failure} tone="look" />}
      {rows === null && failure === null ? <Progress label={text('alerts.asking')} /> : null}
      <RowTable
        label={text('detections.tab.alerts')}
        keysId="detections.tab.alerts"
        columns={columns}
        rows={shown}
        more={more}
        focusedId={focusedId}
        onFocus={focus}
        onOpen={({ id }) => void openAlert(id)}
        onNearEnd={() => undefined}
        empty={
          rows === null ? null : (
            <EmptyState icon={<BellRing size={40} />} title={text(`alerts.empty.${show}`)}>
              {text('detections.alerts.empty.help')}
            </EmptyState>
          )
        }
      />
      {more ? <p className={styles.quiet}>{text('alerts.more')}</p> : null}
    </Panel>
  );
}

function useColumns(): Column<AlertRow>[] {
  const text = useText();
  const language = useLanguage();
  const fitsLine = useFitsLine();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const time = (at: string): string => dateTimeIn(timeZone, new Date(at), language);
  return [
    {
      id: 'standing',
      title: text('alerts.column.standing'),
      className: styles.standing,
      cell: ({ standing, isRead }) =>
        standing === 'live' && !isRead ? (
          <strong className={styles.unread}>{text('alerts.unread')}</strong>
        ) : (
          text(`alerts.standing.${standing}`)
        ),
    },
    {
      id: 'tip',
      title: text('alerts.tip'),
      cell: ({ tip, isRead }) => (isRead ? tip : <strong>{tip}</strong>),
    },
    { id: 'fits', title: text('alerts.column.fits'), cell: ({ fits }) => fitsLine(fits) },
    {
      id: 'from',
      title: text('alerts.column.from'),
      className: styles.from,
      cell: ({ origin, agencyName, stationCode }) =>
        origin === 'here'
          ? text('alerts.own')
          : text('alerts.from', { agency: agencyName, station: stationCode }),
    },
    {
      id: 'until',
      title: text('alerts.until'),
      className: styles.time,
      cell: ({ expiresAt }) => time(expiresAt),
    },
  ];
}
