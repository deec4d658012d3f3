// Middle: what was read, in plain words, and the rows it was read from.
import { FlipHorizontal2 } from 'lucide-react';
import { FORMAT_IDS } from '../../../shared/mrz/formats.ts';
import { Panel } from '../../ui/Panel.tsx';
import { Select } from '../../ui/Select.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { CheckDigits } from './CheckDigits.tsx';
import { CutOut } from './CutOut.tsx';
import { Fields } from './Fields.tsx';
import { beginTyping } from './intake.ts';
import type { Judged } from './judged.ts';
import { MrzRows } from './MrzRows.tsx';
import styles from './ReadingPane.module.css';
import { canReadAgain, readAgain } from './reading.ts';
import { Specimens } from './Specimens.tsx';
import { useExamine } from './store.ts';
import { BY_LAYOUT, type DocumentWork, hasReading, isEmpty } from './work.ts';
import { addZone, offeredCount } from './zones.ts';

interface ReadingPaneProps {
  document: DocumentWork;
  judged: Judged | null;
}

export function ReadingPane({ document, judged }: ReadingPaneProps) {
  const text = useText();
  const canRead = useExamine(canReadAgain);
  const waiting = useExamine((state) => isEmpty(state.work) && state.busy === null && judged === null);
  return (
    <Panel flush label={text('examine.reading')} className={styles.pane}>
      <div className={styles.fields}>
        {waiting ? <Specimens /> : <Fields judged={hasReading(document) ? judged : null} />}
      </div>
      {judged === null ? (
        <div className={styles.none}>
          <p>{text('examine.nothing-read')}</p>
          <div className={styles.ways}>
            {canRead ? (
              <Button keyName="e" onPress={readAgain}>
                {text('examine.tool.read')}
              </Button>
            ) : null}
            <Button keyName="m" onPress={() => beginTyping('TD3')}>
              {text('examine.tool.type')}
            </Button>
          </div>
        </div>
      ) : (
        <div className={`${styles.rows} ${document.reading?.source === 'typed' ? styles.typed : ''}`}>
          <MrzRows judged={judged} />
          <CheckDigits judged={judged} />
          <Source document={document} judged={judged} />
          <CutOut document={document} judged={judged} />
        </div>
      )}
    </Panel>
  );
}

/** Where the rows come from, where that needs a word; for typed ones the format, which can be switched. */
function Source({ document, judged }: { document: DocumentWork; judged: Judged }) {
  const text = useText();
  const { reading } = document;
  if (reading?.source === 'typed') {
    return (
      <div className={styles.source}>
        <Select
          label={text('examine.format')}
          choices={FORMAT_IDS.map((id) => ({ id, label: text(`examine.format.${id}`) }))}
          value={judged.format}
          onChange={(id) => useExamine.setState({ format: FORMAT_IDS.find((one) => one === id) ?? null })}
        />
        <p>{text('examine.typing.how')}</p>
      </div>
    );
  }
  const byLayout = reading?.corrections.some((correction) => correction.rule === BY_LAYOUT) ?? false;
  return (
    <>
      {byLayout ? <p className={styles.note}>{text('examine.layout-turned')}</p> : null}
      {reading?.mirrored === true ? (
        <p className={styles.mirrored}>
          <FlipHorizontal2 size={20} aria-hidden="true" />
          {text('zones.mirrored')}
        </p>
      ) : null}
      <Others />
    </>
  );
}

/** Further documents in the picture on show. */
function Others() {
  const text = useText();
  const count = useExamine(offeredCount);
  if (count === 0) return null;
  return (
    <div className={styles.others}>
      <p>{text('zones.offered', { count })}</p>
      <Button keyName="o" onPress={addZone}>
        {text('zones.add')}
      </Button>
    </div>
  );
}
