// The question at the beginning of a sitting: an examination that a colleague began is taken over, or left for them.
import { useState } from 'react';
import { call, failureCodeOf } from '../../lib/bridge.ts';
import type { Hotkey } from '../../lib/hotkeys.ts';
import { useStation } from '../../lib/store-station.ts';
import { clockIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { loadDraft, restore } from './draft-keeping.ts';
import { type Offered, useHandover } from './handover.ts';
import { readRestored } from './reading.ts';
import { fromDraft } from './work.ts';

export function Handover() {
  const offered = useHandover((state) => state.offered);
  return offered === null ? null : <Question key={offered.draft.id} offered={offered} />;
}

function Question({ offered: { draft, name } }: { offered: Offered }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const [failure, setFailure] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const answer = async (give: () => Promise<void>) => {
    if (isAsking) return;
    setAsking(true);
    try {
      await give();
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
      setAsking(false);
    }
  };
  const take = () =>
    void answer(async () => {
      const taken = await call('draft.take', { id: draft.id });
      useHandover.setState({ offered: null });
      restore(fromDraft(taken.draft), draft.startedAt);
      readRestored();
    });
  const leave = () =>
    void answer(async () => {
      await call('draft.leave', { id: draft.id });
      useHandover.setState({ offered: null });
      await loadDraft();
    });
  const hotkeys: Hotkey[] = [
    { keys: ['t'], textId: 'handover.take', run: take },
    { keys: ['l'], textId: 'handover.leave', run: leave },
  ];
  return (
    <Dialog
      title={text('handover.title', { name })}
      isOpen
      // Nothing else can be examined before it is answered: Esc leaves it too.
      onClose={leave}
      hotkeys={hotkeys}
      hotkeysTitleId="handover.keys"
      footer={
        <>
          <Button keyName="l" onPress={leave} isDisabled={isAsking}>
            {text('handover.leave')}
          </Button>
          <Button keyName="t" tone="primary" onPress={take} isDisabled={isAsking}>
            {text('handover.take')}
          </Button>
        </>
      }
    >
      <p>
        {text('handover.what', {
          name,
          time: clockIn(timeZone, new Date(draft.startedAt), language),
          documents: draft.documents.length,
        })}
      </p>
      <p>{text('handover.then', { name })}</p>
      {failure ? <ErrorPanel code={failure} /> : null}
    </Dialog>
  );
}
