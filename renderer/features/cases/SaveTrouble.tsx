// What the station did not take: it stays in the window until it did, or until the officer gives it up.
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { dropPending, send, useCase } from './case-store.ts';

export function SaveTrouble() {
  const text = useText();
  const code = useCase((state) => state.saveFailure);
  const count = useCase((state) => state.pending.length);
  if (code === null || count === 0) return null;
  return (
    <ErrorPanel
      code={code}
      actions={
        <>
          <Button onPress={() => void send()}>{text('ui.try-again')}</Button>
          <Button tone="quiet" onPress={dropPending}>
            {text('cases.drop-pending', { count })}
          </Button>
        </>
      }
    />
  );
}
