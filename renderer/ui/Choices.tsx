// A few choices that are all seen at once, and a switch that is on or off.
import { Check } from 'lucide-react';
import { Checkbox, Label, Radio, RadioGroup } from 'react-aria-components';
import styles from './fields.module.css';

export interface RadioChoice {
  id: string;
  label: string;
  /** A plain sentence under the word. */
  help?: string;
}

interface ChoicesProps {
  label: string;
  choices: readonly RadioChoice[];
  value: string;
  onChange: (id: string) => void;
  /** Side by side over the whole width, where each has a sentence of its own. */
  isWide?: boolean;
  /** Puts the focus on what is chosen; where nothing is, on the first. */
  autoFocus?: boolean;
}

export function Choices({ label, choices, value, onChange, isWide, autoFocus = false }: ChoicesProps) {
  return (
    <RadioGroup className={styles.field ?? ''} value={value} onChange={onChange}>
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={[styles.radios, isWide && styles.radiosWide].filter(Boolean).join(' ')}>
        {choices.map((choice, at) => (
          <Radio
            key={choice.id}
            value={choice.id}
            className={styles.radio ?? ''}
            autoFocus={autoFocus && (choice.id === value || (value === '' && at === 0))}
          >
            <span className={styles.dot} aria-hidden="true" />
            <span>
              {choice.label}
              {choice.help ? <span className={styles.radioHelp}>{choice.help}</span> : null}
            </span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}

interface SwitchFieldProps {
  label: string;
  /** A plain sentence under the word. */
  help?: string | undefined;
  isOn: boolean;
  onChange: (isOn: boolean) => void;
  autoFocus?: boolean;
}

export function SwitchField({ label, help, isOn, onChange, autoFocus = false }: SwitchFieldProps) {
  return (
    <Checkbox className={styles.check ?? ''} isSelected={isOn} onChange={onChange} autoFocus={autoFocus}>
      <span className={styles.box} aria-hidden="true">
        {isOn ? <Check size={16} strokeWidth={3} /> : null}
      </span>
      <span>
        {label}
        {help ? <span className={styles.radioHelp}>{help}</span> : null}
      </span>
    </Checkbox>
  );
}
