// The question at the beginning of a sitting: an examination that a colleague began is taken over, or left for them.
import { call } from '../../lib/bridge.ts';
import type { Hotkey } from '../../lib/hotkeys.ts';
import { useStation } from '../../lib/store-station.ts';
import { clockIn } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
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
  const { run, isBusy, failure } = useAction();
  const take = () =>
    void run(async () => {
      const taken = await call('draft.take', { id: draft.id });
      useHandover.setState({ offered: null });
      restore(fromDraft(taken.draft), draft.startedAt);
      readRestored();
    });
  const leave = () =>
    void run(async () => {
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
          <Button keyName="l" onPress={leave} isDisabled={isBusy}>
            {text('handover.leave')}
          </Button>
          <Button keyName="t" tone="primary" onPress={take} isDisabled={isBusy}>
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
