// A short list answered by one key: number keys, or arrows and Enter. The caller binds the number keys.
import { Check } from 'lucide-react';
import { ListBox, ListBoxItem } from 'react-aria-components';
import { KeyCap } from './KeyCap.tsx';
import styles from './OptionList.module.css';

export interface Option {
  id: string;
  label: string;
  /** Quiet words at the end of the line. */
  aside?: string;
  keyName?: string;
}

interface OptionListProps {
  label: string;
  options: readonly Option[];
  selectedId: string | null;
  onChoose: (id: string) => void;
  /** Takes the focus as it appears. Default: yes. */
  autoFocus?: boolean;
}

export function OptionList({ label, options, selectedId, onChoose, autoFocus = true }: OptionListProps) {
  return (
    <ListBox
      aria-label={label}
      className={styles.list ?? ''}
      items={options}
      // A press answers at once; nothing is first selected and then confirmed.
      onAction={(key) => onChoose(String(key))}
      autoFocus={autoFocus}
    >
      {(option) => (
        <ListBoxItem
          id={option.id}
          textValue={option.label}
          className={`${styles.option} ${option.id === selectedId ? styles.current : ''}`}
        >
          {option.keyName ? <KeyCap name={option.keyName} /> : null}
          <span className={styles.label}>{option.label}</span>
          {option.id === selectedId ? <Check size={20} aria-hidden="true" /> : null}
          {option.aside ? <span className={styles.aside}>{option.aside}</span> : null}
        </ListBoxItem>
      )}
    </ListBox>
  );
}
