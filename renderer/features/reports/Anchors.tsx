// Up to three places where a colleague looks first: where it is, what is seen there, and a piece that shows it.
import { Plus, X } from 'lucide-react';
import type { ReportProblem } from '../../../shared/contract/reports.ts';
import { ANCHOR_ZONES } from '../../../shared/sharing/codes.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { change } from './draft-store.ts';
import { faultAt } from './Fault.tsx';
import styles from './ReportEditor.module.css';

type Anchor = FullReport['fraud']['anchors'][number];

interface AnchorsProps {
  label: string;
  content: FullReport;
  problems: readonly ReportProblem[];
}

const PATH = 'fraud.anchors';
const MOST = 3;
const DESCRIPTION = 300;
const NONE = '-';

export function Anchors({ label, content, problems }: AnchorsProps) {
  const text = useText();
  const { anchors } = content.fraud;
  const put = (at: number, part: Partial<Anchor>) =>
    change(
      PATH,
      anchors.map((one, index) => (index === at ? { ...one, ...part } : one)),
    );
  const pieces = [
    { id: NONE, label: text('report-draft.no-piece') },
    ...content.images.map(({ sha256 }, at) => ({
      id: sha256,
      label: text('report-draft.piece', { number: at + 1 }),
    })),
  ];
  return (
    <section aria-label={label} className={styles.part}>
      <h3>{label}</h3>
      {anchors.map((anchor, at) => (
        // Anchors have no names of their own; they are added and taken away, never moved.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.row} data-path={`${PATH}.${at}.description`}>
          <TextField
            label={text('report-draft.anchor', { number: at + 1 })}
            value={anchor.description}
            onChange={(description) => put(at, { description })}
            maxLength={DESCRIPTION}
            fault={
              faultAt(text, problems, `${PATH}.${at}.description`) ?? faultAt(text, problems, `${PATH}.${at}`)
            }
          />
          <div className={styles.pair}>
            <Select
              label={text('report-draft.place')}
              choices={ANCHOR_ZONES.map((id) => ({ id, label: text(CODE_WORDS.anchorZone(id)) }))}
              value={anchor.zone}
              onChange={(id) => put(at, { zone: ANCHOR_ZONES.find((one) => one === id) ?? anchor.zone })}
            />
            <Select
              label={text('report-draft.piece-of')}
              choices={pieces}
              value={anchor.imageSha256 ?? NONE}
              onChange={(id) => put(at, { imageSha256: id === NONE ? null : id })}
            />
          </div>
          <div>
            <Button
              tone="quiet"
              icon={<X size={18} />}
              onPress={() =>
                change(
                  PATH,
                  anchors.filter((_one, index) => index !== at),
                )
              }
            >
              {text('report-draft.remove-anchor')}
            </Button>
          </div>
        </div>
      ))}
      {anchors.length < MOST ? (
        <div>
          <Button
            icon={<Plus size={18} />}
            onPress={() =>
              change(PATH, [...anchors, { zone: 'background', imageSha256: null, description: '' }])
            }
          >
            {text('report-draft.add-anchor')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}
