// The hub of this station: enrolling with a code, who we are there, leaving it; and on which bases partners may be told.
import { type FormEvent, useEffect, useState } from 'react';
import { fromGroupedCode } from '../../../shared/contract/grouped-code.ts';
import type { HubState } from '../../../shared/contract/sync.ts';
import { useStation } from '../../lib/store-station.ts';
import { enrol, followSync, leaveHub, useSync } from '../../lib/store-sync.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { BasesPanel } from './BasesPanel.tsx';
import styles from './VaultScreen.module.css';

type Enrolled = NonNullable<HubState['hub']>;

/** Bytes of a code that the hub gives (`ENROLMENT_BYTES` of shared/wire, which the window does not import). */
const CODE_BYTES = 10;
/** A clock that is off by less is no news. */
const CLOCK_NEWS_MS = 60_000;

/** What a hub's address may begin with; without encryption only on this very machine. */
const BEGINNINGS = ['https://', 'http://localhost', 'http://127.', 'http://[::1]'];

/** Whether this is, or may yet become, an address to which something may be sent; the station itself looks closer. */
function mayBeSafe(typed: string): boolean {
  const address = typed.trim().toLowerCase();
  return BEGINNINGS.some((one) => address.startsWith(one) || one.startsWith(address));
}

export function HubPage() {
  const text = useText();
  useEffect(followSync, []);
  const state = useSync(({ hub }) => hub);
  return (
    <>
      <Panel title={text('hub-page.title')}>
        <div className={styles.stack}>
          <p className={styles.text}>{text('hub-page.what')}</p>
          {state === null ? null : state.hub === null ? <EnrolForm /> : <AtHub hub={state.hub} />}
        </div>
      </Panel>
      {state === null || state.hub === null ? null : <BasesPanel partners={state.partners} />}
    </>
  );
}

function EnrolForm() {
  const text = useText();
  const [values, setValues] = useState({ address: '', code: '' });
  const [showsFaults, setShowsFaults] = useState(false);
  const action = useAction();
  const code = fromGroupedCode(values.code, CODE_BYTES);
  const isMissing = values.address.trim() === '';
  const isUnsafe = !mayBeSafe(values.address);
  const addressFault = isMissing
    ? text('hub-page.address.missing')
    : isUnsafe
      ? text('hub-page.address.unsafe')
      : null;
  const codeFault = code.ok
    ? null
    : code.groups.length === 0
      ? text('hub-page.code.length')
      : text('hub-page.code.group', { group: (code.groups[0] ?? 0) + 1 });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShowsFaults(true);
    if (addressFault === null && codeFault === null)
      void action.run(() => enrol(values.address.trim(), values.code));
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <div className={styles.fields}>
        <TextField
          label={text('hub-page.address')}
          help={text('hub-page.address.help')}
          value={values.address}
          onChange={(address) => setValues({ ...values, address })}
          // What can become no safe address is told while it is typed.
          fault={showsFaults || isUnsafe ? addressFault : null}
          maxLength={300}
          mono
          autoFocus
        />
        <TextField
          label={text('hub-page.code')}
          help={text('hub-page.code.help')}
          value={values.code}
          onChange={(typed) => setValues({ ...values, code: typed })}
          fault={showsFaults ? codeFault : null}
          maxLength={60}
          mono
        />
      </div>
      {action.isBusy ? <Progress label={text('hub-page.enrolling')} /> : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      <div>
        <Button type="submit" tone="primary" isDisabled={action.isBusy}>
          {text('hub-page.enrol')}
        </Button>
      </div>
    </form>
  );
}

function AtHub({ hub }: { hub: Enrolled }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const [isLeaving, setLeaving] = useState(false);
  const action = useAction();
  const close = () => setLeaving(false);
  const minutes = Math.round(Math.abs(hub.clockOffsetMs) / 60_000);
  const facts = [
    ['address', hub.address],
    ['agency', hub.agencyName],
    ['since', dateTimeIn(timeZone, new Date(hub.enrolledAt), language)],
    ['fingerprint', hub.fingerprint],
  ] as const;
  return (
    <>
      <table className={styles.counts}>
        <tbody>
          {facts.map(([name, value]) => (
            <tr key={name}>
              <th scope="row">{text(`hub-page.fact.${name}`)}</th>
              <td className={name === 'agency' || name === 'since' ? undefined : styles.mono}>{value}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.small}>{text('hub-page.fingerprint.what')}</p>
      {Math.abs(hub.clockOffsetMs) < CLOCK_NEWS_MS ? null : (
        <Notice tone="look">{text('hub-page.clock', { minutes })}</Notice>
      )}
      <div>
        <Button tone="quiet" onPress={() => setLeaving(true)}>
          {text('hub-page.leave')}
        </Button>
      </div>
      <Dialog title={text('hub-page.leave')} isOpen={isLeaving} onClose={close}>
        <div className={styles.stack}>
          <p>{text('hub-page.leave.what')}</p>
          {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
          <div className={styles.end}>
            <Button keyName="Escape" onPress={close}>
              {text('ui.cancel')}
            </Button>
            <Button tone="primary" isDisabled={action.isBusy} onPress={() => void action.run(leaveHub)}>
              {text('hub-page.leave.do')}
            </Button>
          </div>
        </div>
      </Dialog>
    </>
  );
}
