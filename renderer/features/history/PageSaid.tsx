// What the officer confirmed or typed of the page on the day, as it was judged.
import { LABEL_FIELDS, PRINT_FIELDS } from '../../../shared/examination/print.ts';
import type { PrintSubmission } from '../../../shared/contract/records.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './DocumentPart.module.css';

export function PageSaid({ print }: { print: PrintSubmission }) {
  const text = useText();
  const said = [
    ...PRINT_FIELDS.map((field) => ({ label: text(`print.field.${field}`), value: print[field] })),
    ...LABEL_FIELDS.map((field) => ({ label: text(`visa.field.${field}`), value: print[field] })),
  ].filter(({ value }) => value !== undefined);
  if (said.length === 0) return null;
  return (
    <section>
      <h3>{text('history.page-said')}</h3>
      <dl className={styles.fields}>
        {said.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
