// What is drawn on a picture of a case study, what was drawn, and what is still missing.
import { Plus, SquareDashed, X } from 'lucide-react';
import { STUDY_LENGTHS } from '../../../../shared/sharing/study-limits.ts';
import type { StudyPictureFault } from '../../../../shared/sharing/study-pictures.ts';
import { CODE_WORDS } from '../../../../shared/sharing/preview.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Choices, SwitchField } from '../../../ui/Choices.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FaultLine } from './FaultLine.tsx';
import { covered, drawn, tellingPlaces, TOOLS, type Work, without, withTool } from './picture-work.ts';
import styles from './Studies.module.css';

interface PictureToolsProps {
  work: Work;
  faults: readonly StudyPictureFault[];
  onChange: (work: Work) => void;
  canAddBox: boolean;
  canAddMark: boolean;
}

const OPEN: ReadonlySet<StudyPictureFault> = new Set(['study-portrait-open', 'study-zone-open']);

export function PictureTools({ work, faults, onChange, canAddBox, canAddMark }: PictureToolsProps) {
  const text = useText();
  const { tool } = work;
  return (
    <>
      <Choices
        label={text('study-picture.tool')}
        value={tool}
        onChange={(id) => onChange(withTool(work, TOOLS.find((one) => one === id) ?? tool))}
        choices={TOOLS.map((id) => ({ id, label: text(`study-picture.tool.${id}`) }))}
      />
      <p className={styles.quiet}>{text(`study-picture.tool.${tool}.help`)}</p>
      {tool === 'portrait' || tool === 'zone' ? (
        <SwitchField
          label={text(`cutter.none.${tool}`)}
          isOn={work[tool] === 'none'}
          onChange={(isOn) => onChange({ ...work, [tool]: isOn ? 'none' : null })}
        />
      ) : null}
      {tool === 'box' ? <Boxes work={work} onChange={onChange} canAdd={canAddBox} /> : null}
      {tool === 'mark' ? <Marks work={work} onChange={onChange} canAdd={canAddMark} /> : null}
      {faults.map((fault) => (
        <FaultLine key={fault} words={text(CODE_WORDS.problem(fault))} />
      ))}
      {faults.some((fault) => OPEN.has(fault)) ? (
        <div>
          <Button
            icon={<SquareDashed size={18} />}
            onPress={() => onChange(covered(work, tellingPlaces(work)))}
          >
            {text('study-picture.cover')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

interface ListProps {
  work: Work;
  onChange: (work: Work) => void;
  canAdd: boolean;
}

/** A rectangle in the middle, for keys to move: of boxes and marks one more. */
function oneMore(work: Work): Work {
  const { width, height } = work.source;
  const at = {
    x: Math.round(width * 0.4),
    y: Math.round(height * 0.4),
    width: Math.max(1, Math.round(width * 0.2)),
    height: Math.max(1, Math.round(height * 0.1)),
  };
  const count = work.tool === 'box' ? work.hidden.length : work.marks.length;
  return drawn({ ...work, chosen: count }, at);
}

function Boxes({ work, onChange, canAdd }: ListProps) {
  const text = useText();
  return (
    <div className={styles.list}>
      {work.hidden.map((_box, at) => (
        // Boxes have no names of their own; they are added and taken away, never moved.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.row}>
          <button
            type="button"
            className={styles.choose}
            aria-pressed={at === work.chosen}
            onClick={() => onChange({ ...work, chosen: at })}
          >
            {text('study-picture.box', { number: at + 1 })}
          </button>
          <Button
            tone="quiet"
            icon={<X size={18} />}
            aria-label={text('report-draft.take-away', {
              what: text('study-picture.box', { number: at + 1 }),
            })}
            onPress={() => onChange(without(work, at))}
          />
        </div>
      ))}
      {canAdd ? (
        <div>
          <Button icon={<Plus size={18} />} onPress={() => onChange(oneMore(work))}>
            {text('study-picture.add-box')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function Marks({ work, onChange, canAdd }: ListProps) {
  const text = useText();
  return (
    <div className={styles.list}>
      {work.marks.map((mark, at) => (
        // Nor have marks.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.row}>
          <TextField
            label={text('study-picture.mark', { number: at + 1 })}
            value={mark.label}
            maxLength={STUDY_LENGTHS.label}
            onFocus={() => at !== work.chosen && onChange({ ...work, chosen: at })}
            onChange={(label) =>
              onChange({
                ...work,
                chosen: at,
                marks: work.marks.map((one, index) => (index === at ? { ...one, label } : one)),
              })
            }
          />
          <Button
            tone="quiet"
            icon={<X size={18} />}
            aria-label={text('report-draft.take-away', {
              what: text('study-picture.mark', { number: at + 1 }),
            })}
            onPress={() => onChange(without(work, at))}
          />
        </div>
      ))}
      {canAdd ? (
        <div>
          <Button icon={<Plus size={18} />} onPress={() => onChange(oneMore(work))}>
            {text('study-picture.add-mark')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
