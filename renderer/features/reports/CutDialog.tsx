// Cuts a piece out of a picture of the case: marked on the picture, looked at exactly as it would leave, then added.
import { Scissors } from 'lucide-react';
import { useState } from 'react';
import { type CropFault, cropFaults } from '../../../shared/sharing/crops.ts';
import type { Box, Crop } from '../../../shared/sharing/full.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import type { Output } from '../../../shared/contract/channels.ts';
import { call } from '../../lib/bridge.ts';
import { imageUrl } from '../../lib/images.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices, SwitchField } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import styles from './CutDialog.module.css';
import { Cutter, type Marked } from './Cutter.tsx';
import { middle } from '../../ui/BoxDrawing.tsx';
import type { DraftPicture, Open } from './draft.ts';
import { DataPicture } from './Preview.tsx';
import { Fault } from './Fault.tsx';

type Cut = Output<'report.crop'>;
type Where = Crop['portrait'];

interface CutDialogProps {
  open: Open;
  /** A piece of the document for everybody, or the portrait for a partner alone. */
  purpose: 'piece' | 'portrait';
  onCut: (cut: Cut, crop: Crop) => void;
  onClose: () => void;
}

/** What was said of a picture for an earlier piece holds for this one. */
function knownOf({ content }: Open, picture: DraftPicture): { portrait: Where; zone: Where } {
  const before = content.images.find(({ imageId }) => imageId === picture.id);
  return { portrait: before?.portrait ?? null, zone: before?.zone ?? picture.zone };
}

const boxOr = (where: Where): Box | null => (where === 'none' ? null : where);

/** Told by the controls themselves. */
const ASKED: ReadonlySet<CropFault> = new Set(['crop-unconfirmed']);

export function CutDialog({ open, purpose, onCut, onClose }: CutDialogProps) {
  const text = useText();
  const action = useAction();
  const [picture, setPicture] = useState(open.pictures[0] ?? null);
  const [at, setAt] = useState<Box | null>(picture === null ? null : middle(picture));
  const [said, setSaid] = useState(() =>
    picture === null ? { portrait: null, zone: null } : knownOf(open, picture),
  );
  const [active, setActive] = useState<Marked>('piece');
  const [cut, setCut] = useState<Cut | null>(null);
  const [showsNobody, setShowsNobody] = useState(false);
  const title = text(purpose === 'piece' ? 'cutter.title' : 'cutter.title-portrait');
  if (picture === null || at === null)
    return (
      <Dialog title={title} isOpen onClose={onClose}>
        <p>{text('cutter.no-picture')}</p>
      </Dialog>
    );

  const crop: Crop = {
    sha256: cut?.sha256 ?? '0'.repeat(64),
    bytes: cut?.bytes ?? 1,
    mime: cut?.mime ?? 'image/jpeg',
    light: picture.light,
    imageId: picture.id,
    width: picture.width,
    height: picture.height,
    at,
    portrait: said.portrait,
    zone: said.zone,
    showsNobody,
  };
  const faults = purpose === 'portrait' ? [] : cropFaults(crop);
  const told = faults.filter((fault) => !ASKED.has(fault));
  const forget = () => {
    setCut(null);
    setShowsNobody(false);
  };
  const mark = (box: Box) => {
    forget();
    if (active === 'piece') setAt(box);
    else setSaid((before) => ({ ...before, [active]: box }));
  };
  const choose = (chosen: DraftPicture) => {
    forget();
    setPicture(chosen);
    setAt(middle(chosen));
    setSaid(knownOf(open, chosen));
    setActive('piece');
  };
  const doCut = () =>
    void action.run(async () =>
      setCut(await call('report.crop', { examinationId: open.examinationId, imageId: picture.id, at })),
    );
  const isReady = cut !== null && faults.length === 0;
  const add = () => {
    if (cut !== null && faults.length === 0) onCut(cut, crop);
  };
  return (
    <Dialog
      title={title}
      isOpen
      wide
      onClose={onClose}
      hotkeys={[{ keys: ['Control+Enter'], textId: 'cutter.add', run: add, enabled: () => isReady }]}
      hotkeysTitleId="cutter.title"
      footer={
        <>
          <Button keyName="Escape" onPress={onClose}>
            {text('ui.cancel')}
          </Button>
          <Button icon={<Scissors size={20} />} isDisabled={action.isBusy || told.length > 0} onPress={doCut}>
            {text('cutter.cut')}
          </Button>
          <Button keyName="Control+Enter" tone="primary" isDisabled={!isReady} onPress={add}>
            {text('cutter.add')}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.left}>
          {open.pictures.length > 1 ? (
            <div className={styles.strip} role="group" aria-label={text('cutter.pictures')}>
              {open.pictures.map((one, number) => (
                <button
                  key={one.id}
                  type="button"
                  className={styles.thumb}
                  aria-pressed={one.id === picture.id}
                  aria-label={text('cutter.picture', {
                    number: number + 1,
                    light: text(CODE_WORDS.light(one.light)),
                  })}
                  onClick={() => choose(one)}
                >
                  <img src={imageUrl(one.id, 'thumb')} alt="" />
                </button>
              ))}
            </div>
          ) : null}
          <Cutter
            picture={picture}
            boxes={{ piece: at, portrait: boxOr(said.portrait), zone: boxOr(said.zone) }}
            active={active}
            onChange={mark}
          />
          <p className={styles.quiet}>{text('cutter.help')}</p>
        </div>
        <div className={styles.right}>
          {purpose === 'piece' ? (
            <Marks active={active} said={said} onActive={setActive} onSaid={setSaid} />
          ) : null}
          {told.map((fault) => (
            <Fault key={fault} words={text(CODE_WORDS.problem(fault))} />
          ))}
          {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
          {cut === null ? null : (
            <>
              <p>{text('cutter.exactly')}</p>
              <DataPicture source={`data:${cut.mime};base64,${cut.base64}`} label={text('reports.picture')} />
              {purpose === 'piece' ? (
                <SwitchField
                  label={text('cutter.shows-nobody')}
                  isOn={showsNobody}
                  onChange={setShowsNobody}
                  autoFocus
                />
              ) : null}
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

interface MarksProps {
  active: Marked;
  said: { portrait: Where; zone: Where };
  onActive: (active: Marked) => void;
  onSaid: (said: { portrait: Where; zone: Where }) => void;
}

/** Which rectangle is drawn, and of portrait and zone whether there is one at all. */
function Marks({ active, said, onActive, onSaid }: MarksProps) {
  const text = useText();
  return (
    <>
      <Choices
        label={text('cutter.mark')}
        value={active}
        onChange={(id) => onActive(id === 'portrait' || id === 'zone' ? id : 'piece')}
        choices={(['piece', 'portrait', 'zone'] as const).map((id) => ({
          id,
          label: text(`cutter.mark.${id}`),
        }))}
      />
      {(['portrait', 'zone'] as const).map((name) => (
        <SwitchField
          key={name}
          label={text(`cutter.none.${name}`)}
          isOn={said[name] === 'none'}
          onChange={(isOn) => onSaid({ ...said, [name]: isOn ? 'none' : null })}
        />
      ))}
    </>
  );
}
