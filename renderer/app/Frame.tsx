// The frame of every screen: top bar, rail, one screen at a time, and the keys that act everywhere.
import { BookOpenText, IdCard, Keyboard, type LucideIcon, Settings } from 'lucide-react';
import { type ComponentType, useMemo, useState } from 'react';
import { ExamineScreen } from '../features/examine/ExamineScreen.tsx';
import { HistoryScreen } from '../features/history/HistoryScreen.tsx';
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx';
import { type Hotkey, useHotkeys } from '../lib/hotkeys.ts';
import { type ScreenId, showScreen, useScreen } from '../lib/store-screen.ts';
import { useStation } from '../lib/store-station.ts';
import { useText } from '../text/TextProvider.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import styles from './Frame.module.css';
import { KeySheet } from './KeySheet.tsx';
import { OfficerDialog } from './OfficerDialog.tsx';
import { TopBar } from './TopBar.tsx';

interface Place {
  id: ScreenId;
  key: string;
  Icon: LucideIcon;
  Screen: ComponentType;
}

/** The rail, top to bottom. A screen that does not exist yet has no entry; its function key stays free for it. */
const PLACES: readonly Place[] = [
  { id: 'examine', key: 'F1', Icon: IdCard, Screen: ExamineScreen },
  { id: 'history', key: 'F3', Icon: BookOpenText, Screen: HistoryScreen },
  { id: 'settings', key: 'F8', Icon: Settings, Screen: SettingsScreen },
];

export function Frame() {
  const text = useText();
  const screen = useScreen((state) => state.screen);
  const hasOfficer = useStation((station) => station.state?.currentOfficerId !== null);
  const [open, setOpen] = useState<'keys' | 'officers' | null>(null);
  const hotkeys = useMemo<Hotkey[]>(
    () => [
      ...PLACES.map((place) => ({
        keys: [place.key],
        textId: `screen.${place.id}`,
        run: () => showScreen(place.id),
      })),
      // No letter: in the lane O adds the other document of a picture.
      { keys: ['F9'], textId: 'keys.officer', run: () => setOpen('officers') },
      { keys: ['?'], textId: 'keys.open', run: () => setOpen('keys') },
    ],
    [],
  );
  useHotkeys({ titleId: 'keys.frame', hotkeys, level: 0 });
  const place = PLACES.find((one) => one.id === screen) ?? PLACES[0];
  return (
    <div className={styles.frame}>
      <TopBar onChangeOfficer={() => setOpen('officers')} />
      <nav className={styles.rail} aria-label={text('app.rail')}>
        {PLACES.map((one) => (
          <RailButton key={one.id} place={one} isCurrent={one.id === screen} />
        ))}
        <button type="button" className={`${styles.place} ${styles.keys}`} onClick={() => setOpen('keys')}>
          <Keyboard size={26} aria-hidden="true" />
          <span>{text('app.keys')}</span>
          <kbd className={styles.key}>?</kbd>
        </button>
      </nav>
      <main className={styles.screen}>
        <ErrorBoundary key={screen}>{place ? <place.Screen /> : null}</ErrorBoundary>
      </main>
      <KeySheet isOpen={open === 'keys'} onClose={() => setOpen(null)} />
      <OfficerDialog isOpen={open === 'officers' || !hasOfficer} onClose={() => setOpen(null)} />
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
