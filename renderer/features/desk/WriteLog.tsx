// One log now: which days, shift, post, how much it shows, in which files, and where to.
import { type FormEvent, useState } from 'react';
import type { LogState, WrittenLog } from '../../../shared/contract/logs.ts';
import { LOG_TIERS, type LogFormat, type LogTier } from '../../../shared/report/log-codes.ts';
import { call } from '../../lib/bridge.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import { Formats, useCanPdf } from './Formats.tsx';
import styles from './LogPage.module.css';

const ALL = 'all';

/** What was just written is told below the fields, which fill a small screen. */
const bringIntoView = (place: HTMLElement | null): void => place?.scrollIntoView({ block: 'nearest' });

export function WriteLog({ logs, day }: { logs: LogState; day: string }) {
  const text = useText();
  const [from, setFrom] = useState(day);
  const [to, setTo] = useState(day);
  const [shift, setShift] = useState(ALL);
  const [post, setPost] = useState(ALL);
  const [tier, setTier] = useState<LogTier>('T2');
  const pdf = useCanPdf();
  const [formats, setFormats] = useState<LogFormat[]>(
    logs.plan.formats.filter((each) => each !== 'pdf' || pdf),
  );
  const [folder, setFolder] = useState(logs.plan.folder ?? '');
  const [done, setDone] = useState<WrittenLog | null>(null);
  const action = useAction();
  const { running, posts, plan } = logs;
  const isWrongWay = from > to;
  const cannot =
    action.isBusy ||
    running !== null ||
    folder.trim() === '' ||
    formats.length === 0 ||
    from === '' ||
    to === '' ||
    isWrongWay;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cannot) return;
    void action.run(async () => {
      setDone(null);
      const place = { folder: folder.trim() };
      const of = { from, to, shift: shift === ALL ? null : Number(shift), post: post === ALL ? null : post };
      setDone(await call('log.export', { ...of, tier, formats, place }));
    });
  };
  const shifts = [
    { id: ALL, label: text('log-screen.shift.all') },
    ...plan.shifts.map((time, at) => ({
      id: String(at + 1),
      label: text('desk.shift', { number: String(at + 1), time }),
    })),
  ];
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <p className={styles.text}>{text('log-screen.what')}</p>
      <div className={styles.fields}>
        <DayField label={text('log-screen.from')} value={from} onChange={setFrom} />
        <DayField label={text('log-screen.to')} value={to} onChange={setTo} />
        {plan.shifts.length === 0 ? null : (
          <Select label={text('log-screen.shift')} choices={shifts} value={shift} onChange={setShift} />
        )}
        {posts.length < 2 ? null : (
          <Select
            label={text('log-screen.post')}
            choices={[
              { id: ALL, label: text('log-screen.post.all') },
              ...posts.map((id) => ({ id, label: id })),
            ]}
            value={post}
            onChange={setPost}
          />
        )}
      </div>
      {isWrongWay ? <Notice tone="look">{text('log-screen.wrong-way')}</Notice> : null}
      <Choices
        label={text('log-screen.tier')}
        choices={LOG_TIERS.map((id) => ({ id, label: text(`log.tier.${id}`) }))}
        value={tier}
        onChange={(id) => setTier(id === 'T3' ? 'T3' : 'T2')}
      />
      <Formats value={formats} onChange={setFormats} />
      <FolderField
        label={text('log-screen.folder')}
        help={text('log-screen.folder.help')}
        value={folder}
        onChange={setFolder}
      />
      {running === null ? null : <UnderWay share={running.share} />}
      {action.failure ? (
        <ErrorPanel code={action.failure} tone={action.failure === 'log-cancelled' ? 'look' : 'trouble'} />
      ) : null}
      <div>
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={cannot}>
          {text('log-screen.write')}
        </Button>
      </div>
      <div role="status">
        {done === null ? null : (
          <div ref={bringIntoView}>
            <Done written={done} />
          </div>
        )}
      </div>
    </form>
  );
}

function UnderWay({ share }: { share: number }) {
  const text = useText();
  const { run, isBusy } = useAction();
  const stop = () => void run(async () => void (await call('log.cancel', {})));
  useHotkeys({
    titleId: 'log-screen.now',
    hotkeys: [{ keys: ['x'], textId: 'log-screen.stop', run: stop }],
  });
  return (
    <div className={styles.stack}>
      <Progress label={text('log-screen.writing')} value={share} />
      <div>
        <Button keyName="x" onPress={stop} isDisabled={isBusy}>
          {text('log-screen.stop')}
        </Button>
      </div>
    </div>
  );
}

function Done({ written: { files, manifest, totals } }: { written: WrittenLog }) {
  const text = useText();
  const known = (count: number | null): string => (count === null ? text('log.not-counted') : String(count));
  return (
    <Notice title={text('log-screen.done')}>
      <p>
        {text('log-screen.done.counts', {
          records: known(totals.records),
          counted: known(totals.clearedCounted),
          examined: known(totals.examined),
        })}
      </p>
      {[...files.map(({ path }) => path), manifest].map((path) => (
        <p key={path} className={styles.path}>
          {path}
        </p>
      ))}
      <p>{text('log-screen.done.verify')}</p>
    </Notice>
  );
}
