// The key that answers, drawn as a keycap beside its word.
import { useHasText, useText } from '../text/TextProvider.tsx';
import styles from './KeyCap.module.css';

interface KeyCapProps {
  /** A `KeyboardEvent.key` value as in a hotkey table; letters are shown in upper case, others by catalogue. */
  name: string;
}

export function KeyCap({ name }: KeyCapProps) {
  const text = useText();
  const has = useHasText();
  const id = `key.${name}`;
  return <kbd className={styles.cap}>{has(id) ? text(id) : name.toUpperCase()}</kbd>;
}
