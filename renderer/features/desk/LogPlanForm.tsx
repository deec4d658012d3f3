// The plan: into which folder the log of each day goes, when, in which files; and when shifts begin.
import { type FormEvent, useState } from 'react';
import type { LogPlan, LogState } from '../../../shared/contract/logs.ts';
import { LOG_TIERS, type LogFormat, type LogTier, MOST_SHIFTS } from '../../../shared/report/log-codes.ts';
import { call } from '../../lib/bridge.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn, printedDate } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { keepLogs } from './desk-store.ts';
import { Formats } from './Formats.tsx';
import styles from './LogPage.module.css';

const CLOCK = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/u;

/** A time as it was typed, `6:30` or `0630`, as `06:30`; null where it is none. */
function clockOf(typed: string): string | null {
  const [, hours, minutes] = CLOCK.exec(typed.trim()) ?? [];
  return hours === undefined || minutes === undefined ? null : `${hours.padStart(2, '0')}:${minutes}`;
}

/** Times at which shifts begin, from what was typed between blanks or commas; null where one is none, or not in order. */
function shiftsOf(typed: string): string[] | null {
  const clocks = typed
    .split(/[\s,;]+/u)
    .filter((part) => part !== '')
    .map(clockOf);
  const known = clocks.filter((clock) => clock !== null);
  const isInOrder = known.every((clock, at) => at === 0 || clock > (known[at - 1] ?? ''));
  return known.length === clocks.length && isInOrder && known.length <= MOST_SHIFTS ? known : null;
}

export function LogPlanForm({ logs }: { logs: LogState }) {
  const text = useText();
  const { plan } = logs;
  const [folder, setFolder] = useState(plan.folder ?? '');
  const [at, setAt] = useState(plan.at);
  const [formats, setFormats] = useState<LogFormat[]>(plan.formats);
  const [tier, setTier] = useState<LogTier>(plan.tier);
  const [shifts, setShifts] = useState(plan.shifts.join(' '));
  const action = useAction();
  const clock = clockOf(at);
  const begins = shiftsOf(shifts);
  const wanted: LogPlan | null =
    clock === null || begins === null || formats.length === 0
      ? null
      : { folder: folder.trim() === '' ? null : folder.trim(), at: clock, formats, tier, shifts: begins };
  const isChanged = wanted !== null && JSON.stringify(wanted) !== JSON.stringify(plan);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wanted !== null && isChanged && !action.isBusy)
      void action.run(async () => keepLogs(await call('log.plan', wanted)));
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <Standing logs={logs} />
      <FolderField
        label={text('log-screen.plan.folder')}
        help={text('log-screen.plan.folder.help')}
        value={folder}
        onChange={setFolder}
      />
      <div className={styles.fields}>
        <TextField
          label={text('log-screen.plan.at')}
          help={text('log-screen.plan.at.help')}
          value={at}
          onChange={setAt}
          fault={clock === null ? text('log-screen.plan.at.fault') : null}
          maxLength={5}
        />
        <TextField
          label={text('log-screen.plan.shifts')}
          help={text('log-screen.plan.shifts.help')}
          value={shifts}
          onChange={setShifts}
          fault={begins === null ? text('log-screen.plan.shifts.fault', { most: MOST_SHIFTS }) : null}
          maxLength={60}
        />
      </div>
      <Choices
        label={text('log-screen.tier')}
        choices={LOG_TIERS.map((id) => ({ id, label: text(`log.tier.${id}`) }))}
        value={tier}
        onChange={(id) => setTier(id === 'T3' ? 'T3' : 'T2')}
      />
      <Formats value={formats} onChange={setFormats} />
      {action.failure ? <ErrorPanel code={action.failure} /> : null}
      <div>
        <Button type="submit" keyName="Enter" isDisabled={!isChanged || action.isBusy}>
          {text('ui.save')}
        </Button>
      </div>
    </form>
  );
}

function Standing({ logs: { plan, last, due, trouble } }: { logs: LogState }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  if (plan.folder === null) return <p className={styles.quiet}>{text('log-screen.plan.none')}</p>;
  return (
    <>
      {last === null ? (
        <p className={styles.quiet}>{text('log-screen.plan.first')}</p>
      ) : (
        <p>
          {text('log-screen.plan.last', {
            day: printedDate(last.day),
            time: dateTimeIn(timeZone, new Date(last.at), language),
          })}
        </p>
      )}
      {trouble === null ? null : (
        <>
          <Notice tone="look">{text('log-screen.plan.due', { count: due })}</Notice>
          <ErrorPanel code={trouble} tone="look" />
        </>
      )}
    </>
  );
}
