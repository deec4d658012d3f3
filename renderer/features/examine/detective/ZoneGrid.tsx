// The rows, large: shaded by how many digits see each character, what a repair would change shown old above new.
import { type CSSProperties, useEffect, useRef } from 'react';
import { liesIn, type Place } from '../../../../shared/mrz/formats.ts';
import type { Change, Protection } from '../../../../shared/mrz/detective/types.ts';
import { useText } from '../../../text/TextProvider.tsx';
import type { Judged } from '../judged.ts';
import type { CellAt } from '../marks.ts';
import { type Case, changeFor } from './case.ts';
import styles from './ZoneGrid.module.css';

interface ZoneGridProps {
  found: Case;
  digits: Judged['digits'];
  lit: readonly Place[];
  repair: readonly Change[];
  at: CellAt;
  onMove: (at: CellAt) => void;
}

export function ZoneGrid({ found, digits, lit, repair, at, onMove }: ZoneGridProps) {
  const text = useText();
  const grid = useRef<HTMLDivElement>(null);
  const { lines } = found.reading;
  const columns = lines[0]?.length ?? 1;
  const isLit = ({ row, column }: CellAt) => lit.some((place) => liesIn(place, row, column));
  const fails = ({ row, column }: CellAt) =>
    digits.some((digit) => digit.state === 'fails' && digit.at.row === row && digit.at.start === column);
  // The focus goes along with the place, once it is in the rows.
  useEffect(() => {
    if (grid.current?.contains(document.activeElement) !== true) return;
    grid.current.querySelector<HTMLElement>('[role="gridcell"][tabindex="0"]')?.focus();
  }, [at]);
  return (
    <div
      ref={grid}
      className={styles.zone}
      style={{ '--columns': columns } as CSSProperties}
      role="grid"
      aria-label={text('detective-screen.rows')}
    >
      {lines.map((line, row) => (
        // Rows and characters are known by their place alone.
        <div key={row} className={styles.row} role="row">
          {Array.from(line, (character, column) => {
            const cell = { row, column };
            return (
              <Cell
                key={column}
                character={character}
                protection={found.protection[row]?.[column]}
                change={changeFor(repair, cell)}
                isLit={isLit(cell)}
                fails={fails(cell)}
                isCurrent={at.row === row && at.column === column}
                onReach={() => onMove(cell)}
              />
            );
          })}
        </div>
      ))}
    </div>
  );
}

interface CellProps {
  character: string;
  protection: Protection | undefined;
  change: Change | undefined;
  isLit: boolean;
  fails: boolean;
  isCurrent: boolean;
  /** By the pointer, too: a press puts the focus here. */
  onReach: () => void;
}

function Cell({ character, protection, change, isLit, fails, isCurrent, onReach }: CellProps) {
  const text = useText();
  return (
    <span
      className={styles.cell}
      role="gridcell"
      tabIndex={isCurrent ? 0 : -1}
      aria-selected={isCurrent}
      data-level={protection?.level}
      data-change={change === undefined ? undefined : true}
      data-lit={isLit || undefined}
      data-fails={fails || undefined}
      data-current={isCurrent || undefined}
      onFocus={onReach}
      {...(change === undefined
        ? {}
        : { 'aria-description': text('detective-screen.old-new', { from: change.from, to: change.to }) })}
    >
      {change === undefined ? null : <del className={styles.old}>{character}</del>}
      <span>{change?.to ?? character}</span>
    </span>
  );
}

const LEVELS = [0, 1, 2] as const;

/** What the shading says. */
export function Legend() {
  const text = useText();
  return (
    <ul className={styles.legend}>
      {LEVELS.map((level) => (
        <li key={level}>
          <span className={styles.sample} data-level={level} aria-hidden="true">
            7
          </span>
          {text(`detective-screen.level.${level}`)}
        </li>
      ))}
      <li>
        <span className={styles.sample} data-fails aria-hidden="true">
          7
        </span>
        {text('detective-screen.level.fails')}
      </li>
    </ul>
  );
}
