// The empty lane teaches: what to put where, and a specimen to try.
import { IdCard } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { call } from '../../lib/bridge.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { openSpecimen } from './intake.ts';
import { useExamine } from './store.ts';
import styles from './Welcome.module.css';
import { type DocumentWork, hasReading, isEmpty } from './work.ts';

interface SpecimenRow {
  id: string;
  titleId: string;
}

export function Welcome({ document }: { document: DocumentWork }) {
  const text = useText();
  const empty = useExamine((state) => isEmpty(state.work));
  const busy = useExamine((state) => state.busy !== null);
  if (busy) return <div className={styles.welcome} />;
  if (!empty) {
    return (
      <div className={styles.welcome}>
        <p className={styles.card}>
          {text(hasReading(document) ? 'examine.no-picture' : 'examine.next-document')}
        </p>
      </div>
    );
  }
  return (
    <div className={styles.welcome}>
      <div className={styles.card}>
        <EmptyState icon={<IdCard size={44} />} title={text('examine.welcome.title')} actions={<Specimens />}>
          <p>{text('examine.welcome.how')}</p>
        </EmptyState>
      </div>
    </div>
  );
}

/** Invented documents of Utopia; key T brings the focus to the first. */
function Specimens() {
  const text = useText();
  const [rows, setRows] = useState<readonly SpecimenRow[]>([]);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    let isLeft = false;
    // Without specimens the lane is none the worse; the list is simply not there.
    call('specimen.list', {}).then(
      ({ specimens }) => {
        if (!isLeft) setRows(specimens);
      },
      () => {},
    );
    return () => {
      isLeft = true;
    };
  }, []);
  useHotkeys({
    titleId: 'examine.keys',
    hotkeys: [
      {
        keys: ['t'],
        textId: 'examine.key.specimen',
        run: () => list.current?.querySelector('button')?.focus(),
        enabled: () => rows.length > 0,
      },
    ],
  });
  if (rows.length === 0) return null;
  return (
    <div className={styles.specimens}>
      <p className={styles.try}>
        <KeyCap name="t" />
        {text('examine.welcome.specimens')}
      </p>
      <ul ref={list} className={styles.list}>
        {rows.map((row) => (
          <li key={row.id}>
            <Button onPress={() => openSpecimen(row.id)}>{text(row.titleId)}</Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
