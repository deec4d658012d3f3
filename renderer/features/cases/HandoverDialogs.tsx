// A case to another station: given as a file, acknowledged by one, taken back while nobody has.
import { type FormEvent, useEffect, useState } from 'react';
import type { BundleRecipients } from '../../../shared/contract/bundles.ts';
import type { CaseHandover } from '../../../shared/contract/handover.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { type TextOf, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FileWork } from '../../ui/FileWork.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { type Choice, Select } from '../../ui/Select.tsx';
import styles from './CaseDialog.module.css';

interface HandoverDialogProps {
  what: 'hand-over' | 'acknowledge' | 'take-back';
  examinationId: string;
  /** As the case stands now. */
  handover: CaseHandover | undefined;
  onClose: () => void;
}

/** Where the file lies, and how many pictures are not in it. */
interface Done {
  path: string;
  missing: number;
}

type Stations = BundleRecipients['stations'];

/** Every station that is known here; null until the station has said. */
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

/** Those that the case can go to first; the others cannot be chosen, and say why. */
function choicesOf(text: TextOf, stations: Stations, onlyTo: string | null): Choice[] {
  const choices = stations.map(({ id, code, place, agencyName, hasBasis }) => {
    const label = text('handover.station.line', { code, place, agency: agencyName });
    const isElsewhere = onlyTo !== null && id !== onlyTo;
    if (!isElsewhere && hasBasis) return { id, label, isDisabled: false };
    const why = text(isElsewhere ? 'handover.station.elsewhere' : 'handover.station.no-basis');
    return { id, label: text('handover.station.not', { station: label, why }), isDisabled: true };
  });
  return choices.sort((a, b) => Number(a.isDisabled) - Number(b.isDisabled));
}

export function HandoverDialog({ what, examinationId, handover, onClose }: HandoverDialogProps) {
  const text = useText();
  const isAgain = what === 'hand-over' && handover?.direction === 'out';
  // A case goes back to where it came from, and a file that is written again to whom it was for.
  const onlyTo = (isAgain ? handover?.stationId : handover?.originId) ?? null;
  const [stationId, setStationId] = useState(onlyTo);
  const [folder, setFolder] = useState('');
  const [done, setDone] = useState<Done | null>(null);
  const stations = useStations(what === 'hand-over');
  const choices = stations === null ? null : choicesOf(text, stations, onlyTo);
  const canGo = choices?.some(({ id, isDisabled }) => id === stationId && isDisabled !== true) ?? false;
  const action = useAction();
  const needsFolder = what !== 'take-back';
  const isReady = (!needsFolder || folder.trim() !== '') && (what !== 'hand-over' || canGo) && !action.isBusy;
  const title = text(isAgain ? 'handover.again' : `handover.${what}`);
  const close = () => {
    if (!action.isBusy) onClose();
  };

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
      <Dialog title={title} isOpen onClose={onClose}>
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
    <Dialog title={title} isOpen onClose={close}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <p>{text(isAgain ? 'handover.again.what' : `handover.${what}.what`)}</p>
        {choices === null ? null : (
          <StationField choices={choices} value={stationId} onChange={setStationId} />
        )}
        {needsFolder ? (
          <FolderField
            label={text('backup-page.folder')}
            help={text('handover.folder.help')}
            value={folder}
            onChange={setFolder}
            isDisabled={action.isBusy}
          />
        ) : null}
        {action.isBusy && needsFolder ? <FileWork /> : null}
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
            {title}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface StationFieldProps {
  choices: readonly Choice[];
  value: string | null;
  onChange: (id: string) => void;
}

function StationField({ choices, value, onChange }: StationFieldProps) {
  const text = useText();
  const canGo = choices.some(({ isDisabled }) => isDisabled !== true);
  return (
    <>
      <Select
        label={text('handover.station')}
        choices={choices}
        value={value}
        onChange={onChange}
        placeholder={choices.length === 0 ? text('handover.no-stations') : undefined}
        isDisabled={choices.length === 0}
      />
      {choices.length > 0 && !canGo ? <Notice tone="look">{text('handover.none-possible')}</Notice> : null}
    </>
  );
}
