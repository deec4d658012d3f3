// Words beside an answer; they are kept when the fingers rest and when the field is left.
import { useText } from '../../text/TextProvider.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { useCase, type Writing } from './case-store.ts';
import styles from './NoteField.module.css';
import { keepWriting, targetOf, write } from './writing.ts';

type Target = Writing extends infer W ? (W extends Writing ? Omit<W, 'note'> : never) : never;

interface NoteFieldProps {
  label: string;
  keyName?: string;
  /** As it is kept. */
  note: string;
  target: Target;
  isReadOnly: boolean;
  id?: string;
  /** Quiet words at the end of the line above. */
  aside?: string;
}

const LONGEST = 2000;

export function NoteField({ label, keyName, note, target, isReadOnly, id, aside }: NoteFieldProps) {
  const text = useText();
  const own = targetOf({ ...target, note: '' } as Writing);
  const writing = useCase((state) =>
    state.writing !== null && targetOf(state.writing) === own ? state.writing.note : null,
  );
  if (isReadOnly) {
    return note === '' && !aside ? null : (
      <div className={styles.field}>
        <p className={styles.label}>
          {label}
          {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
        </p>
        <p className={styles.words}>{note}</p>
      </div>
    );
  }
  return (
    <label className={styles.field}>
      <span className={styles.label}>
        {label} {keyName === undefined ? null : <KeyCap name={keyName} />}
        {aside === undefined ? null : <span className={styles.aside}>{aside}</span>}
      </span>
      <textarea
        id={id}
        className={styles.area}
        rows={2}
        maxLength={LONGEST}
        spellCheck={false}
        autoComplete="off"
        value={writing ?? note}
        aria-label={label}
        title={text('cases.note.help')}
        onChange={(event) => write({ ...target, note: event.target.value } as Writing)}
        onBlur={({ currentTarget }) => {
          // Left, it shows its beginning again.
          currentTarget.scrollTop = 0;
          keepWriting();
        }}
      />
    </label>
  );
}
