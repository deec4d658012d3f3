// How much waits for an officer, while nobody is signed in: numbers, nothing of any traveller.
import type { Waiting as Numbers } from '../../../shared/contract/vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './Entrance.module.css';

export function Waiting({ drafts, scans }: Numbers) {
  const text = useText();
  if (drafts + scans === 0) return null;
  return (
    <ul className={styles.lines}>
      {drafts > 0 ? <li>{text('sign-in.waiting.drafts', { count: drafts })}</li> : null}
      {scans > 0 ? <li>{text('sign-in.waiting.scans', { count: scans })}</li> : null}
    </ul>
  );
}
