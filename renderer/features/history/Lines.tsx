// The lines as the officer saw them, changed characters marked with what was read; below, the lines as they came.
import type { ReadingSubmission } from '../../../shared/contract/records.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import styles from './DocumentPart.module.css';

type Correction = ReadingSubmission['corrections'][number];

export function Lines({ reading }: { reading: ReadingSubmission }) {
  const text = useText();
  const changed = new Map(reading.corrections.map((one) => [`${one.row}:${one.column}`, one]));
  const unsure = new Set(reading.lowConfidence.map((one) => `${one.line}:${one.column}`));
  const sameAsCame = reading.rawLines.join('\n') === reading.lines.join('\n');
  return (
    <section className={styles.lines}>
      <h3>{text('history.lines', { source: text(`history.source.${reading.source}`) })}</h3>
      <div className={styles.mrz}>
        {reading.lines.map((line, row) => (
          <p key={`${row}:${line}`}>
            {[...line].map((character, column) => {
              const at = `${row}:${column}`;
              const style = changed.has(at) ? styles.changed : unsure.has(at) ? styles.unsure : undefined;
              return (
                <span key={at} className={style}>
                  {character}
                </span>
              );
            })}
          </p>
        ))}
      </div>
      {reading.corrections.length > 0 ? (
        <ul className={styles.corrections}>
          {reading.corrections.map((one) => (
            <Change key={`${one.row}:${one.column}:${one.rule}`} correction={one} />
          ))}
        </ul>
      ) : null}
      {sameAsCame || reading.rawLines.length === 0 ? null : (
        <details className={styles.raw}>
          <summary>{text('history.raw-lines')}</summary>
          <div className={styles.mrz}>
            {reading.rawLines.map((line, row) => (
              <p key={`${row}:${line}`}>{line}</p>
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

function Change({ correction }: { correction: Correction }) {
  const text = useText();
  const has = useHasText();
  const { row, column, from, to, rule, reason } = correction;
  const why = has(reason) ? reason : rule === 'officer' ? 'history.change.by-officer' : null;
  const where = { row: row + 1, place: column + 1, from, to };
  const what = from === '' ? 'put-in' : to === '' ? 'taken-out' : 'changed';
  return (
    <li>
      {text(`history.correction.${what}`, where)}
      {why ? <span className={styles.why}>{text(why)}</span> : null}
    </li>
  );
}
