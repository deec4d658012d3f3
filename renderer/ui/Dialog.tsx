// A question that must be answered before going on: modal, Esc closes, focus returns where it was.
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { type Hotkey, useHotkeys } from '../lib/hotkeys.ts';
import styles from './Dialog.module.css';

const NO_HOTKEYS: readonly Hotkey[] = [];

interface DialogProps {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** Buttons at the foot, the primary one last. */
  footer?: ReactNode;
  /** Keys of this dialog; those of the screen below sleep while it is open. */
  hotkeys?: readonly Hotkey[];
  /** Catalogue id that names those keys in the `?` sheet. */
  hotkeysTitleId?: string;
  wide?: boolean;
  children: ReactNode;
}

export function Dialog(props: DialogProps) {
  const { title, isOpen, onClose, footer, wide, children } = props;
  return (
    <ModalOverlay
      className={styles.overlay ?? ''}
      isOpen={isOpen}
      // Esc closes; a stray press beside the question does not, so that no words are lost.
      onOpenChange={(open) => !open && onClose()}
    >
      <Modal className={`${styles.modal} ${wide ? styles.wide : ''}`}>
        <AriaDialog className={styles.dialog ?? ''}>
          <DialogKeys hotkeys={props.hotkeys ?? NO_HOTKEYS} titleId={props.hotkeysTitleId ?? 'keys.dialog'} />
          <Heading slot="title" level={2} className={styles.title ?? ''}>
            {title}
          </Heading>
          <div className={styles.body}>{children}</div>
          {footer ? <footer className={styles.footer}>{footer}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Mounted only while the dialog is open, so that its modal scope lives exactly as long. */
function DialogKeys({ hotkeys, titleId }: { hotkeys: readonly Hotkey[]; titleId: string }) {
  useHotkeys({ titleId, hotkeys, level: 2, modal: true });
  return null;
}
