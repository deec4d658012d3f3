// The frame of every screen: top bar, rail, one screen at a time, and the keys that act everywhere.
import {
  BookOpenText,
  ChartNoAxesColumn,
  FolderSearch,
  IdCard,
  ClipboardList,
  Keyboard,
  type LucideIcon,
  Send,
  Settings,
  ShieldCheck,
} from 'lucide-react';
import { type ComponentType, useEffect, useMemo, useState } from 'react';
import type { Channel } from '../../shared/contract/channels.ts';
import { can } from '../../shared/contract/rights.ts';
import type { Role } from '../../shared/contract/vault.ts';
import { CasesScreen } from '../features/cases/CasesScreen.tsx';
import { DeskScreen } from '../features/desk/DeskScreen.tsx';
import { DetectionsScreen } from '../features/detections/DetectionsScreen.tsx';
import { ExamineScreen } from '../features/examine/ExamineScreen.tsx';
import { HistoryScreen } from '../features/history/HistoryScreen.tsx';
import { ReportsScreen } from '../features/reports/ReportsScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { VaultScreen } from '../features/vault/VaultScreen.tsx';
import { type Hotkey, useHotkeys } from '../lib/hotkeys.ts';
import { type ScreenId, showScreen, useScreen } from '../lib/store-screen.ts';
import { lockNow } from '../lib/store-vault.ts';
import { useText } from '../text/TextProvider.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import styles from './Frame.module.css';
import { HealthBanner } from './HealthBanner.tsx';
import { KeySheet } from './KeySheet.tsx';
import { TopBar } from './TopBar.tsx';

interface Place {
  id: ScreenId;
  key: string;
  Icon: LucideIcon;
  Screen: ComponentType;
  /** Who may ask this has something to do there. */
  needs: Channel;
}

/** The rail, top to bottom. A screen that does not exist yet has no entry; its function key stays free for it. */
const PLACES: readonly Place[] = [
  { id: 'examine', key: 'F1', Icon: IdCard, Screen: ExamineScreen, needs: 'draft.save' },
  { id: 'cases', key: 'F2', Icon: FolderSearch, Screen: CasesScreen, needs: 'case.list' },
  { id: 'history', key: 'F3', Icon: BookOpenText, Screen: HistoryScreen, needs: 'history.search' },
  { id: 'reports', key: 'F4', Icon: Send, Screen: ReportsScreen, needs: 'report.list' },
  {
    id: 'detections',
    key: 'F5',
    Icon: ChartNoAxesColumn,
    Screen: DetectionsScreen,
    needs: 'trends.view',
  },
  { id: 'desk', key: 'F6', Icon: ClipboardList, Screen: DeskScreen, needs: 'desk.day' },
  { id: 'vault', key: 'F7', Icon: ShieldCheck, Screen: VaultScreen, needs: 'people.list' },
  { id: 'settings', key: 'F8', Icon: Settings, Screen: SettingsScreen, needs: 'settings.adjust' },
];

export function Frame({ role }: { role: Role }) {
  const text = useText();
  const screen = useScreen((state) => state.screen);
  const [isKeySheetOpen, setKeySheetOpen] = useState(false);
  const places = useMemo(() => PLACES.filter(({ needs }) => can(role, needs)), [role]);
  const place = places.find((one) => one.id === screen) ?? places[0];
  // Whoever came before may have left a screen open that this role has not.
  useEffect(() => {
    if (place !== undefined && place.id !== screen) showScreen(place.id);
  }, [place, screen]);
  const hotkeys = useMemo<Hotkey[]>(
    () => [
      ...places.map(({ id, key }) => ({
        keys: [key],
        textId: `screen.${id}`,
        run: () => showScreen(id),
      })),
      { keys: ['Control+l', 'F9'], textId: 'keys.lock', run: () => void lockNow(), always: true },
      { keys: ['?'], textId: 'keys.open', run: () => setKeySheetOpen(true) },
    ],
    [places],
  );
  useHotkeys({ titleId: 'keys.frame', hotkeys, level: 0 });
  return (
    <div className={styles.frame}>
      <TopBar />
      <HealthBanner />
      <nav className={styles.rail} aria-label={text('app.rail')}>
        {places.map((one) => (
          <RailButton key={one.id} place={one} isCurrent={one.id === place?.id} />
        ))}
        <button
          type="button"
          className={`${styles.place} ${styles.keys}`}
          onClick={() => setKeySheetOpen(true)}
        >
          <Keyboard size={26} aria-hidden="true" />
          <span>{text('app.keys')}</span>
          <kbd className={styles.key}>?</kbd>
        </button>
      </nav>
      <main className={styles.screen}>
        <ErrorBoundary key={place?.id}>{place ? <place.Screen /> : null}</ErrorBoundary>
      </main>
      <KeySheet isOpen={isKeySheetOpen} onClose={() => setKeySheetOpen(false)} />
    </div>
  );
}

function RailButton({ place, isCurrent }: { place: Place; isCurrent: boolean }) {
  const text = useText();
  return (
    <button
      type="button"
      className={styles.place}
      aria-current={isCurrent ? 'page' : undefined}
      onClick={() => showScreen(place.id)}
    >
      <place.Icon size={26} aria-hidden="true" />
      <span>{text(`screen.${place.id}`)}</span>
      <kbd className={styles.key}>{place.key}</kbd>
    </button>
  );
}
