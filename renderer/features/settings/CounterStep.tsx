// Who works at the counter from the first day: somebody of before, somebody new, or nobody yet.
import type { Officer } from '../../../shared/contract/records.ts';
import type { FirstOfficer } from '../../../shared/contract/vault.ts';
import { NO_PERSON, type PersonFaults, personFaults, type PersonValues } from '../../lib/person-form.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { PersonFields } from '../../ui/SecretField.tsx';
import { Select } from '../../ui/Select.tsx';
import styles from './FirstRun.module.css';

interface CounterValues extends PersonValues {
  /** Skipped: the administrator adds people later. */
  isLater: boolean;
  /** An officer of the version before; null for somebody new. */
  id: string | null;
  role: FirstOfficer['role'];
}

const COUNTER_ROLES = ['officer', 'examiner', 'supervisor'] as const;

export const firstCounter: CounterValues = { ...NO_PERSON, isLater: false, id: null, role: 'supervisor' };

export function counterFaults(values: CounterValues): PersonFaults {
  return values.isLater ? {} : personFaults(values);
}

/** Null where it was skipped. @param freshId for somebody new */
export function officerOf(values: CounterValues, freshId: string): FirstOfficer | null {
  const { isLater, id, name, signInName, secret, role } = values;
  return isLater ? null : { id: id ?? freshId, name, signInName, secret, role };
}

interface CounterStepProps {
  values: CounterValues;
  faults: PersonFaults;
  people: readonly Officer[];
  onChange: (change: Partial<CounterValues>) => void;
}

/** Stands for somebody who was not here before. */
const NEW = 'new';

export function CounterStep({ values, faults, people, onChange }: CounterStepProps) {
  const text = useText();
  const choose = (id: string) => {
    const before = people.find((one) => one.id === id);
    const role = COUNTER_ROLES.find((one) => one === before?.role) ?? values.role;
    onChange(before ? { id, name: before.name, role } : { id: null, name: '' });
  };
  return (
    <div className={styles.columns}>
      <fieldset className={styles.group}>
        <legend>{text('settings.step.counter')}</legend>
        <Choices
          label={text('settings.counter.when')}
          value={values.isLater ? 'later' : 'now'}
          onChange={(id) => onChange({ isLater: id === 'later' })}
          choices={[
            { id: 'now', label: text('settings.counter.now') },
            { id: 'later', label: text('settings.counter.later') },
          ]}
        />
        {values.isLater ? null : (
          <>
            {people.length > 0 ? (
              <Select
                label={text('settings.counter.before')}
                value={values.id ?? NEW}
                onChange={choose}
                choices={[
                  { id: NEW, label: text('settings.counter.new') },
                  ...people.map(({ id, name }) => ({ id, label: name })),
                ]}
              />
            ) : null}
            <PersonFields values={values} faults={faults} onChange={onChange} autoFocus />
          </>
        )}
      </fieldset>
      <div className={styles.teach}>
        <p>{text(values.isLater ? 'settings.counter.later.what' : 'settings.counter.what')}</p>
        {values.isLater ? null : (
          <>
            <Choices
              label={text('person.role')}
              value={values.role}
              onChange={(role) => onChange({ role: role as CounterValues['role'] })}
              choices={COUNTER_ROLES.map((id) => ({ id, label: text(`role.${id}`) }))}
            />
            <p>{text(`role.${values.role}.what`)}</p>
          </>
        )}
        {values.isLater ? null : <p>{text('secret-field.worth')}</p>}
        {people.length > 0 ? (
          <>
            <p>{text('settings.upgrade.people')}</p>
            <ul className={styles.people}>
              {people.map(({ id, name, role }) => (
                <li key={id}>{text('app.who', { name, role: text(`role.${role}`) })}</li>
              ))}
            </ul>
          </>
        ) : null}
      </div>
    </div>
  );
}
