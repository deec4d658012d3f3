// Adds a picture to a document of the case: under which light it was taken, and the file.
import { ImagePlus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ItemPlace } from '../../../shared/contract/cases.ts';
import { LIGHTS, type Light } from '../../../shared/procedures/procedure.ts';
import { lightWord } from '../../../shared/procedures/words.ts';
import { call } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { putImage, type StoredImage } from '../../lib/images.ts';
import { sittingNumber } from '../../lib/sitting.ts';
import { useAction } from '../../lib/use-action.ts';
import { useCan, useVault } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { enterNow, useCase } from './case-store.ts';
import type { CaseWork } from './case-work.ts';
import styles from './CaseDialog.module.css';

interface PictureDialogProps {
  work: CaseWork;
  place: ItemPlace;
  onClose: () => void;
}

export function PictureDialog({ work, place, onClose }: PictureDialogProps) {
  const text = useText();
  const [light, setLight] = useState<Light>(() => wantedLight(work, place));
  const mayPick = useCan('shell.pickImage');
  const canPick = useVault(({ state }) => state?.shell.pickFile ?? false);
  const input = useRef<HTMLInputElement>(null);
  const action = useAction();
  const close = () => {
    if (!action.isBusy) onClose();
  };
  const add = (store: () => Promise<StoredImage | null>) =>
    action
      .run(async () => {
        const here = placeAndSitting();
        const stored = await store();
        // Another case on the screen, or somebody else before it: it is not theirs.
        if (stored === null || placeAndSitting() !== here) return;
        const image = { id: stored.id, light, source: 'file' } as const;
        await enterNow({ kind: 'image', id: newId(), documentId: place.documentId, image });
        useCase.setState({ pictureId: stored.id, besideId: null });
        onClose();
      })
      .catch(() => undefined);
  const choose = () => {
    if (mayPick && canPick) void add(async () => (await call('shell.pickImage', {})).image);
    else input.current?.click();
  };
  return (
    <Dialog title={text('cases.picture.add')} isOpen onClose={close}>
      <div
        className={styles.form}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          event.preventDefault();
          event.stopPropagation();
          const file = event.dataTransfer.files[0];
          if (file !== undefined) void add(() => putImage(file));
        }}
      >
        <Choices
          label={text('cases.picture.light')}
          value={light}
          autoFocus
          onChange={(id) => setLight(LIGHTS.find((one) => one === id) ?? 'white')}
          choices={LIGHTS.map((id) => ({ id, label: text(lightWord(id)) }))}
        />
        <p className={styles.quiet}>{text('cases.picture.help')}</p>
        <input
          ref={input}
          type="file"
          hidden
          accept="image/jpeg,image/png,image/webp,image/tiff"
          aria-label={text('cases.picture.file')}
          onChange={(event) => {
            const file = event.target.files?.[0];
            if (file !== undefined) void add(() => putImage(file));
            // The same file can be chosen twice in a row.
            event.target.value = '';
          }}
        />
        {action.isBusy ? <Progress label={text('cases.picture.busy')} /> : null}
        {action.failure === null ? null : <ErrorPanel code={action.failure} tone="look" />}
        <div className={styles.buttons}>
          <Button keyName="Escape" onPress={close}>
            {text('ui.cancel')}
          </Button>
          <Button tone="primary" icon={<ImagePlus size={20} />} onPress={choose} isDisabled={action.isBusy}>
            {text('cases.picture.file')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

/** Where a picture that is chosen now belongs: the case on the screen, by whoever is here. */
function placeAndSitting(): string {
  return `${useCase.getState().view?.record.id} ${sittingNumber()}`;
}

/** The first light that the item asks for and that no picture of its document has yet. */
function wantedLight({ lists, pictures }: CaseWork, { documentId, itemId }: ItemPlace): Light {
  const list = lists.find((one) => one.documentId === documentId);
  const lights = list?.items.find(({ id }) => id === itemId)?.lights ?? [];
  const there = new Set(pictures.filter((one) => one.documentId === documentId).map(({ light }) => light));
  return lights.find((light) => !there.has(light)) ?? lights[0] ?? 'white';
}
