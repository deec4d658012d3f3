// One alert whole: what it says, who read it where, and taking it back.
import { ArrowLeft, FileX2, RefreshCw } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract/channels.ts';
import { type WithdrawalReason, WITHDRAWAL_REASONS } from '../../../shared/sharing/codes.ts';
import { call } from '../../lib/bridge.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { closeAlert, useAlerts, withdrawAlert } from '../../lib/store-alerts.ts';
import { useStation } from '../../lib/store-station.ts';
import { useSync } from '../../lib/store-sync.ts';
import { useCan } from '../../lib/store-vault.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { AlertFacts } from '../../ui/AlertFacts.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './AlertView.module.css';

type Opened = Output<'alert.open'>;

/** The name of another agency as the directory has it; its own is not among the partners. */
function useAgencyName(): (id: string) => string {
  const hub = useSync((state) => state.hub);
  return (id) =>
    hub?.partners.find((partner) => partner.id === id)?.name ??
    (hub?.hub?.agencyId === id ? hub.hub.agencyName : id);
}

export function AlertView({ opened }: { opened: Opened }) {
  const text = useText();
  const agencyName = useAgencyName();
  const { row, body, readers } = opened;
  const [isAsked, setAsked] = useState(false);
  const mayWithdraw = useCan('report.withdraw');
  // What became of it since it was opened.
  const standing = useAlerts(({ rows }) => rows?.find(({ id }) => id === row.id)?.standing) ?? row.standing;
  const canWithdraw =
    mayWithdraw && row.origin === 'here' && (standing === 'live' || standing === 'elsewhere');
  const hotkeys: Hotkey[] = [
    { keys: ['Escape'], textId: 'alerts.back', run: closeAlert },
    { keys: ['w'], textId: 'alerts.withdraw', run: () => setAsked(true), enabled: () => canWithdraw },
  ];
  useHotkeys({ titleId: 'alerts.one', hotkeys });
  return (
    <div className={styles.view}>
      <div className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={closeAlert}>
          {text('alerts.back')}
        </Button>
        <h1 className={styles.title}>
          {row.origin === 'here'
            ? text('alerts.own')
            : text('alerts.from', { agency: row.agencyName, station: row.stationCode })}
        </h1>
        {canWithdraw ? (
          <Button keyName="w" tone="quiet" icon={<FileX2 size={20} />} onPress={() => setAsked(true)}>
            {text('alerts.withdraw')}
          </Button>
        ) : null}
      </div>
      <div className={styles.body}>
        <Panel title={text('alerts.content')} scrolls className={styles.panel}>
          <div className={styles.stack}>
            {standing === 'live' ? null : (
              <Notice tone="look">{text(`alerts.standing-long.${standing}`)}</Notice>
            )}
            <AlertFacts alert={body} agencyName={agencyName} />
          </div>
        </Panel>
        <Panel title={text('alerts.readers')} scrolls className={styles.panel}>
          <Readers id={row.id} isOwn={row.origin === 'here'} readers={readers} />
        </Panel>
      </div>
      <Dialog title={text('alerts.withdraw')} isOpen={isAsked} onClose={() => setAsked(false)}>
        {isAsked ? <WithdrawForm id={row.id} onClose={() => setAsked(false)} /> : null}
      </Dialog>
    </div>
  );
}

interface ReadersProps {
  id: string;
  isOwn: boolean;
  readers: Opened['readers'];
}

function Readers({ id, isOwn, readers }: ReadersProps) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const time = (at: string): string => dateTimeIn(timeZone, new Date(at), language);
  const [asked, setAsked] = useState<Output<'alert.reads'> | null>(null);
  const { run, isBusy, failure } = useAction();
  const ask = () => void run(async () => setAsked(await call('alert.reads', { id })));
  useEffect(() => {
    if (isOwn) void run(async () => setAsked(await call('alert.reads', { id })));
  }, [id, isOwn, run]);
  const elsewhere = asked?.elsewhere ?? readers.elsewhere;
  return (
    <div className={styles.stack}>
      {isOwn ? (
        <section aria-busy={isBusy}>
          <h3>{text('alerts.readers.elsewhere')}</h3>
          {failure === null ? null : <ErrorPanel code={failure} tone="look" />}
          {asked?.isHeard === false ? <p className={styles.quiet}>{text('alerts.readers.unheard')}</p> : null}
          {elsewhere.length === 0 ? <p className={styles.quiet}>{text('alerts.readers.none')}</p> : null}
          <ul className={styles.readers}>
            {elsewhere.map(({ stationCode, agencyName, role, at }) => (
              <li key={`${stationCode} ${role} ${at}`}>
                {text('alerts.reader.elsewhere', {
                  station: stationCode,
                  agency: agencyName,
                  role: text(`role.${role}`),
                  time: time(at),
                })}
              </li>
            ))}
          </ul>
          <Button icon={<RefreshCw size={18} />} isDisabled={isBusy} onPress={ask}>
            {text('alerts.readers.ask')}
          </Button>
        </section>
      ) : null}
      <section>
        <h3>{text('alerts.readers.here')}</h3>
        <ul className={styles.readers}>
          {readers.here.map(({ name, role, at }) => (
            <li key={`${name} ${at}`}>
              {text('alerts.reader.here', { name, role: text(`role.${role}`), time: time(at) })}
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function WithdrawForm({ id, onClose }: { id: string; onClose: () => void }) {
  const text = useText();
  const [reason, setReason] = useState<WithdrawalReason>('doubt-not-confirmed');
  const action = useAction();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void action.run(() => withdrawAlert(id, reason)).then((done) => done && onClose());
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <p>{text('alerts.withdraw.what')}</p>
      <Choices
        label={text('alerts.withdraw.reason')}
        value={reason}
        onChange={(chosen) => setReason(WITHDRAWAL_REASONS.find((one) => one === chosen) ?? reason)}
        choices={WITHDRAWAL_REASONS.map((one) => ({ id: one, label: text(`report.withdrawal.${one}`) }))}
        autoFocus
      />
      {action.failure === null ? null : <ErrorPanel code={action.failure} tone="look" />}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" isDisabled={action.isBusy}>
          {text('alerts.withdraw')}
        </Button>
      </div>
    </form>
  );
}
