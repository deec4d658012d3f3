// The vault: people, keys, the audit chain, how long records are kept, backups. Each page only for whom it concerns.
import {
  Archive,
  HeartHandshake,
  Hourglass,
  KeyRound,
  Link,
  ListChecks,
  type LucideIcon,
  Network,
  Users,
} from 'lucide-react';
import { type ComponentType, useState } from 'react';
import type { Channel } from '../../../shared/contract/channels.ts';
import { can } from '../../../shared/contract/rights.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { useVault } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { AuditPage } from './AuditPage.tsx';
import { BackupPage } from './BackupPage.tsx';
import { DirectoryPage } from './DirectoryPage.tsx';
import { HubPage } from './HubPage.tsx';
import { KeysPage } from './KeysPage.tsx';
import { ListsPage } from './ListsPage.tsx';
import { PeoplePage } from './PeoplePage.tsx';
import { RetentionPage } from './RetentionPage.tsx';
import styles from './VaultScreen.module.css';

interface Page {
  id: string;
  Icon: LucideIcon;
  Content: ComponentType;
  needs: Channel;
}

const PAGES: readonly Page[] = [
  { id: 'people', Icon: Users, Content: PeoplePage, needs: 'people.list' },
  { id: 'keys', Icon: KeyRound, Content: KeysPage, needs: 'vault.change-key' },
  { id: 'audit', Icon: Link, Content: AuditPage, needs: 'audit.verify' },
  { id: 'retention', Icon: Hourglass, Content: RetentionPage, needs: 'retention.rules' },
  { id: 'backup', Icon: Archive, Content: BackupPage, needs: 'backup.state' },
  { id: 'directory', Icon: HeartHandshake, Content: DirectoryPage, needs: 'directory.save' },
  { id: 'hub', Icon: Network, Content: HubPage, needs: 'hub.enrol' },
  { id: 'lists', Icon: ListChecks, Content: ListsPage, needs: 'list.state' },
];

export function VaultScreen() {
  const text = useText();
  const role = useVault(({ state }) => state?.session?.role ?? null);
  const [chosen, setChosen] = useState('people');
  const pages = PAGES.filter(({ needs }) => can(role, needs));
  const page = pages.find(({ id }) => id === chosen) ?? pages[0];
  const hotkeys: Hotkey[] = pages.map(({ id }, at) => ({
    keys: [String(at + 1)],
    textId: `vault-page.${id}`,
    run: () => setChosen(id),
  }));
  useHotkeys({ titleId: 'screen.vault', hotkeys });
  return (
    <div className={styles.screen}>
      <nav className={styles.pages} aria-label={text('screen.vault')}>
        {pages.map(({ id, Icon }, at) => (
          <button
            key={id}
            type="button"
            className={styles.page}
            aria-current={id === page?.id ? 'page' : undefined}
            onClick={() => setChosen(id)}
          >
            <KeyCap name={String(at + 1)} />
            <Icon size={20} aria-hidden="true" />
            <span>{text(`vault-page.${id}`)}</span>
          </button>
        ))}
      </nav>
      <div className={styles.content}>{page ? <page.Content key={page.id} /> : null}</div>
    </div>
  );
}
