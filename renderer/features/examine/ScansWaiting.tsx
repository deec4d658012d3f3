// How many scans of the watched folder wait, and the key that takes the next one.
import { ScanLine } from 'lucide-react';
import { useScans } from '../../lib/store-scans.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './ScansWaiting.module.css';
import { takeScan } from './scans.ts';
import { useExamine } from './store.ts';
import { isEmpty } from './work.ts';

export function ScansWaiting() {
  const text = useText();
  const count = useScans(({ state }) => state?.waiting ?? 0);
  const empty = useExamine((state) => isEmpty(state.work));
  if (count === 0) return null;
  return (
    <div className={styles.waiting}>
      <p className={styles.count} role="status">
        <ScanLine size={20} aria-hidden="true" />
        {text('folder.waiting', { count })}
      </p>
      <Button keyName="s" onPress={() => void takeScan()}>
        {text(empty ? 'folder.open-next' : 'folder.add-next')}
      </Button>
    </div>
  );
}
