// A secret being typed: hidden, shown on request, with a word about Caps Lock; and a new one, typed twice.
import { Eye, EyeOff, TriangleAlert } from 'lucide-react';
import { type Ref, useState } from 'react';
import type { TextFieldProps as AriaTextFieldProps } from 'react-aria-components';
import type { PersonFaults, PersonValues } from '../lib/person-form.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import styles from './SecretField.module.css';
import { TextField } from './TextField.tsx';

interface SecretFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string | undefined;
  fault?: string | null | undefined;
  autoFocus?: boolean;
  isDisabled?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  /** Given where one button shows several fields: then this one has none of its own. */
  isShown?: boolean;
}

export function SecretField({ isShown: isShownByOther, ...props }: SecretFieldProps) {
  const text = useText();
  const [isShownHere, setShown] = useState(false);
  const isShown = isShownByOther ?? isShownHere;
  const [hasCapsLock, setCapsLock] = useState(false);
  const onKey: AriaTextFieldProps['onKeyDown'] = (event) => {
    setCapsLock(event.getModifierState('CapsLock'));
    // React Aria ends here what it handed over: Esc would close no dialog any more.
    event.continuePropagation();
  };
  return (
    <div className={styles.secret}>
      <div className={styles.row}>
        <TextField
          {...props}
          type={isShown ? 'text' : 'password'}
          autoComplete="off"
          maxLength={200}
          onKeyDown={onKey}
          onKeyUp={onKey}
        />
        {isShownByOther === undefined ? (
          <Button
            tone="quiet"
            icon={isShown ? <EyeOff size={20} /> : <Eye size={20} />}
            aria-label={text(isShown ? 'secret-field.hide' : 'secret-field.show', { label: props.label })}
            onPress={() => setShown(!isShown)}
          />
        ) : null}
      </div>
      <p role="status" className={styles.caps}>
        {hasCapsLock ? (
          <>
            <TriangleAlert size={18} aria-hidden="true" />
            {text('secret-field.caps-lock')}
          </>
        ) : null}
      </p>
    </div>
  );
}

interface NewSecretProps {
  values: Pick<PersonValues, 'secret' | 'again'>;
  /** Catalogue ids of what is wrong. */
  faults: PersonFaults;
  onChange: (change: Partial<Pick<PersonValues, 'secret' | 'again'>>) => void;
  autoFocus?: boolean;
  /** The one before, where it is asked for. */
  old?: SecretFieldProps;
}

/** Tab goes from field to field; what shows them all comes after the last one. */
export function NewSecret({ values, faults, onChange, autoFocus = false, old }: NewSecretProps) {
  const text = useText();
  const [isShown, setShown] = useState(false);
  return (
    <>
      {old === undefined ? null : <SecretField {...old} isShown={isShown} />}
      <SecretField
        label={text('secret-field.new')}
        help={text('secret-field.help')}
        value={values.secret}
        onChange={(secret) => onChange({ secret })}
        fault={faults.secret ? text(faults.secret) : null}
        autoFocus={autoFocus}
        isShown={isShown}
      />
      <SecretField
        label={text('secret-field.again')}
        value={values.again}
        onChange={(again) => onChange({ again })}
        fault={faults.again ? text(faults.again) : null}
        isShown={isShown}
      />
      <div>
        <Button
          tone="quiet"
          icon={isShown ? <EyeOff size={20} /> : <Eye size={20} />}
          onPress={() => setShown(!isShown)}
        >
          {text(isShown ? 'secret-field.hide-all' : 'secret-field.show-all')}
        </Button>
      </div>
    </>
  );
}

interface PersonFieldsProps {
  values: PersonValues;
  faults: PersonFaults;
  onChange: (change: Partial<PersonValues>) => void;
  autoFocus?: boolean;
}

/** A person with a first secret: name, sign-in name, secret twice. */
export function PersonFields({ values, faults, onChange, autoFocus = false }: PersonFieldsProps) {
  const text = useText();
  return (
    <>
      <TextField
        label={text('person.name')}
        help={text('person.name.help')}
        value={values.name}
        onChange={(name) => onChange({ name })}
        fault={faults.name ? text(faults.name) : null}
        maxLength={120}
        autoFocus={autoFocus}
      />
      <SignInNameField
        value={values.signInName}
        onChange={(signInName) => onChange({ signInName })}
        fault={faults.signInName ? text(faults.signInName) : null}
      />
      <NewSecret values={values} faults={faults} onChange={onChange} />
    </>
  );
}

interface SignInNameFieldProps {
  value: string;
  onChange: (value: string) => void;
  fault?: string | null;
}

export function SignInNameField({ value, onChange, fault }: SignInNameFieldProps) {
  const text = useText();
  return (
    <TextField
      label={text('person.sign-in-name')}
      help={text('person.sign-in-name.help')}
      value={value}
      onChange={onChange}
      fault={fault ?? null}
      maxLength={60}
    />
  );
}
