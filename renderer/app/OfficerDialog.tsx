// Who is at the counter: a list one answers with a number key or an arrow and Enter.
import { useState } from 'react';
import { failureCodeOf } from '../lib/bridge.ts';
import type { Hotkey } from '../lib/hotkeys.ts';
import { chooseOfficer, useStation } from '../lib/store-station.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { ErrorPanel } from '../ui/Notice.tsx';
import { OptionList } from '../ui/OptionList.tsx';

interface OfficerDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

export function OfficerDialog({ isOpen, onClose }: OfficerDialogProps) {
  const text = useText();
  const state = useStation((station) => station.state);
  const [failure, setFailure] = useState<string | null>(null);
  const officers = state?.officers ?? [];
  const choose = async (id: string) => {
    try {
      await chooseOfficer(id);
      setFailure(null);
      onClose();
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    }
  };
  const hotkeys: Hotkey[] = officers.slice(0, 9).map((officer, at) => ({
    keys: [String(at + 1)],
    textId: 'officers.choose',
    run: () => void choose(officer.id),
  }));
  const close = () => {
    setFailure(null);
    onClose();
  };
  return (
    <Dialog
      title={text('officers.title')}
      isOpen={isOpen}
      onClose={close}
      hotkeys={hotkeys}
      footer={
        state?.currentOfficerId ? (
          <Button keyName="Escape" onPress={close}>
            {text('ui.cancel')}
          </Button>
        ) : null
      }
    >
      <p>{text('officers.help')}</p>
      <OptionList
        label={text('officers.title')}
        options={officers.map((officer, at) => ({
          id: officer.id,
          label: officer.name,
          aside: text(`role.${officer.role}`),
          ...(at < 9 ? { keyName: String(at + 1) } : {}),
        }))}
        selectedId={state?.currentOfficerId ?? null}
        onChoose={(id) => void choose(id)}
      />
      {failure ? <ErrorPanel code={failure} /> : null}
    </Dialog>
  );
}
