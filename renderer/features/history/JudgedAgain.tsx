// What the rules of this version would say otherwise of a record; what was shown on the day stands as it was.
import type { JudgedAgain as Difference, RecordedFinding } from '../../../shared/examination/judge-again.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './DocumentPart.module.css';

export function JudgedAgain({ difference }: { difference: Difference }) {
  const text = useText();
  const { versionThen, versionNow, added, gone, changed } = difference;
  const nothing = added.length + gone.length + changed.length === 0;
  if (nothing && versionThen === versionNow) return null;
  if (nothing) return <p className={styles.quiet}>{text('history.again.same', { version: versionNow })}</p>;
  const titleOf = ({ text: { title } }: RecordedFinding) => text(title);
  const lines = [
    ...added.map((finding) => text('history.again.added', { finding: titleOf(finding) })),
    ...gone.map((finding) => text('history.again.gone', { finding: titleOf(finding) })),
    ...changed.map(({ before, after }) =>
      before.text.title === after.text.title
        ? text('history.again.changed', { finding: titleOf(after) })
        : text('history.again.reworded', { before: titleOf(before), after: titleOf(after) }),
    ),
  ];
  return (
    <section className={styles.again}>
      <h3>{text('history.again', { version: versionNow })}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}
