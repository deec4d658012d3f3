// The day at a glance: figures with what they are counted of, hour by hour, what waits for approval and for the hub.
import { ChevronLeft, ChevronRight, Printer } from 'lucide-react';
import type { DeskDay } from '../../../shared/contract/logs.ts';
import { figuresOf, sumOf } from '../../../shared/report/day-page.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { showDetections } from '../../lib/store-detections.ts';
import { showOutbox } from '../../lib/store-outbox-wish.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn, printedDate } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import styles from './DayPage.module.css';
import { dayBeside, showDay, useDesk } from './desk-store.ts';
import { Hours } from './Hours.tsx';
import { usePrintDay } from './print-day.ts';
import { Queue } from './Queue.tsx';

const showAlerts = (): void => showDetections('alerts');

export function DayPage() {
  const text = useText();
  const day = useDesk((state) => state.day);
  const asked = useDesk((state) => state.asked);
  const printing = useAction();
  const printDay = usePrintDay();
  const beside = (days: number) => {
    if (day !== null) showDay(dayBeside(day.day, days));
  };
  const print = () => void printing.run(printDay);
  const hotkeys: Hotkey[] = [
    { keys: ['ArrowLeft'], textId: 'desk.before', run: () => beside(-1), repeats: true },
    { keys: ['ArrowRight'], textId: 'desk.after', run: () => beside(1), repeats: true },
    { keys: ['t'], textId: 'desk.today', run: () => showDay(null) },
    { keys: ['Control+p', 'p'], textId: 'desk.print', run: print },
    { keys: ['u'], textId: 'reports.outbox', run: showOutbox },
    { keys: ['a'], textId: 'detections.tab.alerts', run: showAlerts },
  ];
  useHotkeys({ titleId: 'desk.tab.day', hotkeys });
  if (day === null) return <Progress label={text('desk.asking')} />;
  return (
    <div className={styles.page}>
      <div className={styles.line} role="toolbar" aria-label={text('desk.days')}>
        <Button keyName="ArrowLeft" icon={<ChevronLeft size={20} />} onPress={() => beside(-1)}>
          {text('desk.before')}
        </Button>
        <h1 className={styles.title}>{printedDate(day.day)}</h1>
        <Button keyName="ArrowRight" icon={<ChevronRight size={20} />} onPress={() => beside(1)}>
          {text('desk.after')}
        </Button>
        <Button keyName="t" onPress={() => showDay(null)} isDisabled={asked === null}>
          {text('desk.today')}
        </Button>
        <div className={styles.field}>
          <DayField
            label={text('desk.day')}
            value={asked ?? ''}
            onChange={(typed) => showDay(typed === '' ? null : typed)}
          />
        </div>
        <Button keyName="p" icon={<Printer size={20} />} onPress={print} isDisabled={printing.isBusy}>
          {text('desk.print')}
        </Button>
      </div>
      {printing.failure ? <ErrorPanel code={printing.failure} tone="look" /> : null}
      <Figures day={day} />
      <div className={styles.columns}>
        <div className={styles.column}>
          <Panel title={text('desk.by-hour')}>
            <Hours hours={day.hours} />
            <p className={styles.caption}>
              {text('desk.by-hour.caption', { number: String(day.clearedCounted) })}
            </p>
          </Panel>
          <Shifts day={day} />
        </div>
        <div className={styles.column}>
          <Queue />
          <Outbox day={day} />
          <Panel
            title={text('desk.alerts')}
            aside={
              <Button keyName="a" onPress={showAlerts}>
                {text('desk.open')}
              </Button>
            }
          >
            <p>
              {text('desk.alerts.counts', {
                approved: String(day.alerts.approved),
                received: String(day.alerts.received),
              })}
            </p>
          </Panel>
        </div>
      </div>
    </div>
  );
}

function Figures({ day }: { day: DeskDay }) {
  const text = useText();
  return (
    <dl className={styles.figures} aria-label={text('desk.figures')}>
      {figuresOf(day).map(({ id, count, of }) => (
        <div key={id} className={styles.figure}>
          <dt>{text(`desk.figure.${id}`)}</dt>
          <dd className={styles.number}>{count}</dd>
          <dd className={styles.of}>{text(`desk.figure.${id}.of`, of)}</dd>
        </div>
      ))}
    </dl>
  );
}

function Shifts({ day: { shifts, byShift } }: { day: DeskDay }) {
  const text = useText();
  if (shifts.length === 0) return null;
  return (
    <Panel title={text('desk.by-shift')}>
      <table className={styles.table}>
        <thead>
          <tr>
            {['shift', 'records', 'referred', 'skip'].map((id) => (
              <th key={id} scope="col">
                {text(`desk.column.${id}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {byShift.map((of, at) => (
            <tr key={shifts[at]}>
              <th scope="row">{text('desk.shift', { number: String(at + 1), time: shifts[at] ?? '' })}</th>
              <td>{sumOf(of)}</td>
              <td>{of.referred}</td>
              <td>{of.skip}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function Outbox({ day: { outbox } }: { day: DeskDay }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const { waiting, parked, oldestAt, hold } = outbox;
  return (
    <Panel
      title={text('desk.outbox')}
      aside={
        <Button keyName="u" onPress={showOutbox}>
          {text('desk.open')}
        </Button>
      }
    >
      <p className={hold === 'stopped' || parked > 0 ? styles.look : ''}>{text(`outbox.hold.${hold}`)}</p>
      <p>{text('outbox.counts', { waiting, parked })}</p>
      {oldestAt === null ? null : (
        <p className={styles.caption}>
          {text('desk.outbox.oldest', { time: dateTimeIn(timeZone, new Date(oldestAt), language) })}
        </p>
      )}
    </Panel>
  );
}
