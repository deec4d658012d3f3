// The face of the document, large, to be compared with the person: it holds still, and nothing comes up over it.
import { UserRound } from 'lucide-react';
import { useText } from '../../text/TextProvider.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Picture } from '../../ui/Picture.tsx';
import { useFace } from './face.ts';
import styles from './FacePanel.module.css';
import type { Judged } from './judged.ts';
import { Portrait } from './Portrait.tsx';
import { SavedLine } from './SavedLine.tsx';
import { useExamine } from './store.ts';
import type { DocumentWork } from './work.ts';

export function FacePanel({ document, judged }: { document: DocumentWork; judged: Judged | null }) {
  const text = useText();
  const { key, face } = useFace(document, judged);
  const saved = useExamine((state) => state.saved);
  return (
    <Panel flush label={text('lane.face')} className={styles.panel}>
      {saved !== null && face.kind === 'none' ? (
        <SavedLine saved={saved} />
      ) : (
        <figure className={styles.face} data-shown={face.kind !== 'none' || undefined}>
          <figcaption className={styles.title}>{text('lane.face.look')}</figcaption>
          <div className={styles.stage}>
            {face.kind === 'part' ? <Portrait key={key} image={face.image} part={face.part} /> : null}
            {face.kind === 'whole' ? (
              <Picture
                key={key}
                id={face.image.id}
                variant="screen"
                className={styles.portrait}
                alt={text('lane.face.other')}
                onShown={() => undefined}
                onFailed={() => undefined}
              />
            ) : null}
            {face.kind === 'none' ? (
              <p className={styles.none}>
                <UserRound size={40} aria-hidden="true" />
                {text(`lane.face.${face.why}`)}
              </p>
            ) : null}
          </div>
          <p className={styles.parts}>{text('lane.face.parts')}</p>
        </figure>
      )}
    </Panel>
  );
}
