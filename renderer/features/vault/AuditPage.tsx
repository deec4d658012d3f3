// Whether the record of what was done is whole, and the anchor that goes with the printed log of the day.
import { Printer } from 'lucide-react';
import { useState } from 'react';
import type { AuditVerdict, DayLog } from '../../../shared/contract/audit.ts';
import { call } from '../../lib/bridge.ts';
import { printPage } from '../../lib/print.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn, printedDate } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './VaultScreen.module.css';

export function AuditPage() {
  return (
    <>
      <VerifyPart />
      <DayLogPart />
    </>
  );
}

function VerifyPart() {
  const text = useText();
  const [anchors, setAnchors] = useState('');
  const [verdict, setVerdict] = useState<AuditVerdict | null>(null);
  const action = useAction();
  const verify = () =>
    void action.run(async () => {
      setVerdict(null);
      const lines = anchors.split('\n').map((line) => line.trim());
      setVerdict(await call('audit.verify', { anchors: lines.filter((line) => line !== '') }));
    });
  return (
    <Panel title={text('audit-page.verify.title')} className={styles.screenOnly}>
      <div className={styles.stack}>
        <p className={styles.text}>{text('audit-page.verify.what')}</p>
        <TextField
          label={text('audit-page.verify.anchors')}
          help={text('audit-page.verify.anchors.help')}
          value={anchors}
          onChange={setAnchors}
          lines
          mono
        />
        <div>
          <Button onPress={verify} isDisabled={action.isBusy}>
            {text('audit-page.verify.do')}
          </Button>
        </div>
        {action.isBusy ? <Progress label={text('audit-page.verify.working')} /> : null}
        {action.failure ? <ErrorPanel code={action.failure} /> : null}
        {verdict === null || action.isBusy ? null : <Verdict verdict={verdict} />}
      </div>
    </Panel>
  );
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const text = useText();
  const { ok, entries, anchors, signedFrom, restoredAt, breaks, more } = verdict;
  return (
    <Notice
      tone={ok ? 'plain' : 'look'}
      title={text(ok ? 'audit-page.whole' : 'audit-page.broken', { entries, count: breaks.length + more })}
    >
      <p>{text('audit-page.anchors', { count: anchors })}</p>
      <p>
        {signedFrom === null ? text('audit-page.unsigned') : text('audit-page.signed', { seq: signedFrom })}
      </p>
      {restoredAt.map((seq) => (
        <p key={seq}>{text('audit-page.restored', { seq })}</p>
      ))}
      {ok ? null : (
        <>
          <ul>
            {breaks.map(({ seq, kind, subjectId }) => (
              <li key={`${seq ?? ''} ${kind} ${subjectId ?? ''}`}>
                {text(`audit-page.break.${kind}`, { seq: seq ?? 0, id: subjectId ?? '' })}
              </li>
            ))}
            {more > 0 ? <li>{text('audit-page.more', { count: more })}</li> : null}
          </ul>
          <p>{text('audit-page.broken.todo')}</p>
        </>
      )}
    </Notice>
  );
}

function DayLogPart() {
  const text = useText();
  const [day, setDay] = useState('');
  const [log, setLog] = useState<DayLog | null>(null);
  const action = useAction();
  const make = () =>
    void action.run(async () => setLog(await call('audit.day-log', { day: day === '' ? null : day })));
  return (
    <Panel title={text('audit-page.log.title')}>
      <div className={styles.stack}>
        <div className={`${styles.stack} ${styles.screenOnly}`}>
          <p className={styles.text}>{text('audit-page.log.what')}</p>
          <div className={styles.fields}>
            <DayField label={text('audit-page.log.day')} value={day} onChange={setDay} />
          </div>
          <div className={styles.row}>
            <Button onPress={make} isDisabled={action.isBusy}>
              {text('audit-page.log.make')}
            </Button>
            {log === null ? null : (
              <Button icon={<Printer size={20} />} onPress={() => void printPage()}>
                {text('audit-page.log.print')}
              </Button>
            )}
          </div>
          {action.isBusy ? <Progress label={text('audit-page.log.working')} /> : null}
          {action.failure ? <ErrorPanel code={action.failure} /> : null}
        </div>
        {log === null ? null : <Log log={log} />}
      </div>
    </Panel>
  );
}

function Log({ log }: { log: DayLog }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const { day, place, stationCode, outcomes, clearedCounted, refused, officers, firstEntry, anchor } = log;
  return (
    <div className={styles.stack}>
      <p className={styles.name}>
        {text('audit-page.log.of', { day: printedDate(day), place, code: stationCode })}
      </p>
      <p>
        {text('audit-page.log.counts', {
          clear: outcomes.clear + clearedCounted,
          referred: outcomes.referred,
          skip: outcomes.skip,
        })}
      </p>
      <p>
        {officers.length === 0
          ? text('audit-page.log.nobody')
          : text('audit-page.log.officers', { names: officers.join('; ') })}
      </p>
      <p>
        {refused.signIns + refused.lockOuts + refused.recoveries === 0
          ? text('audit-page.log.not-refused')
          : text('audit-page.log.refused', refused)}
      </p>
      <p>
        {text('audit-page.log.anchor', {
          first: firstEntry,
          seq: anchor.seq,
          time: dateTimeIn(timeZone, new Date(anchor.at), language),
        })}
      </p>
      <p className={styles.code}>
        {anchor.code.split('-').map((group, at) => (
          // Two groups may be alike; each is known by its place.
          <span key={`${at} ${group}`}>{group}</span>
        ))}
      </p>
      <p className={styles.paper}>{text('audit-page.log.signature')}</p>
      <p className={`${styles.small} ${styles.screenOnly}`}>{text('audit-page.log.keep')}</p>
    </div>
  );
}
