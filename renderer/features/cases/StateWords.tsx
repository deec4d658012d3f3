// How a case stands, in a word with its sign: waiting, in hand, to be signed, done, or at another station.
import { ArrowRightLeft, CircleCheck, CircleDashed, Hand, PenLine } from 'lucide-react';
import type { CaseRow } from '../../../shared/contract/cases.ts';
import { useText } from '../../text/TextProvider.tsx';
import { me } from './case-store.ts';
import styles from './StateWords.module.css';

const ICONS = { open: CircleDashed, held: Hand, 'to-sign': PenLine, done: CircleCheck } as const;

export function StateWords({ state, holder, handover }: Pick<CaseRow, 'state' | 'holder' | 'handover'>) {
  const text = useText();
  if (handover?.direction === 'out')
    return (
      <span className={styles.state} data-state="away">
        <ArrowRightLeft size={18} aria-hidden="true" />
        <span>{text('handover.state', { station: handover.stationCode })}</span>
      </span>
    );
  const Icon = ICONS[state];
  const isMine = holder?.officerId === me().officerId;
  return (
    <span className={styles.state} data-state={state}>
      <Icon size={18} aria-hidden="true" />
      <span>
        {holder === null
          ? text(`cases.state.${state}`)
          : text(isMine ? 'cases.state.held.you' : 'cases.state.held', { name: holder.name })}
      </span>
    </span>
  );
}
