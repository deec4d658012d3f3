// Choosing one of a list: a short list by button, a long one by typing (states, time zones).
import { ChevronDown, TriangleAlert } from 'lucide-react';
import {
  Button,
  ComboBox as AriaComboBox,
  FieldError,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Select as AriaSelect,
  SelectValue,
  Text,
} from 'react-aria-components';
import { useText } from '../text/TextProvider.tsx';
import styles from './fields.module.css';

export interface Choice {
  id: string;
  label: string;
  /** Short code at the end of the line (alpha-3 of a state). */
  aside?: string;
  /** Shown, and not to be chosen. */
  isDisabled?: boolean;
}

export interface SelectProps {
  label: string;
  choices: readonly Choice[];
  value: string | null;
  onChange: (id: string) => void;
  help?: string | undefined;
  fault?: string | null | undefined;
  placeholder?: string | undefined;
  isDisabled?: boolean;
  autoFocus?: boolean;
}

export function Select({ label, choices, value, onChange, help, fault, placeholder, ...rest }: SelectProps) {
  const text = useText();
  return (
    <AriaSelect
      {...rest}
      className={styles.field ?? ''}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      placeholder={placeholder ?? text('ui.choose')}
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <Button className={`${styles.control} ${styles.chooser}`}>
        <SelectValue className={styles.chosen ?? ''} />
        <ChevronDown size={20} aria-hidden="true" />
      </Button>
      <Below help={help} fault={fault} />
      <Popover className={styles.popover ?? ''}>
        <Options choices={choices} />
      </Popover>
    </AriaSelect>
  );
}

/** Like `Select`, but the officer types a part of the name or the code. */
export function SearchSelect({
  label,
  choices,
  value,
  onChange,
  help,
  fault,
  placeholder,
  ...rest
}: SelectProps) {
  const text = useText();
  return (
    <AriaComboBox
      {...rest}
      className={styles.field ?? ''}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(String(key))}
      defaultItems={choices}
      defaultFilter={(item, typed) => folded(item).includes(folded(typed))}
      menuTrigger="focus"
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      <div className={styles.comboRow}>
        <Input
          className={styles.control ?? ''}
          placeholder={placeholder ?? text('ui.type-to-find')}
          spellCheck="false"
        />
        <Button className={styles.comboButton ?? ''} aria-label={text('ui.open-list', { label })}>
          <ChevronDown size={20} aria-hidden="true" />
        </Button>
      </div>
      <Below help={help} fault={fault} />
      <Popover className={styles.popover ?? ''}>
        <ListBox<Choice>
          className={styles.list ?? ''}
          renderEmptyState={() => <div className={styles.empty}>{text('ui.nothing-fits')}</div>}
        >
          {(choice) => <Option choice={choice} />}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

function Options({ choices }: { choices: readonly Choice[] }) {
  return (
    <ListBox items={choices} className={styles.list ?? ''}>
      {(choice) => <Option choice={choice} />}
    </ListBox>
  );
}

function Option({ choice }: { choice: Choice }) {
  const searchable = choice.aside ? `${choice.label} ${choice.aside}` : choice.label;
  return (
    <ListBoxItem
      id={choice.id}
      textValue={searchable}
      className={styles.option ?? ''}
      isDisabled={choice.isDisabled ?? false}
    >
      <span>{choice.label}</span>
      {choice.aside ? <span className={styles.optionAside}>{choice.aside}</span> : null}
    </ListBoxItem>
  );
}

function Below({ help, fault }: { help?: string | undefined; fault?: string | null | undefined }) {
  return (
    <>
      {help && !fault ? (
        <Text slot="description" className={styles.help ?? ''}>
          {help}
        </Text>
      ) : null}
      <FieldError className={styles.fault ?? ''}>
        <TriangleAlert size={18} aria-hidden="true" />
        <span>{fault}</span>
      </FieldError>
    </>
  );
}

/** Lower case without accents, so that `Cote` finds Côte. */
function folded(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
