// How a table is read before it is imported: its characters, what parts its cells, and what each column holds.
import type { Delimiter, Encoding, ListTable } from '../../../shared/contract/lists.ts';
import { COLUMN_ROLES, type ColumnRole } from '../../../shared/lists/columns.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './VaultScreen.module.css';

/** As they are named everywhere; the station knows no others. */
const ENCODINGS: readonly { id: Encoding; label: string }[] = [
  { id: 'utf-8', label: 'UTF-8' },
  { id: 'utf-16le', label: 'UTF-16 LE' },
  { id: 'utf-16be', label: 'UTF-16 BE' },
  { id: 'windows-1252', label: 'Windows-1252' },
];
const DELIMITERS: readonly { id: string; sign: Delimiter }[] = [
  { id: 'comma', sign: ',' },
  { id: 'semicolon', sign: ';' },
  { id: 'tab', sign: '\t' },
  { id: 'bar', sign: '|' },
];

interface ListColumnsProps {
  name: string;
  table: ListTable;
  roles: readonly (ColumnRole | null)[];
  onRoles: (roles: (ColumnRole | null)[]) => void;
  onTold: (told: { encoding?: Encoding; delimiter?: Delimiter }) => void;
}

export function ListColumns({ name, table, roles, onRoles, onTold }: ListColumnsProps) {
  const text = useText();
  const choices = ['none', ...COLUMN_ROLES].map((id) => ({ id, label: text(`lists.role.${id}`) }));
  /** Two columns cannot be the same. */
  const give = (at: number, id: string) => {
    const role = COLUMN_ROLES.find((each) => each === id) ?? null;
    onRoles(roles.map((old, place) => (place === at ? role : old === role ? null : old)));
  };
  const encoding = (id: string) => ENCODINGS.find((each) => each.id === id)?.id ?? table.encoding;
  return (
    <section className={styles.stack}>
      <h3>{text('lists.table', { name })}</h3>
      <div className={styles.fields}>
        <Select
          label={text('lists.encoding')}
          choices={ENCODINGS}
          value={table.encoding}
          onChange={(id) => onTold({ encoding: encoding(id) })}
        />
        <Select
          label={text('lists.delimiter')}
          choices={DELIMITERS.map(({ id }) => ({ id, label: text(`lists.delimiter.${id}`) }))}
          value={DELIMITERS.find(({ sign }) => sign === table.delimiter)?.id ?? null}
          onChange={(id) =>
            onTold({ delimiter: DELIMITERS.find((each) => each.id === id)?.sign ?? table.delimiter })
          }
        />
      </div>
      {table.heading ? null : <Notice tone="look">{text('lists.no-heading')}</Notice>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text('lists.column')}</th>
            <th scope="col">{text('lists.shapes')}</th>
            <th scope="col" aria-label={text('lists.holds')} />
          </tr>
        </thead>
        <tbody>
          {table.columns.map(({ title, shapes }, at) => {
            const label = title === '' ? text('lists.column.nameless', { number: at + 1 }) : title;
            return (
              // Columns have no other name than their place.
              <tr key={at}>
                <td className={styles.name}>{label}</td>
                <td className={styles.mono}>{shapes.join('  ')}</td>
                <td>
                  <Select
                    label={text('lists.holds.of', { column: label })}
                    choices={choices}
                    value={roles[at] ?? 'none'}
                    onChange={(id) => give(at, id)}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
