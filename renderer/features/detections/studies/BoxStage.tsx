// A picture of a case study while it is worked on: the piece that leaves, what lies under boxes, marks.
import type { Box } from '../../../../shared/sharing/full.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { BoxDrawing } from '../../../ui/BoxDrawing.tsx';
import { activeBox, type Work } from './picture-work.ts';
import styles from './BoxStage.module.css';

interface BoxStageProps {
  work: Work;
  /** A drawing begins. */
  onBegin: () => void;
  onDraw: (box: Box) => void;
}

const MOST = { width: '100%', height: '56vh' };

export function BoxStage({ work, onBegin, onDraw }: BoxStageProps) {
  const text = useText();
  return (
    <BoxDrawing
      picture={work.source}
      active={activeBox(work)}
      label={text('study-picture.label', { what: text(`study-picture.tool.${work.tool}`) })}
      most={MOST}
      onBegin={onBegin}
      onDraw={onDraw}
    >
      <Shapes work={work} />
    </BoxDrawing>
  );
}

function Shapes({ work }: { work: Work }) {
  const { at, hidden, portrait, zone, marks, tool, chosen, source } = work;
  const rect = (key: string, box: Box, name: string, isActive: boolean) => (
    <rect
      key={key}
      {...box}
      className={`${styles[name]} ${isActive ? styles.active : ''}`}
      vectorEffect="non-scaling-stroke"
    />
  );
  const { width, height } = source;
  const beside = `M0 0H${width}V${height}H0ZM${at.x} ${at.y}V${at.y + at.height}H${at.x + at.width}V${at.y}Z`;
  return (
    <>
      {hidden.map((box, index) => rect(`box ${index}`, box, 'hidden', tool === 'box' && index === chosen))}
      {portrait === null || portrait === 'none'
        ? null
        : rect('portrait', portrait, 'telling', tool === 'portrait')}
      {zone === null || zone === 'none' ? null : rect('zone', zone, 'telling', tool === 'zone')}
      <path className={styles.beside} d={beside} fillRule="evenodd" />
      {rect('piece', at, 'piece', tool === 'piece')}
      {marks.map((mark, index) =>
        rect(`mark ${index}`, mark.at, 'mark', tool === 'mark' && index === chosen),
      )}
    </>
  );
}
