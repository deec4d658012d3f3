// What waits to be sent: whether the station sends now, each row with how far it is, and what can be done about it.
import { Pause, Play, RotateCw, Send } from 'lucide-react';
import { useState } from 'react';
import type { OutboxRow, OutboxState } from '../../../shared/contract/sync.ts';
import { outboxDo, outboxRetry, useSync } from '../../lib/store-sync.ts';
import { useCan } from '../../lib/store-vault.ts';
import { useAction } from '../../lib/use-action.ts';
import { type TextOf, useHasText, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { useTimes } from './times.ts';
import styles from './OutboxPanel.module.css';

/** Words of a code of the hub or of the way there; one general sentence for a code that a newer hub made up. */
function useReasonText(): (code: string) => string {
  const text = useText();
  const has = useHasText();
  return (code) => {
    // Nobody gave a word of the hub's own: only the number of an answer is known.
    if (code.startsWith('status-')) return text('outbox.reason.status');
    return text(has(`outbox.reason.${code}`) ? `outbox.reason.${code}` : 'outbox.reason.other');
  };
}

export function OutboxPanel() {
  const text = useText();
  const outbox = useSync((state) => state.outbox);
  const mayChange = useCan('outbox.retry');
  const action = useAction();
  if (outbox === null) return <Progress label={text('outbox.asking')} />;
  const run = (what: 'pause' | 'resume' | 'send-now') => void action.run(() => outboxDo(what));
  const isHeld = outbox.hold === 'paused' || outbox.hold === 'stopped';
  return (
    <Panel
      title={text('outbox.title')}
      aside={
        mayChange && outbox.hold !== 'none' ? (
          <div className={styles.row}>
            {isHeld ? (
              <Button icon={<Play size={20} />} isDisabled={action.isBusy} onPress={() => run('resume')}>
                {text('outbox.resume')}
              </Button>
            ) : (
              <>
                <Button icon={<Send size={20} />} isDisabled={action.isBusy} onPress={() => run('send-now')}>
                  {text('outbox.send-now')}
                </Button>
                <Button icon={<Pause size={20} />} isDisabled={action.isBusy} onPress={() => run('pause')}>
                  {text('outbox.pause')}
                </Button>
              </>
            )}
          </div>
        ) : null
      }
    >
      <div className={styles.stack}>
        <Standing outbox={outbox} />
        {action.failure ? <ErrorPanel code={action.failure} /> : null}
        {outbox.rows.length === 0 ? (
          <EmptyState icon={<Send size={48} />} title={text('outbox.empty')}>
            <p>{text('outbox.empty.help')}</p>
          </EmptyState>
        ) : (
          <ul className={styles.list}>
            {outbox.rows.map((row) => (
              <Line key={row.seq} row={row} mayChange={mayChange} />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}

function Standing({ outbox }: { outbox: OutboxState }) {
  const text = useText();
  const reasonText = useReasonText();
  const timeText = useTimes();
  const { hold, reason, until, waiting, parked, lastReceiptAt } = outbox;
  const isLook = hold === 'stopped' || parked > 0;
  return (
    <Notice tone={isLook ? 'look' : 'plain'} title={text(`outbox.hold.${hold}`)}>
      {reason === null ? null : <p>{reasonText(reason)}</p>}
      {hold === 'waits' && until !== null ? <p>{text('outbox.again', { time: timeText(until) })}</p> : null}
      <p>{text('outbox.counts', { waiting, parked })}</p>
      {lastReceiptAt === null ? null : <p>{text('outbox.last', { time: timeText(lastReceiptAt) })}</p>}
    </Notice>
  );
}

/** What a row says of itself in one line. */
function stateWords(text: TextOf, timeText: (at: string) => string, row: OutboxRow): string {
  if (row.state === 'sent') return text('outbox.state.sent', { time: timeText(row.sentAt ?? row.createdAt) });
  if (row.state === 'waiting' && row.attempts > 0)
    return text('outbox.state.again', { count: row.attempts, time: timeText(row.nextAt) });
  return text(`outbox.state.${row.state}`);
}

function Line({ row, mayChange }: { row: OutboxRow; mayChange: boolean }) {
  const text = useText();
  const reasonText = useReasonText();
  const timeText = useTimes();
  const [isAsked, setAsked] = useState(false);
  const action = useAction();
  const isUnderWay = row.state === 'sending' || (row.done > 0 && row.done < row.total);
  return (
    <li className={styles.line}>
      <div className={styles.words}>
        <p className={styles.what}>
          {text(`outbox.kind.${row.kind}`)} <span className={styles.id}>{row.reportId.slice(0, 8)}</span>
        </p>
        <p className={row.state === 'parked' ? styles.look : styles.quiet}>
          {stateWords(text, timeText, row)}
        </p>
        {row.reason === null || row.state === 'sent' ? null : (
          <p className={styles.quiet}>{reasonText(row.reason)}</p>
        )}
        {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      </div>
      {isUnderWay ? (
        <Progress
          label={text('outbox.sending', { part: Math.round((100 * row.done) / Math.max(1, row.total)) })}
          value={row.done / Math.max(1, row.total)}
        />
      ) : null}
      {mayChange && (row.state === 'parked' || row.state === 'waiting') ? (
        <Button
          icon={<RotateCw size={20} />}
          isDisabled={action.isBusy || isAsked}
          onPress={() => void action.run(() => outboxRetry(row.seq)).then(setAsked)}
        >
          {text('outbox.retry')}
        </Button>
      ) : null}
    </li>
  );
}
