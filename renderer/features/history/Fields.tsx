// What the lines say, in plain words; dates as documents print them, ISO when the pointer or focus is on them.
import type { ReactNode } from 'react';
import type { MrzDate } from '../../../shared/mrz/dates.ts';
import { holderName } from '../../../shared/mrz/names.ts';
import type { MrzFields } from '../../../shared/mrz/parse.ts';
import { printedDate } from '../../lib/time.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import styles from './DocumentPart.module.css';

interface FieldsProps {
  fields: MrzFields;
  judgedOn: string;
}

export function Fields({ fields, judgedOn }: FieldsProps) {
  const text = useText();
  const has = useHasText();
  const state = (code: string) => {
    const id = `state.${code}`;
    return has(id) ? text('history.state-code', { state: text(id), code }) : code;
  };
  const expired = fields.expiryDate.iso !== null && fields.expiryDate.iso < judgedOn;
  const sexId = fields.sex === null ? null : `history.sex.${fields.sex}`;
  const optional = [fields.optional, fields.optional2].filter((part) => part !== '').join('  ');
  return (
    <dl className={styles.fields}>
      <Field label={text('history.field.name')} isWide>
        <span className={styles.name}>{holderName(fields)}</span>
      </Field>
      <Field label={text('history.field.number')}>
        <span className={styles.figures}>{fields.number}</span>
      </Field>
      <Field label={text('history.field.issuer')}>{state(fields.issuer)}</Field>
      <Field label={text('history.field.nationality')}>{state(fields.nationality)}</Field>
      <Field label={text('history.field.sex')}>{sexId ? text(sexId) : fields.sexRaw}</Field>
      <Field label={text('history.field.birth')}>
        <Day date={fields.birthDate} />
      </Field>
      <Field label={text('history.field.expiry')}>
        <Day date={fields.expiryDate} />
        {expired ? <span className={styles.look}>{text('history.expired')}</span> : null}
      </Field>
      {optional === '' ? null : (
        <Field label={text('history.field.optional')}>
          <span className={styles.figures}>{optional}</span>
        </Field>
      )}
    </dl>
  );
}

function Field({ label, isWide, children }: { label: string; isWide?: boolean; children: ReactNode }) {
  return (
    <div className={isWide ? styles.wide : ''}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Day({ date }: { date: MrzDate }) {
  if (date.iso === null) return <span className={styles.figures}>{date.raw}</span>;
  return <time dateTime={date.iso}>{printedDate(date.iso)}</time>;
}
