// What may be behind it: the explanations in their order, and the chosen one with its evidence and both readings.
import { Check } from 'lucide-react';
import type { Finding } from '../../../../shared/examination/findings.ts';
import type { Explanation } from '../../../../shared/mrz/detective/types.ts';
import { labelsOf } from '../../../../shared/mrz/detective/words.ts';
import type { Place } from '../../../../shared/mrz/formats.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { KeyCap } from '../../../ui/KeyCap.tsx';
import { placeQuad } from '../geometry.ts';
import { Magnified } from '../Magnified.tsx';
import type { DocumentWork } from '../work.ts';
import styles from './Detective.module.css';

interface ExplanationListProps {
  explanations: readonly Explanation[];
  chosen: number;
  onChoose: (index: number) => void;
}

export function ExplanationList({ explanations, chosen, onChoose }: ExplanationListProps) {
  const text = useText();
  return (
    <ol className={styles.list} aria-label={text('detective-screen.explanations')}>
      {explanations.map((explanation, index) => {
        const labels = labelsOf(explanation);
        return (
          // The order is the only name that an explanation has.
          <li key={index}>
            <button
              type="button"
              className={styles.explanation}
              data-explanation={index}
              aria-pressed={index === chosen}
              onClick={() => onChoose(index)}
            >
              {index < 9 ? <KeyCap name={String(index + 1)} /> : <span />}
              <span>
                <span className={styles.kind}>
                  {text('detective-screen.kind', {
                    standing: text(labels.standing),
                    kind: text(labels.kind),
                  })}
                </span>
                <strong>{text(explanation.text.title, explanation.values)}</strong>
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}

/** A cut-out of more characters than this shows nothing that the picture does not. */
const MOST_PLACES = 12;

/** The places whose cut-outs are shown; of a single character it stands beside the rows already. */
function cutOutsOf({ places }: Explanation): Place[] {
  const few = places.filter(({ start, end }) => end - start <= MOST_PLACES).slice(0, 2);
  return few.length === 1 && few.every(({ start, end }) => end - start === 1) ? [] : few;
}

export function ExplanationDetail({
  explanation,
  document,
}: {
  explanation: Explanation;
  document: DocumentWork;
}) {
  const text = useText();
  const { reading } = document;
  const image = document.images.find((one) => one.id === reading?.imageId);
  const { values, evidence, repair } = explanation;
  return (
    <div className={styles.detail} role="region" aria-label={text('detective-screen.detail')} tabIndex={0}>
      {image === undefined || reading === null ? null : (
        <div className={styles.cutOuts}>
          {cutOutsOf(explanation).map((place) => {
            const quad = placeQuad(reading, place);
            return quad === null ? null : (
              <Magnified
                key={`${place.row} ${place.start}`}
                image={image}
                quad={quad}
                places={place.end - place.start}
              />
            );
          })}
        </div>
      )}
      <ul className={styles.evidence}>
        {evidence.map((piece) => (
          <li key={piece.text}>{text(piece.text, piece.values)}</li>
        ))}
        {repair.length > 0 ? <li>{text('detective-screen.preview')}</li> : null}
      </ul>
      <Readings
        fraud={text(explanation.text.fraud, values)}
        innocent={text(explanation.text.innocent, values)}
      />
    </div>
  );
}

function Readings({ fraud, innocent }: { fraud: string; innocent: string }) {
  const text = useText();
  return (
    <dl className={styles.readings}>
      <div>
        <dt>{text('examine.finding.reason')}</dt>
        <dd>{fraud}</dd>
      </div>
      <div>
        <dt>{text('examine.finding.innocent')}</dt>
        <dd>{innocent}</dd>
      </div>
    </dl>
  );
}

/** Every digit holds: the finding on show with its own two readings, where there is one. */
export function NothingToExplain({ finding }: { finding: Finding | undefined }) {
  const text = useText();
  return (
    <div className={styles.alone}>
      <p className={styles.nothing}>
        <Check size={20} aria-hidden="true" />
        {text('detective-screen.nothing')}
      </p>
      {finding?.text.fraud === undefined || finding.text.innocent === undefined ? null : (
        <Readings fraud={text(finding.text.fraud)} innocent={text(finding.text.innocent)} />
      )}
      {finding?.text.retake === undefined ? null : <p>{text(finding.text.retake)}</p>}
    </div>
  );
}
