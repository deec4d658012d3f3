// One line where the same document was decided on at this station a few minutes ago.
import { History } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract/channels.ts';
import { call } from '../../lib/bridge.ts';
import { useStill } from '../../lib/stillness.ts';
import { useStation } from '../../lib/store-station.ts';
import { clockIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import styles from './DecisionPane.module.css';
import type { Judged } from './judged.ts';

type Seen = NonNullable<Output<'lane.seen'>['seen']>;

/** While a face is looked at it waits: nothing comes up then. `otherwise` stands in its place. */
export function SeenBefore({ judged, otherwise }: { judged: Judged | null; otherwise: ReactNode }) {
  const text = useText();
  const language = useLanguage();
  const zone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const seen = useSeen(judged?.reading.ok === true ? judged.reading.lines.join('\n') : null);
  const isStill = useStill();
  if (seen === null || isStill) return otherwise;
  return (
    <p className={styles.seen} role="status">
      <History size={20} aria-hidden="true" />
      {text(`lane.seen.${seen.outcome}`, { time: clockIn(zone, new Date(seen.at), language) })}
    </p>
  );
}

/** Quiet when it fails: it is a help, and no answer is none. */
function useSeen(rows: string | null): Seen | null {
  const [answer, setAnswer] = useState<{ rows: string; seen: Seen | null } | null>(null);
  useEffect(() => {
    if (rows === null) return;
    let isOver = false;
    call('lane.seen', { lines: rows.split('\n') }).then(
      ({ seen }) => {
        if (!isOver) setAnswer({ rows, seen });
      },
      () => undefined,
    );
    return () => {
      isOver = true;
    };
  }, [rows]);
  return answer !== null && answer.rows === rows ? answer.seen : null;
}
