// One report as its recipient sees it, and what became of it: approval, the way to the hub, correction, taking back.
import { ArrowLeft, BellPlus, BookMarked, Check, FileX2, PencilLine, Undo2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import type { ReceivedRow, ReportRow } from '../../../shared/contract/reports.ts';
import { isFull } from '../../../shared/sharing/kinds.ts';
import type { WireReport } from '../../../shared/sharing/report.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { writeReport } from '../../lib/store-report-draft.ts';
import { writeStudy } from '../../lib/store-study-draft.ts';
import { useStation } from '../../lib/store-station.ts';
import { useSync } from '../../lib/store-sync.ts';
import { useCan, useVault } from '../../lib/store-vault.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { AlertDialog } from './AlertDialog.tsx';
import { standingId } from './ReportList.tsx';
import { ReportBody } from './ReportBody.tsx';
import { SendBackForm, WithdrawForm } from './ReportForms.tsx';
import { approve, closeReport, type OpenReport } from './report-store.ts';
import styles from './ReportView.module.css';

type Asked = 'send-back' | 'withdraw' | 'alert';

export function ReportView({ open }: { open: OpenReport }) {
  return open.from === 'here' ? <OwnReport answer={open.answer} /> : <OthersReport answer={open.answer} />;
}

function useTimeText(): (at: string) => string {
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  return (at) => dateTimeIn(timeZone, new Date(at), language);
}

interface FrameProps {
  /** Whose it is: headings differ. */
  from: OpenReport['from'];
  title: string;
  facts: readonly (readonly [label: string, value: string])[];
  actions: ReactNode;
  hotkeys: Hotkey[];
  children: ReactNode;
}

function Frame({ from, title, facts, actions, hotkeys, children }: FrameProps) {
  const text = useText();
  useHotkeys({
    titleId: 'reports.one',
    hotkeys: [...hotkeys, { keys: ['Escape'], textId: 'reports.back', run: closeReport }],
  });
  return (
    <>
      <div className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={closeReport}>
          {text('reports.back')}
        </Button>
        <h1 className={styles.title}>{title}</h1>
        {actions}
      </div>
      <div className={styles.body}>
        <Panel title={text(`reports.content.${from}`)} scrolls className={styles.content}>
          <div className={styles.form}>{children}</div>
        </Panel>
        <Panel title={text(`reports.facts.${from}`)} scrolls className={styles.content}>
          <dl className={styles.facts}>
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Panel>
      </div>
    </>
  );
}

function OwnReport({ answer }: { answer: Extract<OpenReport, { from: 'here' }>['answer'] }) {
  const text = useText();
  const timeText = useTimeText();
  const { report } = answer;
  const [asked, setAsked] = useState<Asked | null>(null);
  const action = useAction();
  const partners = useSync(({ hub }) => hub?.partners) ?? [];
  const me = useVault(({ state }) => state?.session?.officerId ?? null);
  const mayApprove = useCan('report.approve');
  const mayWrite = useCan('report.submit');
  const isOwn = report.officerId === me;
  const canDecide = mayApprove && report.state === 'to-approve' && !(isOwn && report.needsApproval);
  const isInForce =
    report.state === 'approved' && report.standing === 'in-force' && report.kind !== 'withdrawal';
  const canReplace = mayWrite && isInForce && !report.erased;
  const body = bodyOf(answer.text);
  // An alert is taken back and made anew.
  const canCorrect = canReplace && report.kind !== 'alert';
  const correct = () =>
    body?.kind === 'case-study' ? writeStudy(body.about) : writeReport(report.examinationId, report.id);
  const canTeach = canReplace && report.tier === 'T2' && body !== null && isFull(body);
  const doApprove = () => void action.run(() => approve(report.id));
  const hotkeys: Hotkey[] = [
    { keys: ['a'], textId: 'reports.approve', run: doApprove, enabled: () => canDecide },
    { keys: ['b'], textId: 'reports.send-back', run: () => setAsked('send-back'), enabled: () => canDecide },
    {
      keys: ['c'],
      textId: 'reports.correct',
      run: correct,
      enabled: () => canCorrect,
    },
    { keys: ['m'], textId: 'alert-draft.make', run: () => setAsked('alert'), enabled: () => canTeach },
    { keys: ['s'], textId: 'studies.write.key', run: () => writeStudy(report.id), enabled: () => canTeach },
    { keys: ['w'], textId: 'reports.withdraw', run: () => setAsked('withdraw'), enabled: () => canReplace },
  ];
  const agency = partners.find(({ id }) => id === report.agencyId)?.name ?? '';
  return (
    <>
      <Frame
        from="here"
        title={text(`reports.kind.${report.kind}`)}
        hotkeys={hotkeys}
        facts={ownFacts(report, { text, timeText, agency })}
        actions={
          <>
            {canDecide ? (
              <>
                <Button
                  tone="primary"
                  keyName="a"
                  icon={<Check size={20} />}
                  isDisabled={action.isBusy}
                  onPress={doApprove}
                >
                  {text('reports.approve')}
                </Button>
                <Button keyName="b" icon={<Undo2 size={20} />} onPress={() => setAsked('send-back')}>
                  {text('reports.send-back')}
                </Button>
              </>
            ) : null}
            {canTeach ? (
              <Button keyName="m" icon={<BellPlus size={20} />} onPress={() => setAsked('alert')}>
                {text('alert-draft.make')}
              </Button>
            ) : null}
            {canTeach ? (
              <Button keyName="s" icon={<BookMarked size={20} />} onPress={() => writeStudy(report.id)}>
                {text('studies.write')}
              </Button>
            ) : null}
            {canCorrect ? (
              <Button keyName="c" icon={<PencilLine size={20} />} onPress={correct}>
                {text('reports.correct')}
              </Button>
            ) : null}
            {canReplace ? (
              <Button
                keyName="w"
                tone="quiet"
                icon={<FileX2 size={20} />}
                onPress={() => setAsked('withdraw')}
              >
                {text('reports.withdraw')}
              </Button>
            ) : null}
          </>
        }
      >
        {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
        {report.state === 'to-approve' && isOwn && report.needsApproval ? (
          <Notice>{text('reports.own')}</Notice>
        ) : null}
        {report.state !== 'sent-back' ? null : (
          <Notice tone="look" title={text('reports.sent-back', { name: report.decidedBy ?? '' })}>
            <p>{report.decisionNote}</p>
          </Notice>
        )}
        <ReportBody body={body} part={answer.sealedPart} />
      </Frame>
      <Dialog title={text('reports.send-back')} isOpen={asked === 'send-back'} onClose={() => setAsked(null)}>
        {asked === 'send-back' ? <SendBackForm id={report.id} onClose={() => setAsked(null)} /> : null}
      </Dialog>
      <Dialog title={text('reports.withdraw')} isOpen={asked === 'withdraw'} onClose={() => setAsked(null)}>
        {asked === 'withdraw' ? <WithdrawForm id={report.id} onClose={() => setAsked(null)} /> : null}
      </Dialog>
      {asked === 'alert' ? <AlertDialog reportId={report.id} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

/** Null where the bytes went with the person's data. They are the station's own, checked when they were made. */
const bodyOf = (text: string): WireReport | null => (text === '' ? null : (JSON.parse(text) as WireReport));

interface FactWords {
  text: ReturnType<typeof useText>;
  timeText: (at: string) => string;
  agency: string;
}

function ownFacts(report: ReportRow, { text, timeText, agency }: FactWords): [string, string][] {
  const { decidedBy, decidedAt, sentAt } = report;
  return [
    [text('reports.column.state'), text(standingId(report))],
    [text('reports.column.audience'), text(`reports.audience.${report.tier}`, { agency })],
    [text('reports.column.by'), report.officerName],
    [text('reports.column.time'), timeText(report.at)],
    ...(decidedBy === null ? [] : [[text(`reports.decided.${report.state}`), decidedBy] as [string, string]]),
    ...(decidedAt === null ? [] : [[text('reports.decided-at'), timeText(decidedAt)] as [string, string]]),
    ...(sentAt === null ? [] : [[text('reports.receipt'), timeText(sentAt)] as [string, string]]),
    [text('reports.digest'), report.sha256],
  ];
}

function OthersReport({ answer }: { answer: Extract<OpenReport, { from: 'others' }>['answer'] }) {
  const text = useText();
  const timeText = useTimeText();
  const { report, body, sealedPart } = answer;
  return (
    <Frame
      from="others"
      title={text(`reports.kind.${report.kind}`)}
      hotkeys={[]}
      actions={null}
      facts={othersFacts(report, text, timeText)}
    >
      {report.standing === 'in-force' ? null : (
        <Notice tone="look">{text(`reports.standing.${report.standing}`)}</Notice>
      )}
      {report.personalGone ? <Notice>{text('reports.personal-gone')}</Notice> : null}
      <ReportBody body={body} part={sealedPart} />
    </Frame>
  );
}

function othersFacts(
  report: ReceivedRow,
  text: FactWords['text'],
  timeText: FactWords['timeText'],
): [string, string][] {
  return [
    [text('reports.column.agency'), report.agencyName],
    [text('reports.column.station'), report.stationCode],
    [text('reports.column.received'), timeText(report.receivedAt)],
    [text('reports.column.audience'), text(`reports.for-us.${report.tier}`)],
    [text('reports.column.standing'), text(`reports.standing.${report.standing}`)],
  ];
}
