// Invented documents to try the lane with, while nothing else is in it.
import { useEffect, useRef, useState } from 'react';
import { call } from '../../lib/bridge.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { openSpecimen } from './intake.ts';
import styles from './Specimens.module.css';

interface SpecimenRow {
  id: string;
  titleId: string;
}

/** Invented documents of Utopia; key T brings the focus to the first. */
export function Specimens() {
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
        {text('examine.specimens')}
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
