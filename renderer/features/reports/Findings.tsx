// What was found, item by item: as the case says it, for the officer to correct, add to and take away.
import { X } from 'lucide-react';
import type { ReportProblem } from '../../../shared/contract/reports.ts';
import { allItems } from '../../../shared/procedures/procedure.ts';
import { FINDING_RESULTS, REPORT_TOOLS } from '../../../shared/sharing/codes.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import { CODE_WORDS, itemWord } from '../../../shared/sharing/preview.ts';
import { useProcedure, useProcedureText } from '../../lib/store-procedure.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { SearchSelect, Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { change } from './draft-store.ts';
import { Fault, faultAt } from './Fault.tsx';
import styles from './ReportEditor.module.css';

type Finding = FullReport['fraud']['findings'][number];

interface FindingsProps {
  label: string;
  findings: readonly Finding[];
  problems: readonly ReportProblem[];
}

const PATH = 'fraud.findings';
const NONE = '-';
const NOTE = 300;

export function Findings({ label, findings, problems }: FindingsProps) {
  const text = useText();
  const own = useProcedureText();
  const procedure = useProcedure((state) => state.procedure);
  const there = new Set(findings.map(({ item }) => item));
  const items = (procedure === null ? [] : allItems(procedure)).filter(({ id }) => !there.has(id));
  const put = (at: number, part: Partial<Finding>) =>
    change(
      PATH,
      findings.map((one, index) => (index === at ? { ...one, ...part } : one)),
    );
  const isMissing = problems.some(({ path }) => path === PATH);
  return (
    <section aria-label={label} className={styles.part}>
      <h3>{label}</h3>
      {isMissing ? <Fault words={text(CODE_WORDS.problem('missing'))} /> : null}
      {findings.map((finding, at) => (
        // An item may be found twice, and its place is its name in what is sent.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={`${finding.item} ${at}`} className={styles.row} data-path={`${PATH}.${at}.note`}>
          <div className={styles.rowHead}>
            <p>{own(itemWord(finding.item))}</p>
            <Button
              tone="quiet"
              icon={<X size={18} />}
              aria-label={text('report-draft.take-away', { what: own(itemWord(finding.item)) })}
              onPress={() =>
                change(
                  PATH,
                  findings.filter((_one, index) => index !== at),
                )
              }
            />
          </div>
          <TextField
            label={text('report-draft.note')}
            value={finding.note}
            onChange={(note) => put(at, { note })}
            maxLength={NOTE}
            fault={faultAt(text, problems, `${PATH}.${at}.note`)}
          />
          <div className={styles.pair}>
            <Select
              label={text('report-draft.result')}
              choices={FINDING_RESULTS.map((id) => ({ id, label: text(CODE_WORDS.result(id)) }))}
              value={finding.result}
              onChange={(id) =>
                put(at, { result: FINDING_RESULTS.find((one) => one === id) ?? finding.result })
              }
            />
            <Select
              label={text('report-draft.tool')}
              choices={[
                { id: NONE, label: text('report-draft.not-said') },
                ...REPORT_TOOLS.map((id) => ({ id, label: own(CODE_WORDS.tool(id)) })),
              ]}
              value={finding.tool ?? NONE}
              onChange={(id) => put(at, { tool: REPORT_TOOLS.find((one) => one === id) ?? null })}
            />
          </div>
        </div>
      ))}
      <SearchSelect
        key={findings.length}
        label={text('report-draft.add-finding')}
        choices={items.map(({ id }) => ({ id, label: own(itemWord(id)) }))}
        value={null}
        onChange={(item) => change(PATH, [...findings, { item, result: 'differs', tool: null, note: '' }])}
      />
    </section>
  );
}
