// What is asked about one person: who they are, a secret for once where theirs is forgotten, and that they have left.
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Person } from '../../../shared/contract/vault.ts';
import { call } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { NO_PERSON, type PersonFaults, personFaults, ROLES, secretFaults } from '../../lib/person-form.ts';
import { type Action, useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { NewSecret, SignInNameField } from '../../ui/SecretField.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './VaultScreen.module.css';

interface People {
  people: Person[];
}

interface FormProps {
  onClose: () => void;
  onDone: (answer: People, name: string) => void;
}

interface FrameProps {
  action: Action;
  onClose: () => void;
  onSubmit: () => void;
  /** Catalogue id of the word on the button. */
  doId: string;
  children: ReactNode;
}

function Frame({ action, onClose, onSubmit, doId, children }: FrameProps) {
  const text = useText();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      {children}
      {action.isBusy ? <Progress label={text('people.saving')} /> : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      <div className={styles.end}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={action.isBusy}>
          {text(doId)}
        </Button>
      </div>
    </form>
  );
}

/** A new person, one who changes, or an officer of an older version who is given their first secret. */
export function PersonForm({ person, onClose, onDone }: FormProps & { person: Person | null }) {
  const text = useText();
  const needsSecret = person?.canSignIn !== true;
  // Minted once, so that a second press after a lost answer does not make a second person.
  const [id] = useState(() => person?.id ?? newId());
  const [values, setValues] = useState({
    ...NO_PERSON,
    name: person?.name ?? '',
    signInName: person?.signInName ?? '',
  });
  const [role, setRole] = useState(person?.role ?? 'officer');
  const [showsFaults, setShowsFaults] = useState(false);
  const action = useAction();
  const { secret: weak, again: differs, ...named } = personFaults(values);
  const faults: PersonFaults = {
    ...named,
    ...(needsSecret && weak ? { secret: weak } : {}),
    ...(needsSecret && differs ? { again: differs } : {}),
  };
  const shown = showsFaults ? faults : {};
  const change = (part: Partial<typeof values>) => setValues((old) => ({ ...old, ...part }));
  const save = () => {
    setShowsFaults(true);
    if (Object.keys(faults).length > 0) return;
    void action.run(async () => {
      const name = values.name.trim();
      const secret = needsSecret ? values.secret : null;
      onDone(await call('people.save', { id, name, role, signInName: values.signInName, secret }), name);
    });
  };
  return (
    <Frame action={action} onClose={onClose} onSubmit={save} doId="ui.save">
      <div className={styles.fields}>
        <TextField
          label={text('person.name')}
          help={text('person.name.help')}
          value={values.name}
          onChange={(name) => change({ name })}
          fault={shown.name ? text(shown.name) : null}
          maxLength={120}
          autoFocus
        />
        <SignInNameField
          value={values.signInName}
          onChange={(signInName) => change({ signInName })}
          fault={shown.signInName ? text(shown.signInName) : null}
        />
      </div>
      <Choices
        label={text('person.role')}
        value={role}
        onChange={(chosen) => setRole(ROLES.find((one) => one === chosen) ?? role)}
        choices={ROLES.map((one) => ({ id: one, label: text(`role.${one}`) }))}
      />
      <p className={styles.small}>{text(`role.${role}.what`)}</p>
      {needsSecret ? (
        <>
          <div className={styles.fields}>
            <NewSecret values={values} faults={shown} onChange={change} />
          </div>
          <p className={styles.small}>{text('people.first-secret')}</p>
        </>
      ) : (
        <p className={styles.small}>{text('people.edit.help')}</p>
      )}
    </Frame>
  );
}

/** For somebody who forgot theirs. */
export function NewSecretForm({ person, onClose, onDone }: FormProps & { person: Person }) {
  const text = useText();
  const [values, setValues] = useState({ secret: '', again: '' });
  const [showsFaults, setShowsFaults] = useState(false);
  const action = useAction();
  const faults = secretFaults(values, person.signInName ?? '');
  const save = () => {
    setShowsFaults(true);
    if (Object.keys(faults).length > 0) return;
    void action.run(async () =>
      onDone(await call('people.new-secret', { id: person.id, secret: values.secret }), person.name),
    );
  };
  return (
    <Frame action={action} onClose={onClose} onSubmit={save} doId="people.secret.do">
      <p>{text('people.secret.what', { name: person.name })}</p>
      <NewSecret
        values={values}
        faults={showsFaults ? faults : {}}
        onChange={(part) => setValues((old) => ({ ...old, ...part }))}
        autoFocus
      />
    </Frame>
  );
}

export function LeaveForm({ person, onClose, onDone }: FormProps & { person: Person }) {
  const text = useText();
  const action = useAction();
  const leave = () =>
    void action.run(async () => onDone(await call('people.leave', { id: person.id }), person.name));
  return (
    <Frame action={action} onClose={onClose} onSubmit={leave} doId="people.leave.do">
      <p>{text('people.leave.what', { name: person.name })}</p>
      <p>{text('people.leave.key')}</p>
    </Frame>
  );
}
