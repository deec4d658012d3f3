// What is cut out of a picture for a report, and where its portrait and its zone are.
import type { Box } from '../../../shared/sharing/full.ts';
import { useText } from '../../text/TextProvider.tsx';
import { BoxDrawing } from '../../ui/BoxDrawing.tsx';
import type { DraftPicture } from './draft.ts';
import styles from './Cutter.module.css';

export type Marked = 'piece' | 'portrait' | 'zone';

interface CutterProps {
  picture: DraftPicture;
  boxes: Readonly<Record<Marked, Box | null>>;
  /** Which of them is drawn and moved. */
  active: Marked;
  onChange: (box: Box) => void;
}

const SHAPES: readonly Marked[] = ['zone', 'portrait', 'piece'];
const MOST = { width: 'min(100%, 34rem)', height: '52vh' };

export function Cutter({ picture, boxes, active, onChange }: CutterProps) {
  const text = useText();
  return (
    <BoxDrawing
      picture={picture}
      active={boxes[active]}
      label={text('cutter.label', { what: text(`cutter.mark.${active}`) })}
      most={MOST}
      onDraw={onChange}
    >
      {SHAPES.map((name) => {
        const box = boxes[name];
        return box === null ? null : (
          <rect
            key={name}
            {...box}
            className={`${styles[name]} ${name === active ? styles.active : ''}`}
            vectorEffect="non-scaling-stroke"
          />
        );
      })}
    </BoxDrawing>
  );
}
