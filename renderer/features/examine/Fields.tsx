// What the rows say, in plain words: kind, issuer, bearer, number, dates as documents print them.
import { type ReactNode, useState } from 'react';
import type { MrzDate } from '../../../shared/mrz/dates.ts';
import type { MrzRead } from '../../../shared/mrz/parse.ts';
import { printedDate } from '../../lib/time.ts';
import { type TextOf, useHasText, useText } from '../../text/TextProvider.tsx';
import styles from './Fields.module.css';
import type { Judged } from './judged.ts';
import { ageOn, validityOn } from './plain-words.ts';

export function Fields({ judged }: { judged: Judged | null }) {
  const text = useText();
  const stateName = useStateName();
  if (judged === null || !judged.reading.ok) {
    return (
      <p className={styles.waiting}>
        {text(judged === null ? 'examine.fields.none' : 'examine.fields.unfinished')}
      </p>
    );
  }
  const { fields, format } = judged.reading;
  return (
    <div className={styles.fields}>
      <p className={styles.kind}>
        <strong>{text(`document-type.${fields.documentType}`)}</strong>
        <strong>{stateName(fields.issuer)}</strong>
        <span className={styles.format}>
          {text('examine.format.short', { format, code: fields.documentCode })}
        </span>
      </p>
      <p className={styles.name}>{bearer(judged.reading, text)}</p>
      <dl className={styles.list}>
        <div>
          <dt>{text('examine.field.number')}</dt>
          <dd className={styles.mono}>{fields.number || text('examine.field.not-given')}</dd>
        </div>
        <div>
          <dt>{text('examine.field.nationality')}</dt>
          <dd>{stateName(fields.nationality)}</dd>
        </div>
        <div>
          <dt>{text('examine.field.sex')}</dt>
          <dd>{text(`examine.sex.${fields.sex ?? 'other'}`, { raw: fields.sexRaw })}</dd>
        </div>
        <div>
          <dt>{text('examine.field.birth')}</dt>
          <dd>
            <DateWords date={fields.birthDate}>
              <Age date={fields.birthDate} today={judged.today} />
            </DateWords>
          </dd>
        </div>
        <div>
          <dt>{text('examine.field.expiry')}</dt>
          <dd>
            <DateWords date={fields.expiryDate}>
              <Validity date={fields.expiryDate} today={judged.today} />
            </DateWords>
          </dd>
        </div>
        <Optional fields={fields} />
      </dl>
    </div>
  );
}

function Optional({ fields }: { fields: MrzRead['fields'] }) {
  const text = useText();
  const values = [fields.optional, fields.optional2].filter((value) => value !== '');
  if (values.length === 0) return null;
  return (
    <div>
      <dt>{text('examine.field.optional')}</dt>
      <dd className={styles.mono}>
        {values.map((value) => (
          <span key={value}>{value.replaceAll('<', ' ')}</span>
        ))}
      </dd>
    </div>
  );
}

function bearer({ fields }: MrzRead, text: TextOf): string {
  const { primaryIdentifier: primary, secondaryIdentifier: secondary } = fields;
  if (primary === '') return text('examine.field.no-name');
  return secondary === '' ? primary : text('examine.field.name', { primary, secondary });
}

function useStateName(): (code: string) => string {
  const text = useText();
  const has = useHasText();
  return (code) => {
    if (code === '') return text('examine.field.not-given');
    return has(`state.${code}`) ? text(`state.${code}`) : text('examine.field.unknown-code', { code });
  };
}

/** As printed, with what it means today; with the focus on it as ISO 8601 and how the century was chosen. */
function DateWords({ date, children }: { date: MrzDate; children: ReactNode }) {
  const text = useText();
  const [isFocused, setFocused] = useState(false);
  if (date.state === 'impossible') return <span>{text('examine.date.impossible', { raw: date.raw })}</span>;
  if (date.iso === null) return <span>{text('examine.date.unknown')}</span>;
  const iso = date.iso;
  return (
    <>
      <button
        type="button"
        className={styles.date}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      >
        {isFocused ? text('examine.date.iso', { iso }) : printedDate(iso)}
      </button>
      {isFocused && date.century !== null ? (
        <span className={styles.aside}>{text(`century.${date.century}`)}</span>
      ) : (
        children
      )}
    </>
  );
}

function Age({ date, today }: { date: MrzDate; today: string }) {
  const text = useText();
  const age = ageOn(today, date.iso);
  return age === null ? null : <span className={styles.aside}>{text('examine.age', { age })}</span>;
}

function Validity({ date, today }: { date: MrzDate; today: string }) {
  const text = useText();
  const validity = validityOn(today, date.iso);
  if (validity.state === 'unknown') return null;
  if (validity.state === 'expired') {
    const { days, years } = validity;
    return <strong className={styles.look}>{text('examine.expired', { days, years })}</strong>;
  }
  const left =
    validity.state === 'valid' ? { days: validity.days, years: validity.years } : { days: 0, years: 0 };
  return <span className={styles.aside}>{text('examine.valid', left)}</span>;
}
