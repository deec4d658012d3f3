// What waits to be sent, since when, and what needs a look: counted from the rows. Nothing is shown where nothing waits
// and the hub takes what comes.
import { CloudUpload, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { showScreen } from '../lib/store-screen.ts';
import { followSync, useSync } from '../lib/store-sync.ts';
import { type TextOf, useText } from '../text/TextProvider.tsx';
import { Button } from '../ui/Button.tsx';

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 48 * 60;

function ageWords(text: TextOf, minutes: number): string {
  if (minutes < HOUR_MINUTES) return text('outbox.age.minutes', { minutes });
  if (minutes < DAY_MINUTES) return text('outbox.age.hours', { hours: Math.floor(minutes / HOUR_MINUTES) });
  return text('outbox.age.days', { count: Math.floor(minutes / (24 * HOUR_MINUTES)) });
}

export function OutboxBadge() {
  const text = useText();
  const outbox = useSync((state) => state.outbox);
  const [now, setNow] = useState(() => Date.now());
  useEffect(followSync, []);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS);
    return () => clearInterval(timer);
  }, []);
  if (outbox === null) return null;
  const { waiting, parked, oldestAt, hold } = outbox;
  const isStopped = hold === 'stopped';
  if (!isStopped && waiting + parked === 0) return null;
  const minutes = oldestAt === null ? 0 : Math.max(0, Math.floor((now - Date.parse(oldestAt)) / MINUTE_MS));
  const age = ageWords(text, minutes);
  const words =
    minutes === 0
      ? text('outbox.badge.waiting', { count: waiting })
      : text('outbox.badge.since', { count: waiting, age });
  const look = isStopped
    ? text('outbox.badge.stopped')
    : parked > 0
      ? text('outbox.badge.parked', { count: parked })
      : null;
  return (
    <Button
      tone="quiet"
      icon={look === null ? <CloudUpload size={20} /> : <TriangleAlert size={20} />}
      spoken={text('outbox.badge.label')}
      onPress={() => showScreen('reports')}
    >
      {look ?? words}
    </Button>
  );
}
