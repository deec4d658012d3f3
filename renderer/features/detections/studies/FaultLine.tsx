// What keeps something from leaving, in words, beside it.
import { TriangleAlert } from 'lucide-react';
import styles from './Studies.module.css';

/** As a field of text shows its own. */
export function FaultLine({ words }: { words: string | null }) {
  return words === null ? null : (
    <span className={styles.fault}>
      <TriangleAlert size={18} aria-hidden="true" />
      <span>{words}</span>
    </span>
  );
}
