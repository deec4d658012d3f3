// Reports that belong together with this one: by which key, and how strongly. Chosen from this station's and those of others.
import { X } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import type { ReceivedRow, ReportRow } from '../../../shared/contract/reports.ts';
import { LINK_KEYS, LINK_STRENGTHS } from '../../../shared/sharing/codes.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { type Choice, SearchSelect, Select } from '../../ui/Select.tsx';
import { useAboutWords } from './about-words.ts';
import { change, useDraft } from './draft-store.ts';
import styles from './ReportEditor.module.css';
import { useTimes } from './times.ts';

type Link = FullReport['links'][number];

interface LinksProps {
  label: string;
  content: FullReport;
}

const PATH = 'links';
const MOST = 40;
/** Of each list so many are offered, the newest. */
const OFFERED = 200;

/** Reports that a link can lead to, the newest first, by what they are of; null until the station has said. */
function useReports(examinationId: string): {
  choices: readonly Choice[] | null;
  failure: ReturnType<typeof useAction>['failure'];
} {
  const text = useText();
  const timeText = useTimes();
  const { documentOf, fraudOf } = useAboutWords();
  const [own, setOwn] = useState<readonly ReportRow[] | null>(null);
  const [others, setOthers] = useState<readonly ReceivedRow[]>([]);
  const { run, failure } = useAction();
  useEffect(() => {
    void run(async () => {
      const page = { limit: OFFERED, offset: 0 };
      const [mine, received] = await Promise.all([
        call('report.list', { ...page, show: 'all' }),
        call('received.list', page),
      ]);
      setOthers(received.rows);
      setOwn(mine.rows);
    });
  }, [run]);
  const choices = useMemo(() => {
    if (own === null) return null;
    const line = ({ id, about }: Pick<ReportRow, 'id' | 'about'>, from: string, at: string): Choice => ({
      id,
      label: text('report-draft.link.report', {
        document: documentOf(about),
        fraud: fraudOf(about),
        from,
        time: timeText(at),
        id: id.slice(-8),
      }),
    });
    const isLinkable = ({ kind, standing }: Pick<ReportRow, 'kind' | 'standing'>): boolean =>
      kind !== 'withdrawal' && standing === 'in-force';
    const mine = own.filter(
      (row) => isLinkable(row) && row.state === 'approved' && row.examinationId !== examinationId,
    );
    return [
      ...mine.map((row) => line(row, text('report-draft.link.here'), row.at)),
      ...others
        .filter(isLinkable)
        .map((row) =>
          line(row, text('report-draft.link.station', { code: row.stationCode }), row.receivedAt),
        ),
    ];
    // The words follow the language, which follows the station.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [own, others, examinationId]);
  return { choices, failure };
}

export function Links({ label, content: { links } }: LinksProps) {
  const text = useText();
  // The case's own reports are no link.
  const examinationId = useDraft(({ open }) => open?.examinationId ?? '');
  const { choices, failure } = useReports(examinationId);
  const labelOf = (id: string): string =>
    choices?.find((one) => one.id === id)?.label ?? text('report-draft.link.unknown', { id });
  const put = (at: number, part: Partial<Link>) =>
    change(
      PATH,
      links.map((one, index) => (index === at ? { ...one, ...part } : one)),
    );
  const takeAway = (at: number) =>
    change(
      PATH,
      links.filter((_one, index) => index !== at),
    );
  const there = new Set(links.map(({ reportId }) => reportId));
  return (
    <section aria-label={label} className={styles.part}>
      <h3>{label}</h3>
      {links.map((link, at) => (
        <div key={link.reportId} className={styles.row}>
          <div className={styles.rowHead}>
            <p>{labelOf(link.reportId)}</p>
            <Button
              tone="quiet"
              icon={<X size={18} />}
              aria-label={text('report-draft.take-away', { what: labelOf(link.reportId) })}
              onPress={() => takeAway(at)}
            />
          </div>
          <div className={styles.pair}>
            <Select
              label={text('report-draft.link.key')}
              choices={LINK_KEYS.map((id) => ({ id, label: text(CODE_WORDS.linkKey(id)) }))}
              value={link.key}
              onChange={(id) => put(at, { key: LINK_KEYS.find((one) => one === id) ?? link.key })}
            />
            <Select
              label={text('report-draft.link.strength')}
              choices={LINK_STRENGTHS.map((id) => ({ id, label: text(CODE_WORDS.linkStrength(id)) }))}
              value={link.strength}
              onChange={(id) =>
                put(at, { strength: LINK_STRENGTHS.find((one) => one === id) ?? link.strength })
              }
            />
          </div>
        </div>
      ))}
      {failure === null ? null : <ErrorPanel code={failure} tone="look" />}
      {choices === null || links.length >= MOST ? null : choices.length === 0 ? (
        <p className={styles.quiet}>{text('report-draft.link.none')}</p>
      ) : (
        <SearchSelect
          // Each choice empties the field for the next one.
          key={links.length}
          label={text('report-draft.link.add')}
          help={text('report-draft.link.add.help')}
          choices={choices.filter(({ id }) => !there.has(id))}
          value={null}
          onChange={(reportId) => change(PATH, [...links, { key: 'LK08', reportId, strength: 'weak' }])}
        />
      )}
    </section>
  );
}
