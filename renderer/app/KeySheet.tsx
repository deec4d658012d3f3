// The `?` sheet: every key that acts on this screen, drawn from the same table that dispatches them.
import { useState } from 'react';
import { activeScopes, type Hotkey, type HotkeyScope } from '../lib/hotkeys.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { KeyCap } from '../ui/KeyCap.tsx';
import styles from './KeySheet.module.css';

interface KeySheetProps {
  isOpen: boolean;
  onClose: () => void;
}

export function KeySheet({ isOpen, onClose }: KeySheetProps) {
  const text = useText();
  const hotkeys: Hotkey[] = [{ keys: ['?'], textId: 'keys.close', run: onClose }];
  return (
    <Dialog
      title={text('keys.title')}
      isOpen={isOpen}
      onClose={onClose}
      wide
      hotkeys={hotkeys}
      footer={
        <Button keyName="Escape" onPress={onClose}>
          {text('keys.close')}
        </Button>
      }
    >
      <Groups />
    </Dialog>
  );
}

function Groups() {
  // Taken once as the sheet opens: its own modal scope is left out, the scopes below it are what was asked for.
  const [scopes] = useState<HotkeyScope[]>(() => merged(activeScopes().filter((scope) => !scope.modal)));
  return (
    <div className={styles.groups}>
      {scopes
        .filter((scope) => scope.hotkeys.length > 0)
        .map((scope) => (
          <Group key={scope.titleId} scope={scope} />
        ))}
    </div>
  );
}

/** One group for all scopes of the same name. */
function merged(scopes: readonly HotkeyScope[]): HotkeyScope[] {
  const byTitle = new Map<string, HotkeyScope>();
  for (const scope of scopes) {
    const before = byTitle.get(scope.titleId)?.hotkeys ?? [];
    byTitle.set(scope.titleId, { ...scope, hotkeys: [...before, ...scope.hotkeys] });
  }
  return [...byTitle.values()];
}

function Group({ scope }: { scope: HotkeyScope }) {
  const text = useText();
  return (
    <section className={styles.group}>
      <h3 className={styles.name}>{text(scope.titleId)}</h3>
      <dl>
        {scope.hotkeys.map((hotkey) => (
          <div key={`${hotkey.textId} ${hotkey.keys.join(' ')}`} className={styles.row}>
            <dt className={styles.keys}>
              {hotkey.keys.map((key) => (
                <KeyCap key={key} name={key} />
              ))}
            </dt>
            <dd>{text(hotkey.textId)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
