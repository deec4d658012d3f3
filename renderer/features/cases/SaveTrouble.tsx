// What the station did not take: it stays in the window until it did, or until the officer gives it up.
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { dropPending, openCase, refusedCase, send, useCase } from './case-store.ts';

export function SaveTrouble() {
  const text = useText();
  const id = useCase(refusedCase);
  const code = useCase(({ refused }) => (id === null ? undefined : refused[id]));
  const count = useCase(({ pending }) => pending.filter(({ examinationId }) => examinationId === id).length);
  const isHere = useCase(({ view }) => view?.record.id === id);
  if (id === null || code === undefined) return null;
  const drop = (
    <Button tone="quiet" onPress={() => dropPending(id)}>
      {text('cases.drop-pending', { count })}
    </Button>
  );
  if (!isHere) {
    return (
      <Notice
        tone="trouble"
        title={text('cases.pending.other', { count })}
        actions={
          <>
            <Button onPress={() => void openCase(id)}>{text('cases.pending.open')}</Button>
            {drop}
          </>
        }
      >
        <p>{text('cases.pending.why')}</p>
      </Notice>
    );
  }
  return (
    <ErrorPanel
      code={code}
      actions={
        <>
          <Button onPress={() => void send()}>{text('ui.try-again')}</Button>
          {drop}
        </>
      }
    />
  );
}
