// Work that takes a while: a word for the step and a bar that claims no more than is known.
import { ProgressBar } from 'react-aria-components';
import styles from './Progress.module.css';

interface ProgressProps {
  /** The step in words; also read aloud. */
  label: string;
  /** 0 to 1 where it is known; otherwise the bar only shows that work goes on. */
  value?: number | undefined;
}

export function Progress({ label, value }: ProgressProps) {
  const known = value === undefined ? { isIndeterminate: true } : { value: value * 100 };
  return (
    <ProgressBar className={styles.progress ?? ''} aria-label={label} valueLabel={label} {...known}>
      <span className={styles.label}>{label}</span>
      <svg className={styles.track} viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
        <rect className={styles.rail} width="100" height="4" />
        <rect
          className={value === undefined ? styles.moving : styles.bar}
          width={value === undefined ? 30 : value * 100}
          height="4"
        />
      </svg>
    </ProgressBar>
  );
}
