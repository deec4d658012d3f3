// What the rules of this version would say otherwise of a record; what was shown on the day stands as it was.
import type { JudgedAgain as Difference } from '../../../shared/examination/judge-again.ts';
import { useToldWords } from '../../lib/finding-words.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './DocumentPart.module.css';

type Change = Difference['changed'][number];

export function JudgedAgain({ difference }: { difference: Difference }) {
  const text = useText();
  const toldWords = useToldWords();
  const { versionThen, versionNow, added, gone, changed } = difference;
  const nothing = added.length + gone.length + changed.length === 0;
  if (nothing && versionThen === versionNow) return null;
  if (nothing) return <p className={styles.quiet}>{text('history.again.same', { version: versionNow })}</p>;
  const told = ({ before, after }: Change): string => {
    const [then, now] = [toldWords(before).title, toldWords(after).title];
    return then === now || isTranslated({ before, after })
      ? text('history.again.changed', { finding: now })
      : text('history.again.reworded', { before: then, after: now });
  };
  const lines = [
    ...added.map((finding) => text('history.again.added', { finding: toldWords(finding).title })),
    ...gone.map((finding) => text('history.again.gone', { finding: toldWords(finding).title })),
    ...changed.map(told),
  ];
  return (
    <section className={styles.again}>
      <h3>{text('history.again', { version: versionNow })}</h3>
      <ul>
        {lines.map((line, place) => (
          // Two findings may have one title, so a line is known by its place.
          <li key={place}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

/** One title in the languages of that day and of this one. */
function isTranslated({ before, after }: Change): boolean {
  return before.text.title === after.text.title && before.words?.language !== after.words?.language;
}
