// The empty lane teaches: what to put where.
import { IdCard } from 'lucide-react';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { useExamine } from './store.ts';
import styles from './Welcome.module.css';
import { type DocumentWork, hasReading, isEmpty } from './work.ts';

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
        <EmptyState icon={<IdCard size={44} />} title={text('examine.welcome.title')}>
          <p>{text('examine.welcome.how')}</p>
        </EmptyState>
      </div>
    </div>
  );
}
