// A day of the calendar by the engine's own field: typed in the order of the system, kept as YYYY-MM-DD.
import { useId } from 'react';
import styles from './fields.module.css';

interface DayFieldProps {
  label: string;
  /** `YYYY-MM-DD` or empty. */
  value: string;
  onChange: (day: string) => void;
}

export function DayField({ label, value, onChange }: DayFieldProps) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <input
        id={id}
        type="date"
        className={styles.control}
        min="1900-01-01"
        max="2999-12-31"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
