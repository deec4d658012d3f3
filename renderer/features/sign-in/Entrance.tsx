// What stands around every page of signing in: the place where the station stands, and one sheet in the middle.
import { LockKeyhole } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStation } from '../../lib/store-station.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './Entrance.module.css';

interface EntranceProps {
  title: string;
  /** Two columns of the sheet instead of one. */
  wide?: boolean;
  children: ReactNode;
}

export function Entrance({ title, wide = false, children }: EntranceProps) {
  const text = useText();
  // Before the first sign-in after a start the place is not known: it lies in the closed store.
  const settings = useStation((station) => station.state?.settings ?? null);
  return (
    <div className={styles.page}>
      <header className={styles.bar}>
        <LockKeyhole size={20} aria-hidden="true" />
        <p>
          {settings
            ? text('app.place', {
                place: settings.place,
                direction: text(`direction.${settings.direction}`),
              })
            : text('shell.name')}
        </p>
      </header>
      <main className={styles.middle}>
        <div className={wide ? `${styles.sheet} ${styles.wide}` : styles.sheet}>
          <h1>{title}</h1>
          {children}
        </div>
      </main>
    </div>
  );
}
