// By hand instead of by network: what waits in the outbox into a file on a stick, and what came on one into the station.
import { type FormEvent, useEffect, useState } from 'react';
import type { BundleRecipients, ReadBundle, WrittenBundle } from '../../../shared/contract/bundles.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileChooser } from '../../ui/FileChooser.tsx';
import { FileWork } from '../../ui/FileWork.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { type Choice, SearchSelect } from '../../ui/Select.tsx';
import { useTimes } from './times.ts';
import styles from './StickDialogs.module.css';

/** Beside the ids of stations, which are UUIDs. */
const HUB = 'hub';

/** The hub first, then every station that can be written to; null until the station has said, and where it has no hub. */
function useRecipients(): { choices: readonly Choice[] | null; run: ReturnType<typeof useAction> } {
  const text = useText();
  const [known, setKnown] = useState<BundleRecipients | null>(null);
  const run = useAction();
  const { run: ask } = run;
  useEffect(() => void ask(async () => setKnown(await call('bundle.recipients', {}))), [ask]);
  if (known === null) return { choices: null, run };
  const stations = known.stations.map(({ id, code, place, agencyName }) => ({
    id,
    label: text('handover.station.line', { code, place, agency: agencyName }),
  }));
  return { choices: [{ id: HUB, label: text('stick.to.hub') }, ...stations], run };
}

export function WriteDialog({ onClose }: { onClose: () => void }) {
  const text = useText();
  const [to, setTo] = useState(HUB);
  const [folder, setFolder] = useState('');
  const [done, setDone] = useState<WrittenBundle | null>(null);
  const { choices, run: asking } = useRecipients();
  const action = useAction();
  const isReady = choices !== null && folder.trim() !== '' && !action.isBusy;
  const close = () => {
    if (!action.isBusy) onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const recipient = to === HUB ? ({ kind: 'hub' } as const) : ({ kind: 'station', stationId: to } as const);
    void action.run(async () =>
      setDone(await call('bundle.write', { folder: folder.trim(), to: recipient })),
    );
  };
  return (
    <Dialog title={text('stick.write')} isOpen onClose={close}>
      {done === null ? (
        <form className={styles.form} onSubmit={submit} noValidate>
          <p>{text('stick.write.what')}</p>
          {choices === null ? null : (
            <SearchSelect
              label={text('stick.to')}
              choices={choices}
              value={to}
              onChange={setTo}
              isDisabled={action.isBusy}
            />
          )}
          {asking.failure === null ? null : <ErrorPanel code={asking.failure} />}
          <FolderField
            label={text('backup-page.folder')}
            help={text('handover.folder.help')}
            value={folder}
            onChange={setFolder}
            isDisabled={action.isBusy}
            autoFocus
          />
          {action.isBusy ? <FileWork /> : null}
          {action.failure === null ? null : (
            <ErrorPanel
              code={action.failure}
              tone={action.failure === 'bundle-cancelled' ? 'look' : 'trouble'}
            />
          )}
          <div className={styles.buttons}>
            <Button keyName="Escape" isDisabled={action.isBusy} onPress={close}>
              {text('ui.cancel')}
            </Button>
            <Button type="submit" tone="primary" keyName="Enter" isDisabled={!isReady}>
              {text('stick.write')}
            </Button>
          </div>
        </form>
      ) : (
        <Written done={done} toHub={to === HUB} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface WrittenProps {
  done: WrittenBundle;
  toHub: boolean;
  onClose: () => void;
}

function Written({ done, toHub, onClose }: WrittenProps) {
  const text = useText();
  const { path, sha256, reports, images, leftOut } = done;
  return (
    <div className={styles.form}>
      <Notice
        title={
          reports + images === 0 ? text('stick.written.question') : text('stick.written', { reports, images })
        }
      >
        <p className={styles.path}>{path}</p>
        <p>{text(toHub ? 'stick.written.hub' : 'stick.written.station')}</p>
      </Notice>
      {leftOut === 0 ? null : (
        <Notice tone="look">
          <p>{text('stick.left-out', { count: leftOut })}</p>
        </Notice>
      )}
      <dl className={styles.digest}>
        <dt>{text('stick.digest')}</dt>
        <dd>{sha256}</dd>
      </dl>
      <div className={styles.buttons}>
        <Button keyName="Escape" tone="primary" onPress={onClose} autoFocus>
          {text('ui.close')}
        </Button>
      </div>
    </div>
  );
}

interface ReadDialogProps {
  onClose: () => void;
  /** Shows the reports of others. */
  onReceived: () => void;
}

export function ReadDialog({ onClose, onReceived }: ReadDialogProps) {
  const text = useText();
  const [done, setDone] = useState<ReadBundle | null>(null);
  return (
    <Dialog title={text('stick.read')} isOpen onClose={onClose}>
      {done === null ? (
        <FileChooser
          what={text('stick.read.what')}
          label={text('stick.read')}
          onRead={async (path) => setDone(await call('bundle.read', { path }))}
          onClose={onClose}
        />
      ) : (
        <Came done={done} onClose={onClose} onReceived={onReceived} />
      )}
    </Dialog>
  );
}

function Came({ done, onClose, onReceived }: ReadDialogProps & { done: ReadBundle }) {
  const text = useText();
  const timeText = useTimes();
  const { from, at, receipts, reports, known, refused, refusals } = done;
  const isNew = receipts + reports > 0;
  const sender =
    from.kind === 'hub' ? text('stick.from.hub') : text('stick.from.station', { code: from.code ?? '' });
  return (
    <div className={styles.form}>
      <Notice title={text(isNew ? 'stick.came' : 'stick.came.nothing')}>
        <p>{text('stick.from', { sender, time: timeText(at) })}</p>
        {isNew ? (
          <ul className={styles.list}>
            {receipts === 0 ? null : <li>{text('stick.came.receipts', { count: receipts })}</li>}
            {reports === 0 ? null : <li>{text('stick.came.reports', { count: reports })}</li>}
          </ul>
        ) : null}
        {known === 0 ? null : <p>{text('stick.came.known', { count: known })}</p>}
      </Notice>
      {refused === 0 ? null : (
        <Notice tone="look" title={text('stick.refused', { count: refused })}>
          <ul className={styles.list}>
            {refusals.map(({ reason, count }) => (
              <li key={reason}>{text(`stick.refused.${reason}`, { count })}</li>
            ))}
          </ul>
        </Notice>
      )}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose} autoFocus={reports === 0}>
          {text('ui.close')}
        </Button>
        {reports === 0 ? null : (
          <Button tone="primary" onPress={onReceived} autoFocus>
            {text('stick.show')}
          </Button>
        )}
      </div>
    </div>
  );
}
