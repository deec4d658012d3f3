// What became of an import: how much can be looked up, and which rows were refused why; never what stands in them.
import type { ListImported } from '../../../shared/contract/lists.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import styles from './VaultScreen.module.css';

export function ListRefused({ done, onClose }: { done: ListImported; onClose: () => void }) {
  const text = useText();
  const { rows, taken, entries, version, refused, lines } = done;
  const count = rows - taken;
  return (
    <div className={styles.stack} role="status">
      <Notice title={text('lists.done', { taken, rows })}>
        <p>{text('lists.version', { version, entries })}</p>
      </Notice>
      {count === 0 ? null : (
        <Notice tone="look" title={text('lists.refused', { count })}>
          <ul>
            {refused.map((each) => {
              const own = lines.filter(({ fault }) => fault === each.fault).map(({ line }) => line);
              return (
                <li key={each.fault}>
                  <p>{text(`lists.fault.${each.fault}`, { count: each.count })}</p>
                  {own.length === 0 ? null : (
                    <p className={styles.small}>{text('lists.refused.lines', { lines: own.join(', ') })}</p>
                  )}
                </li>
              );
            })}
          </ul>
        </Notice>
      )}
      <div className={styles.end}>
        <Button tone="primary" autoFocus onPress={onClose}>
          {text('ui.close')}
        </Button>
      </div>
    </div>
  );
}
