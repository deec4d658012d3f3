// Detections: what is found where, what others warn of, and what can be learned from a case. One of these at a time.
import { BellRing, BookMarked, ChartNoAxesColumn, type LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import {
  DETECTION_TABS,
  type DetectionTab,
  showDetectionTab,
  useDetections,
} from '../../lib/store-detections.ts';
import { useText } from '../../text/TextProvider.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { AlertsTab } from './AlertsTab.tsx';
import { CaseStudiesTab } from './CaseStudiesTab.tsx';
import styles from './DetectionsScreen.module.css';
import { TrendsTab } from './TrendsTab.tsx';

const TABS: Readonly<Record<DetectionTab, { Icon: LucideIcon; Content: ComponentType }>> = {
  trends: { Icon: ChartNoAxesColumn, Content: TrendsTab },
  alerts: { Icon: BellRing, Content: AlertsTab },
  studies: { Icon: BookMarked, Content: CaseStudiesTab },
};

export function DetectionsScreen() {
  const text = useText();
  const tab = useDetections((state) => state.tab);
  const { Content } = TABS[tab];
  const hotkeys: Hotkey[] = DETECTION_TABS.map((id, at) => ({
    keys: [String(at + 1)],
    textId: `detections.tab.${id}`,
    run: () => showDetectionTab(id),
  }));
  useHotkeys({ titleId: 'screen.detections', hotkeys });
  return (
    <div className={styles.screen}>
      <nav className={styles.tabs} aria-label={text('screen.detections')}>
        {DETECTION_TABS.map((id, at) => {
          const { Icon } = TABS[id];
          return (
            <button
              key={id}
              type="button"
              className={styles.tab}
              aria-current={id === tab ? 'page' : undefined}
              onClick={() => showDetectionTab(id)}
            >
              <KeyCap name={String(at + 1)} />
              <Icon size={20} aria-hidden="true" />
              <span>{text(`detections.tab.${id}`)}</span>
            </button>
          );
        })}
      </nav>
      <div className={styles.content}>
        <Content />
      </div>
    </div>
  );
}
