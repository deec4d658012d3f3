// The pieces of pictures that leave, and the portrait that a partner alone can open.
import { Scissors, X } from 'lucide-react';
import { useState } from 'react';
import type { ReportProblem } from '../../../shared/contract/reports.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { CutDialog } from './CutDialog.tsx';
import { change, rememberPiece, useDraft } from './draft-store.ts';
import { Fault } from './Fault.tsx';
import { DataPicture } from './Preview.tsx';
import styles from './ReportEditor.module.css';

const MOST_PIECES = 12;
const MOST_PORTRAITS = 2;
/** Of one portrait, as the report takes it. */
const MOST_BASE64 = 280_000;

interface PiecesProps {
  content: FullReport;
  problems: readonly ReportProblem[];
}

export function Pieces({ content, problems }: PiecesProps) {
  const text = useText();
  const open = useDraft((state) => state.open);
  const pieces = useDraft((state) => state.pieces);
  const [isCutting, setCutting] = useState(false);
  const { images } = content;
  return (
    <div className={styles.part}>
      <p className={styles.quiet}>{text('report-draft.pieces.what')}</p>
      {images.map((image, at) => (
        <div key={image.sha256} className={styles.row} data-path={`images.${at}`}>
          <div className={styles.rowHead}>
            <p>
              {text('report-draft.piece-light', {
                number: at + 1,
                light: text(CODE_WORDS.light(image.light)),
              })}
            </p>
            <Button
              tone="quiet"
              icon={<X size={18} />}
              aria-label={text('report-draft.take-away', {
                what: text('report-draft.piece', { number: at + 1 }),
              })}
              onPress={() =>
                change(
                  'images',
                  images.filter(({ sha256 }) => sha256 !== image.sha256),
                )
              }
            />
          </div>
          {pieces[image.sha256] === undefined ? null : (
            <DataPicture source={pieces[image.sha256] ?? ''} label={text('reports.picture')} />
          )}
          {problems
            .filter(({ path }) => path === `images.${at}`)
            .map(({ code }) => (
              <Fault key={code} words={text(CODE_WORDS.problem(code))} />
            ))}
        </div>
      ))}
      {images.length < MOST_PIECES ? (
        <div>
          <Button icon={<Scissors size={20} />} onPress={() => setCutting(true)}>
            {text('report-draft.cut')}
          </Button>
        </div>
      ) : null}
      {isCutting && open !== null ? (
        <CutDialog
          open={open}
          purpose="piece"
          onClose={() => setCutting(false)}
          onCut={(cut, crop) => {
            rememberPiece(cut.sha256, `data:${cut.mime};base64,${cut.base64}`);
            change('images', [...images.filter(({ sha256 }) => sha256 !== crop.sha256), crop]);
            setCutting(false);
          }}
        />
      ) : null}
    </div>
  );
}

export function Portraits({ label, content }: { label: string; content: FullReport }) {
  const text = useText();
  const open = useDraft((state) => state.open);
  const [isCutting, setCutting] = useState(false);
  const [isTooLarge, setTooLarge] = useState(false);
  const { portraits } = content.personal;
  return (
    <section aria-label={label} className={styles.part}>
      <h3>{label}</h3>
      {portraits.map(({ mime, base64 }, at) => (
        // Portraits have no names of their own; they are added and taken away, never moved.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={styles.rowHead}>
          <DataPicture source={`data:${mime};base64,${base64}`} label={label} />
          <Button
            tone="quiet"
            icon={<X size={18} />}
            aria-label={text('report-draft.take-away', { what: label })}
            onPress={() =>
              change(
                'personal.portraits',
                portraits.filter((_one, index) => index !== at),
              )
            }
          />
        </div>
      ))}
      {isTooLarge ? <Fault words={text('report-draft.portrait-too-large')} /> : null}
      {portraits.length < MOST_PORTRAITS ? (
        <div>
          <Button icon={<Scissors size={20} />} onPress={() => setCutting(true)}>
            {text('report-draft.cut-portrait')}
          </Button>
        </div>
      ) : null}
      {isCutting && open !== null ? (
        <CutDialog
          open={open}
          purpose="portrait"
          onClose={() => setCutting(false)}
          onCut={({ mime, base64 }) => {
            setTooLarge(base64.length > MOST_BASE64);
            if (base64.length <= MOST_BASE64) change('personal.portraits', [...portraits, { mime, base64 }]);
            setCutting(false);
          }}
        />
      ) : null}
    </section>
  );
}
