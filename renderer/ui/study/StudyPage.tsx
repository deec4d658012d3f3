// A case study as it is read: what it is about, what to do in twelve seconds, what happened, its pictures, and the question.
import type { ReactNode } from 'react';
import type { ShownStudy } from '../../../shared/contract/studies.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import { DataPicture } from '../DataPicture.tsx';
import styles from './StudyPage.module.css';

interface StudyPageProps {
  study: ShownStudy;
  /** Address of data by digest; null for one that is not there. */
  pictureOf: (sha256: string) => string | null;
  /** The question, in the way that fits the place. */
  question: ReactNode;
}

export function StudyPage({ study, pictureOf, question }: StudyPageProps) {
  const text = useText();
  const { happened, gaveAway, twelveSeconds, images } = study;
  return (
    <article className={styles.page}>
      <About study={study} />
      <section className={styles.seconds}>
        <h2>{text('studies.twelve-seconds')}</h2>
        <p>{twelveSeconds}</p>
      </section>
      <section className={styles.words}>
        <h2>{text('studies.happened')}</h2>
        <p>{happened}</p>
      </section>
      <section className={styles.words}>
        <h2>{text('studies.gave-away')}</h2>
        <p>{gaveAway}</p>
      </section>
      {images.length === 0 ? null : (
        <section className={styles.pictures} aria-label={text('studies.pictures')}>
          {images.map((image, at) => (
            // A study may show the same piece twice, and its pictures never change places.
            // oxlint-disable-next-line react/no-array-index-key
            <StudyFigure key={at} image={image} number={at + 1} source={pictureOf(image.sha256)} />
          ))}
        </section>
      )}
      {question}
    </article>
  );
}

/** Document, state and kinds of fraud. */
export function About({ study: { document, fraud } }: { study: Pick<ShownStudy, 'document' | 'fraud'> }) {
  const text = useText();
  const has = useHasText();
  const { type, issuer, series } = document;
  const state = has(`state.${issuer}`) ? text(`state.${issuer}`) : issuer;
  return (
    <div className={styles.about}>
      <p>{text('studies.document', { type: text(`document-type.${type}`), state })}</p>
      {series === null ? null : <p>{text('studies.series', { series })}</p>}
      {fraud.map((id) => (
        <p key={id}>{text(`report.fraud.${id}`)}</p>
      ))}
    </div>
  );
}

interface StudyFigureProps {
  image: Pick<ShownStudy['images'][number], 'caption' | 'marks'>;
  number: number;
  source: string | null;
}

export function StudyFigure({ image: { caption, marks }, number, source }: StudyFigureProps) {
  const text = useText();
  const label = caption === '' ? text('studies.picture', { number }) : caption;
  return (
    <figure className={styles.figure}>
      {source === null ? (
        <p className={styles.away}>{text('studies.picture-away')}</p>
      ) : (
        <DataPicture source={source} label={label} marks={marks} />
      )}
      <figcaption>
        {caption === '' ? null : <p>{caption}</p>}
        {marks.length === 0 ? null : (
          <ol className={styles.marks}>
            {marks.map((mark, at) => (
              // Marks have no names of their own.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={at}>{mark.label}</li>
            ))}
          </ol>
        )}
      </figcaption>
    </figure>
  );
}

/** The question with its right answer told: for whoever looks at what is to leave. */
export function ToldQuestion({ question }: { question: ShownStudy['question'] }) {
  const text = useText();
  return (
    <section className={styles.words}>
      <h2>{text('studies.question')}</h2>
      <p>{question.text}</p>
      <ul className={styles.answers}>
        {question.answers.map((answer, at) => (
          <li key={answer}>{at === question.right ? text('studies.right-answer', { answer }) : answer}</li>
        ))}
      </ul>
      <p>{question.because}</p>
    </section>
  );
}
