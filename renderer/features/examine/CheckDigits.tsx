// Each check digit with its verdict as a word and a shape; judged as the rows are typed.
import { Check, Ellipsis, Minus, TriangleAlert } from 'lucide-react';
import { useText } from '../../text/TextProvider.tsx';
import heard from '../../ui/spoken.module.css';
import styles from './CheckDigits.module.css';
import type { Judged } from './judged.ts';

const ICONS = { holds: Check, fails: TriangleAlert, absent: Minus, incomplete: Ellipsis } as const;

export function CheckDigits({ judged }: { judged: Judged }) {
  const text = useText();
  return (
    <ul className={styles.digits} aria-label={text('examine.digits')}>
      {judged.digits.map(({ id, state }) => {
        const Icon = ICONS[state];
        return (
          <li key={id} className={styles.digit} data-state={state}>
            <Icon size={16} aria-hidden="true" />
            {text(`examine.digit.${id}`)}
            <span className={heard.spoken}>{text(`examine.digit.state.${state}`)}</span>
          </li>
        );
      })}
    </ul>
  );
}
