// Where, who, live, how many today, what time: the line that never changes its place.
import { LockKeyhole, MapPin } from 'lucide-react';
import { useEffect, useState } from 'react';
import { refreshCleared, useStation } from '../lib/store-station.ts';
import { lockNow, useVault } from '../lib/store-vault.ts';
import { clockIn, dayIn } from '../lib/time.ts';
import { useLanguage, useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';
import { AlertBadge } from './AlertBadge.tsx';
import { OutboxBadge } from './OutboxBadge.tsx';
import styles from './TopBar.module.css';

export function TopBar() {
  const text = useText();
  const settings = useStation((station) => station.state?.settings);
  const cleared = useStation((station) => station.clearedToday);
  const session = useVault(({ state }) => state?.session ?? null);
  if (!settings || session === null) return null;
  const direction = text(`direction.${settings.direction}`);
  return (
    <header className={styles.bar}>
      <p className={styles.place}>
        <MapPin size={20} aria-hidden="true" />
        <span>{text('app.place', { place: settings.place, direction })}</span>
      </p>
      <Button
        tone="quiet"
        keyName="F9"
        icon={<LockKeyhole size={20} />}
        onPress={() => void lockNow()}
        spoken={text('app.lock')}
      >
        {text('app.who', { name: session.name, role: text(`role.${session.role}`) })}
      </Button>
      <p className={styles.live} title={text('app.live.label')}>
        {text('app.live')}
      </p>
      <div className={styles.end}>
        <AlertBadge />
        <OutboxBadge />
        <p className={styles.cleared}>
          {cleared === null ? null : text('app.cleared-today', { count: cleared })}
        </p>
      </div>
      <Clock timeZone={settings.timeZone} />
    </header>
  );
}

const MINUTE_MS = 60_000;

function Clock({ timeZone }: { timeZone: string }) {
  const text = useText();
  const language = useLanguage();
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setTimeout(
      () => {
        const next = new Date();
        // At the station's midnight the count of the day starts again.
        if (dayIn(timeZone, next) !== dayIn(timeZone, now)) void refreshCleared();
        setNow(next);
      },
      MINUTE_MS - (now.getTime() % MINUTE_MS) + 20,
    );
    return () => clearTimeout(timer);
  }, [now, timeZone]);
  const time = clockIn(timeZone, now, language);
  return (
    <time className={styles.clock} dateTime={now.toISOString()} aria-label={text('app.time.label', { time })}>
      {time}
    </time>
  );
}
