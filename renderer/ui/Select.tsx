// Choosing one of a list: a short list by button, a long one by typing (states, time zones).
import { ChevronDown, TriangleAlert } from 'lucide-react';
import { useRef } from 'react';
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
  const typed = useRef('');
  /** What was typed and fits one choice alone is that choice, also where nobody took it from the list. */
  const take = () => {
    const only = typed.current === '' ? null : fitting(choices, typed.current);
    if (only !== null && only.id !== value) onChange(only.id);
  };
  return (
    <AriaComboBox
      {...rest}
      className={styles.field ?? ''}
      selectedKey={value}
      onInputChange={(now) => {
        typed.current = now;
      }}
      onBlur={take}
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
          // Before the field itself takes the key, and with it what was typed.
          onKeyDownCapture={({ key, currentTarget }) => {
            const isEnd = key === 'Enter' || key === 'Tab';
            if (isEnd && !currentTarget.hasAttribute('aria-activedescendant')) take();
          }}
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

const searchableOf = ({ label, aside }: Choice): string => (aside ? `${label} ${aside}` : label);

/** The one choice that is called so, or the only one that has it in its name; null where there are several or none. */
function fitting(choices: readonly Choice[], typed: string): Choice | null {
  const sought = folded(typed.trim());
  const open = choices.filter(({ isDisabled }) => !isDisabled);
  const called = open.filter(({ label, aside }) =>
    [label, aside].some((name) => name !== undefined && folded(name) === sought),
  );
  const having = open.filter((choice) => folded(searchableOf(choice)).includes(sought));
  const [only, other] = called.length > 0 ? called : having;
  return only !== undefined && other === undefined ? only : null;
}

function Option({ choice }: { choice: Choice }) {
  const searchable = searchableOf(choice);
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
