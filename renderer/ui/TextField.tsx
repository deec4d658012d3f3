// One line (or several) of text with its label, its help and, when something is wrong, words beside it.
import { TriangleAlert } from 'lucide-react';
import type { Ref } from 'react';
import {
  TextField as AriaTextField,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
  type TextFieldProps as AriaTextFieldProps,
} from 'react-aria-components';
import styles from './fields.module.css';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style'> {
  label: string;
  help?: string | undefined;
  /** What is wrong, in words; null or absent where nothing is. */
  fault?: string | null | undefined;
  placeholder?: string;
  /** Figures and MRZ: the monospaced face. */
  mono?: boolean;
  /** Several lines. */
  lines?: boolean;
  inputRef?: Ref<HTMLInputElement>;
}

export function TextField({
  label,
  help,
  fault,
  placeholder,
  mono,
  lines,
  inputRef,
  ...rest
}: TextFieldProps) {
  const className = [styles.control, mono && styles.mono, lines && styles.area].filter(Boolean).join(' ');
  const shown = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField
      autoComplete="off"
      spellCheck="false"
      {...rest}
      className={styles.field ?? ''}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
    >
      <Label className={styles.label ?? ''}>{label}</Label>
      {lines ? (
        <TextArea className={className} {...shown} />
      ) : (
        <Input className={className} {...shown} {...(inputRef ? { ref: inputRef } : {})} />
      )}
      {help && !fault ? (
        <Text slot="description" className={styles.help ?? ''}>
          {help}
        </Text>
      ) : null}
      <FieldError className={styles.fault ?? ''}>
        <TriangleAlert size={18} aria-hidden="true" />
        <span>{fault}</span>
      </FieldError>
    </AriaTextField>
  );
}
