// Telling the officer something: a line with a shape and a word, or a trouble in its three parts.
import { Info, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useHasText, useText } from '../text/TextProvider.tsx';
import styles from './Notice.module.css';

interface NoticeProps {
  /** `look` amber: look here. `info` blue. `trouble` red: only our own. `plain` neutral. */
  tone?: 'plain' | 'info' | 'look' | 'trouble';
  title?: string;
  children?: ReactNode;
  actions?: ReactNode;
}

const ICONS = { plain: Info, info: Info, look: TriangleAlert, trouble: OctagonAlert } as const;

export function Notice({ tone = 'plain', title, children, actions }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div className={`${styles.notice} ${styles[tone]}`} role={tone === 'trouble' ? 'alert' : 'status'}>
      <Icon size={22} aria-hidden="true" className={styles.icon} />
      <div className={styles.words}>
        {title ? <p className={styles.title}>{title}</p> : null}
        {children}
      </div>
      {actions ? <div className={styles.actions}>{actions}</div> : null}
    </div>
  );
}

interface ErrorPanelProps {
  /** `error.<code>.happened`, `.safe` and `.todo` of the catalogue are shown. */
  code: string;
  /** Red is for the system's own trouble; a picture that cannot be read is amber. */
  tone?: 'look' | 'trouble';
  actions?: ReactNode;
}

export function ErrorPanel({ code, tone = 'trouble', actions }: ErrorPanelProps) {
  const text = useText();
  const has = useHasText();
  const known = has(`error.${code}.happened`) ? code : 'internal';
  return (
    <Notice tone={tone} title={text(`error.${known}.happened`)} actions={actions}>
      <p>{text(`error.${known}.safe`)}</p>
      <p>{text(`error.${known}.todo`)}</p>
    </Notice>
  );
}
