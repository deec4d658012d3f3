// What keeps a field from leaving, in words, beside the field.
import { TriangleAlert } from 'lucide-react';
import type { ReportProblem } from '../../../shared/contract/reports.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import styles from './ReportEditor.module.css';

/** As a field of text shows its own. */
export function Fault({ words }: { words: string | null }) {
  return words === null ? null : (
    <p className={styles.fault}>
      <TriangleAlert size={18} aria-hidden="true" />
      <span>{words}</span>
    </p>
  );
}

/** Words of what is wrong at one place; null where nothing is. */
export function faultAt(
  text: (id: string) => string,
  problems: readonly ReportProblem[],
  place: string,
): string | null {
  const found = problems.find(({ path }) => path === place);
  return found === undefined ? null : text(CODE_WORDS.problem(found.code));
}
