// Which station has a case, or which one it came from; with what can be done about that now.
import type { CaseHandover } from '../../../shared/contract/handover.ts';
import { useCan } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { askFor } from './case-keys.ts';
import { useTimeText } from './use-case-now.ts';

export function HandoverNote({ handover }: { handover: CaseHandover }) {
  const text = useText();
  const timeText = useTimeText();
  const mayHandOver = useCan('case.hand-over');
  const mayTakeBack = useCan('case.take-back');
  const mayAcknowledge = useCan('case.acknowledge');
  const { state, stationCode: station, givenBy: officer, givenAt } = handover;
  const action = {
    handed: (
      <>
        {mayHandOver ? <Button onPress={() => askFor('hand-over')}>{text('handover.again')}</Button> : null}
        {mayTakeBack ? (
          <Button onPress={() => askFor('take-back')}>{text('handover.take-back')}</Button>
        ) : null}
      </>
    ),
    acknowledged: null,
    opened: mayAcknowledge ? (
      <Button onPress={() => askFor('acknowledge')}>{text('handover.acknowledge')}</Button>
    ) : null,
  }[state];
  return (
    <Notice
      tone={state === 'opened' ? 'info' : 'look'}
      title={text(`handover.${state}`, { station })}
      actions={action}
    >
      <p>{text(`handover.${state}.what`, { station, officer, time: timeText(givenAt) })}</p>
    </Notice>
  );
}
