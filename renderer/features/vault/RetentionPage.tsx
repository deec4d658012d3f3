// How long records are kept: the rules, a preview of what they would erase, the run itself, and legal holds.
import { useEffect, useState } from 'react';
import type { LegalHold, RetentionPreview, RulesInForce } from '../../../shared/contract/retention.ts';
import { call } from '../../lib/bridge.ts';
import { useStation } from '../../lib/store-station.ts';
import { useCan } from '../../lib/store-vault.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { kindTextId, RulesForm } from './RulesForm.tsx';
import styles from './VaultScreen.module.css';

export function RetentionPage() {
  const mayRun = useCan('retention.run');
  return (
    <>
      <RulesPart />
      {mayRun ? <RunPart /> : null}
      {mayRun ? <HoldsPart /> : null}
    </>
  );
}

function RulesPart() {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const maySave = useCan('retention.save-rules');
  const [rules, setRules] = useState<RulesInForce | null>(null);
  const { run, failure } = useAction();
  useEffect(() => {
    void run(async () => setRules(await call('retention.rules', {})));
  }, [run]);
  return (
    <Panel title={text('retention-page.rules')}>
      <div className={styles.stack}>
        <p className={styles.text}>{text('retention-page.rules.what')}</p>
        {rules === null ? null : maySave ? (
          <RulesForm key={JSON.stringify(rules)} rules={rules} onSaved={setRules} />
        ) : (
          <ul>
            {rules.rules.map(({ id, outcomes, days }) => (
              <li key={id}>
                {text('retention-page.rule', {
                  outcomes: outcomes.map((outcome) => text(kindTextId(outcome))).join(', '),
                  days,
                })}
              </li>
            ))}
          </ul>
        )}
        {rules === null ? null : (
          <p className={styles.small}>
            {rules.setAt === null
              ? text('retention-page.rules.own')
              : text('retention-page.rules.set', {
                  name: rules.setBy ?? '',
                  time: dateTimeIn(timeZone, new Date(rules.setAt), language),
                })}
          </p>
        )}
        {failure ? <ErrorPanel code={failure} /> : null}
      </div>
    </Panel>
  );
}

function RunPart() {
  const text = useText();
  const [preview, setPreview] = useState<RetentionPreview | null>(null);
  const [isSure, setSure] = useState(false);
  const [done, setDone] = useState<string[] | null>(null);
  const action = useAction();
  const look = () =>
    void action.run(async () => {
      setDone(null);
      setPreview(await call('retention.preview', {}));
    });
  const erase = () =>
    void action.run(async () => {
      if (preview === null) return;
      setSure(false);
      const { at, digest } = preview;
      const { erased, drafts, pictures, received } = await call('retention.run', { at, digest });
      setDone([
        text('retention-page.done', { erased, pictures }),
        ...(drafts > 0 ? [text('retention-page.dropped', { count: drafts })] : []),
        ...(received > 0 ? [text('retention-page.received.done', { count: received })] : []),
      ]);
      setPreview(null);
    });
  return (
    <Panel title={text('retention-page.run.title')}>
      <div className={styles.stack}>
        <p className={styles.text}>{text('retention-page.run.what')}</p>
        <div className={styles.row}>
          <Button onPress={look} isDisabled={action.isBusy}>
            {text('retention-page.preview')}
          </Button>
          {preview !== null && preview.total > 0 ? (
            <Button onPress={() => setSure(true)} isDisabled={action.isBusy}>
              {text('retention-page.erase', { count: preview.total })}
            </Button>
          ) : null}
        </div>
        {action.isBusy ? <Progress label={text('retention-page.working')} /> : null}
        {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
        <div role="status">
          {done === null ? null : (
            <Notice>
              {done.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </Notice>
          )}
        </div>
        {preview === null ? null : <Preview preview={preview} />}
      </div>
      <Dialog
        title={text('retention-page.sure', { count: preview?.total ?? 0 })}
        isOpen={isSure}
        onClose={() => setSure(false)}
        hotkeys={[{ keys: ['e'], textId: 'retention-page.sure.do', run: erase }]}
        footer={
          <>
            <Button keyName="Escape" onPress={() => setSure(false)} autoFocus>
              {text('ui.cancel')}
            </Button>
            <Button keyName="e" onPress={erase}>
              {text('retention-page.sure.do')}
            </Button>
          </>
        }
      >
        <p>{text('retention-page.sure.what')}</p>
      </Dialog>
    </Panel>
  );
}

function Preview({ preview }: { preview: RetentionPreview }) {
  const text = useText();
  if (preview.total === 0 && preview.rules.every(({ held }) => held === 0))
    return <Notice>{text('retention-page.nothing')}</Notice>;
  return (
    <>
      <table className={styles.counts}>
        <thead>
          <tr>
            <th scope="col">{text('retention-page.outcomes')}</th>
            <th scope="col" className={styles.number}>
              {text('retention-page.days')}
            </th>
            <th scope="col" className={styles.number}>
              {text('retention-page.due')}
            </th>
            <th scope="col" className={styles.number}>
              {text('retention-page.held')}
            </th>
          </tr>
        </thead>
        <tbody>
          {preview.rules.map(({ id, outcomes, days, due, held }) => (
            <tr key={id}>
              <td>{outcomes.map((outcome) => text(kindTextId(outcome))).join(', ')}</td>
              <td className={styles.number}>{days}</td>
              <td className={styles.number}>{due}</td>
              <td className={styles.number}>{held}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {preview.received > 0 ? <p>{text('retention-page.received', { count: preview.received })}</p> : null}
      {preview.ids.length > 0 ? (
        <details>
          <summary>{text('retention-page.ids', { count: preview.ids.length, total: preview.total })}</summary>
          <ul className={styles.mono}>
            {preview.ids.map((id) => (
              <li key={id}>{id}</li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function HoldsPart() {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const [holds, setHolds] = useState<LegalHold[] | null>(null);
  const { run, isBusy, failure } = useAction();
  useEffect(() => {
    void run(async () => setHolds((await call('hold.list', {})).holds));
  }, [run]);
  const release = (id: string) => void run(async () => setHolds((await call('hold.release', { id })).holds));
  return (
    <Panel title={text('retention-page.holds')}>
      <div className={styles.stack}>
        <p className={styles.text}>{text('retention-page.holds.what')}</p>
        {failure ? <ErrorPanel code={failure} /> : null}
        {holds?.length === 0 ? <EmptyState title={text('retention-page.holds.none')} /> : null}
        {holds !== null && holds.length > 0 ? (
          <ul className={styles.stack}>
            {holds.map(({ id, examinationId, at, officerName, reason }) => (
              <li key={id} className={styles.held}>
                <div>
                  <p>{reason}</p>
                  <p className={styles.small}>
                    {text('retention-page.hold.by', {
                      name: officerName,
                      time: dateTimeIn(timeZone, new Date(at), language),
                    })}
                  </p>
                  <p className={`${styles.small} ${styles.mono}`}>{examinationId}</p>
                </div>
                <Button onPress={() => release(id)} isDisabled={isBusy}>
                  {text('hold-page.release')}
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Panel>
  );
}
