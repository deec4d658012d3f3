// A case to another station: given as a file, acknowledged by one, taken back while nobody has.
import { type FormEvent, useEffect, useState } from 'react';
import type { BundleRecipients } from '../../../shared/contract/bundles.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './CaseDialog.module.css';

interface HandoverDialogProps {
  what: 'hand-over' | 'acknowledge' | 'take-back';
  examinationId: string;
  onClose: () => void;
}

/** Where the file lies, and how many pictures are not in it. */
interface Done {
  path: string;
  missing: number;
}

type Stations = BundleRecipients['stations'];

/** Stations that a case can go to; null until the station has said. */
function useStations(isAsked: boolean): Stations | null {
  const [stations, setStations] = useState<Stations | null>(null);
  useEffect(() => {
    if (!isAsked) return;
    void call('bundle.recipients', {}).then(
      (known) => setStations(known.stations),
      () => setStations([]),
    );
  }, [isAsked]);
  return stations;
}

export function HandoverDialog({ what, examinationId, onClose }: HandoverDialogProps) {
  const text = useText();
  const [stationId, setStationId] = useState<string | null>(null);
  const [folder, setFolder] = useState('');
  const [done, setDone] = useState<Done | null>(null);
  const stations = useStations(what === 'hand-over');
  const action = useAction();
  const needsFolder = what !== 'take-back';
  const isReady =
    (!needsFolder || folder.trim() !== '') && (what !== 'hand-over' || stationId !== null) && !action.isBusy;

  async function act(): Promise<void> {
    if (what === 'take-back') {
      await call('case.take-back', { examinationId });
      onClose();
    } else if (what === 'acknowledge') {
      const { path } = await call('case.acknowledge', { examinationId, folder: folder.trim() });
      setDone({ path, missing: 0 });
    } else if (stationId !== null) {
      setDone(await call('case.hand-over', { examinationId, stationId, folder: folder.trim() }));
    }
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) void action.run(act);
  };

  if (done !== null)
    return (
      <Dialog title={text(`handover.${what}`)} isOpen onClose={onClose}>
        <div className={styles.form}>
          <Notice>
            <p>{text(`handover.${what}.done`, { path: done.path })}</p>
          </Notice>
          {done.missing > 0 ? (
            <Notice tone="look">
              <p>{text('case-export.missing', { count: done.missing })}</p>
            </Notice>
          ) : null}
          <div className={styles.buttons}>
            <Button keyName="Escape" tone="primary" onPress={onClose} autoFocus>
              {text('ui.close')}
            </Button>
          </div>
        </div>
      </Dialog>
    );
  return (
    <Dialog title={text(`handover.${what}`)} isOpen onClose={onClose}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p>{text(`handover.${what}.what`)}</p>
        {stations === null ? null : (
          <Select
            label={text('handover.station')}
            choices={stations.map(({ id, code, place, agencyName }) => ({
              id,
              label: text('handover.station.line', { code, place, agency: agencyName }),
            }))}
            value={stationId}
            onChange={setStationId}
            placeholder={stations.length === 0 ? text('handover.no-stations') : undefined}
            isDisabled={stations.length === 0}
          />
        )}
        {needsFolder ? (
          <FolderField
            label={text('backup-page.folder')}
            help={text('handover.folder.help')}
            value={folder}
            onChange={setFolder}
          />
        ) : null}
        {action.isBusy ? <Progress label={text('handover.working')} /> : null}
        {action.failure === null ? null : <ErrorPanel code={action.failure} />}
        <div className={styles.buttons}>
          <Button keyName="Escape" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button type="submit" tone="primary" keyName="Enter" isDisabled={!isReady}>
            {text(`handover.${what}`)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
