// A piece as the station made it: exactly what leaves, with what the reader still found on it, and its caption.
import { SquareDashed } from 'lucide-react';
import { STUDY_LENGTHS } from '../../../../shared/sharing/study-limits.ts';
import { CODE_WORDS } from '../../../../shared/sharing/preview.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { DataPicture } from '../../../ui/DataPicture.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import type { Cut } from './draft-store.ts';
import { FaultLine } from './FaultLine.tsx';
import { covered, type Picture, type Work } from './picture-work.ts';
import styles from './Studies.module.css';

interface PictureResultProps {
  cut: Cut;
  marks: Picture['marks'];
  work: Work;
  onChange: (work: Work) => void;
}

export function PictureResult({ cut, marks, work, onChange }: PictureResultProps) {
  const text = useText();
  return (
    <div className={styles.list}>
      <p>{text('cutter.exactly')}</p>
      <DataPicture
        source={`data:${cut.mime};base64,${cut.base64}`}
        label={text('studies.picture-made')}
        marks={marks}
      />
      {cut.zones.length === 0 ? null : (
        <>
          <FaultLine words={text(CODE_WORDS.problem('study-zone-found'))} />
          <div>
            <Button
              icon={<SquareDashed size={18} />}
              onPress={() => onChange({ ...covered(work, cut.zones), tool: 'box' })}
            >
              {text('study-picture.cover-found')}
            </Button>
          </div>
        </>
      )}
      <TextField
        label={text('study-picture.caption')}
        value={work.caption}
        maxLength={STUDY_LENGTHS.caption}
        onChange={(caption) => onChange({ ...work, caption })}
      />
      <p className={styles.quiet}>{text('study-picture.look')}</p>
    </div>
  );
}
