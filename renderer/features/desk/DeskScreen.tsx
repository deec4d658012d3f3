// The supervisor's desk: the day at a glance, and its log.
import { CalendarDays, FileSpreadsheet, type LucideIcon } from 'lucide-react';
import { type ComponentType, useEffect } from 'react';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { useText } from '../../text/TextProvider.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { DayPage } from './DayPage.tsx';
import styles from './DeskScreen.module.css';
import { DESK_TABS, type DeskTab, followDesk, showDeskTab, useDesk } from './desk-store.ts';
import { LogPage } from './LogPage.tsx';

const TABS: Readonly<Record<DeskTab, { Icon: LucideIcon; Content: ComponentType }>> = {
  day: { Icon: CalendarDays, Content: DayPage },
  log: { Icon: FileSpreadsheet, Content: LogPage },
};

export function DeskScreen() {
  const text = useText();
  const tab = useDesk((state) => state.tab);
  const failure = useDesk((state) => state.failure);
  useEffect(followDesk, []);
  const { Content } = TABS[tab];
  const hotkeys: Hotkey[] = DESK_TABS.map((id, at) => ({
    keys: [String(at + 1)],
    textId: `desk.tab.${id}`,
    run: () => showDeskTab(id),
  }));
  useHotkeys({ titleId: 'screen.desk', hotkeys });
  return (
    <div className={styles.screen}>
      <nav className={styles.tabs} aria-label={text('screen.desk')}>
        {DESK_TABS.map((id, at) => {
          const { Icon } = TABS[id];
          return (
            <button
              key={id}
              type="button"
              className={styles.tab}
              aria-current={id === tab ? 'page' : undefined}
              onClick={() => showDeskTab(id)}
            >
              <KeyCap name={String(at + 1)} />
              <Icon size={20} aria-hidden="true" />
              <span>{text(`desk.tab.${id}`)}</span>
            </button>
          );
        })}
      </nav>
      <div className={styles.content}>
        {failure === null ? null : <ErrorPanel code={failure} />}
        <Content />
      </div>
    </div>
  );
}
