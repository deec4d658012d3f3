// A drawing of the procedure in the colour of the words around it.
import styles from './Drawing.module.css';

/** Addresses by name. Never inlined: the window's policy takes no picture from an address that holds it. */
const FILES = import.meta.glob<string>('../../assets/procedures/drawings/*.svg', {
  eager: true,
  query: '?url&no-inline',
  import: 'default',
});

const ADDRESSES = new Map(
  Object.entries(FILES).map(([path, url]) => [path.split('/').at(-1)?.replace('.svg', ''), url]),
);

/** What it shows stands in words beside it. Nothing where there is no such drawing. */
export function Drawing({ name, size }: { name: string | null; size: 'small' | 'large' }) {
  const url = name === null ? undefined : ADDRESSES.get(name);
  if (url === undefined) return null;
  const mask = `url("${url}") center / contain no-repeat`;
  return <span className={`${styles.drawing} ${styles[size]}`} style={{ mask }} aria-hidden="true" />;
}
