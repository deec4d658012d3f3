// What a list of reports is narrowed to: one issuer, one type of document, one kind of fraud.
import type { ReportFilter } from '../../../shared/contract/reports.ts';
import { DOCUMENT_TYPES, FRAUD_TYPES } from '../../../shared/sharing/codes.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { useText } from '../../text/TextProvider.tsx';
import { type Choice, SearchSelect } from '../../ui/Select.tsx';
import { useStates } from './FieldRow.tsx';
import { narrow } from './list-store.ts';
import styles from './ReportsScreen.module.css';

/** Beside every code. */
const ALL = '-';

export function ListFilter({ filter }: { filter: ReportFilter }) {
  const text = useText();
  const fields: [keyof ReportFilter, readonly Choice[]][] = [
    ['issuer', useStates()],
    ['type', DOCUMENT_TYPES.map((id) => ({ id, label: text(CODE_WORDS.documentType(id)) }))],
    ['fraud', FRAUD_TYPES.map((id) => ({ id, label: text(CODE_WORDS.fraud(id)) }))],
  ];
  return (
    <div className={styles.filter} role="search" aria-label={text('reports.narrow')}>
      {fields.map(([name, choices]) => (
        <SearchSelect
          key={name}
          label={text(`reports.narrow.${name}`)}
          choices={[{ id: ALL, label: text('reports.narrow.all') }, ...choices]}
          value={filter[name] ?? ALL}
          onChange={(id) => narrow(name, id === ALL ? null : id)}
        />
      ))}
    </div>
  );
}
