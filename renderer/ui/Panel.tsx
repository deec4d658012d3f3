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
  /** It scrolls and may hold nothing that takes the focus: then the panel does, so that keys can scroll it. */
  scrolls?: boolean;
  className?: string | undefined;
  children: ReactNode;
}

export function Panel({ title, label, aside, flush, scrolls, className, children }: PanelProps) {
  return (
    <section
      className={[styles.panel, className].filter(Boolean).join(' ')}
      aria-label={label ?? title}
      {...(scrolls ? { tabIndex: 0 } : {})}
    >
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
