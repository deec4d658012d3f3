// A button that shows its key. The key itself is bound by a hotkey table, so it also acts without focus.
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './Button.module.css';
import { KeyCap } from './KeyCap.tsx';
import heard from './spoken.module.css';

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  children?: ReactNode;
  /** Key shown as a keycap, e.g. `c` or `Escape`. */
  keyName?: string | undefined;
  icon?: ReactNode;
  /** Words for whoever hears the screen, after those that are seen: what is seen stays part of the name. */
  spoken?: string;
  /** `primary` once a screen at most; `quiet` for what is rarely pressed. Default `plain`. */
  tone?: 'plain' | 'primary' | 'quiet';
  /** `big` for decisions, pressed with both hands full. */
  size?: 'normal' | 'big';
}

export function Button(props: ButtonProps) {
  const { children, keyName, icon, spoken, tone = 'plain', size = 'normal', ...rest } = props;
  return (
    <AriaButton {...rest} className={[styles.button, styles[tone], styles[size]].join(' ')}>
      {keyName ? <KeyCap name={keyName} /> : null}
      {icon ? (
        <span className={styles.icon} aria-hidden="true">
          {icon}
        </span>
      ) : null}
      {children ? <span className={styles.label}>{children}</span> : null}
      {spoken === undefined ? null : <span className={heard.spoken}>{spoken}</span>}
    </AriaButton>
  );
}
