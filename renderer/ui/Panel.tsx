// A place on a screen with its own heading; it keeps its size whatever fills it.
import type { ReactNode } from 'react';
import styles from './Panel.module.css';

interface PanelProps {
  /** Words of the heading; without it the panel needs a label. */
  title?: string;
  label?: string;
  /** Stands at the end of the heading line. */
  aside?: ReactNode;
  /** No inner space, for pictures and tables. */
  flush?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

export function Panel({ title, label, aside, flush, className, children }: PanelProps) {
  return (
    <section className={[styles.panel, className].filter(Boolean).join(' ')} aria-label={label ?? title}>
      {title || aside ? (
        <header className={styles.head}>
          {title ? <h2>{title}</h2> : null}
          {aside ? <div className={styles.aside}>{aside}</div> : null}
        </header>
      ) : null}
      <div className={flush ? styles.flush : styles.body}>{children}</div>
    </section>
  );
}
