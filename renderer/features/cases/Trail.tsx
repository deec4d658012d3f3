// Who did what in a case, the newest first; what one officer did in a row stands together.
import type { CaseAct } from '../../../shared/contract/cases.ts';
import { useText } from '../../text/TextProvider.tsx';
import styles from './Trail.module.css';
import { useTimeText } from './use-case-now.ts';

interface Run {
  kind: CaseAct['kind'];
  name: string;
  officerId: string;
  from: string;
  to: string;
  count: number;
  /** Of another station; absent for this one. */
  elsewhere: string | undefined;
}

/** Entries of one kind by one officer, one behind the other, as one. */
export function runsOf(acts: readonly CaseAct[]): Run[] {
  const runs: Run[] = [];
  for (const { kind, officerId, officerName: name, at, elsewhere } of acts) {
    const last = runs.at(-1);
    if (last !== undefined && last.kind === kind && last.officerId === officerId) {
      last.count += 1;
      last.to = at;
    } else runs.push({ kind, officerId, name, from: at, to: at, count: 1, elsewhere });
  }
  return runs.reverse();
}

export function Trail({ acts }: { acts: readonly CaseAct[] }) {
  const text = useText();
  const timeText = useTimeText();
  return (
    <section className={styles.trail}>
      <h3>{text('case-report.trail')}</h3>
      {acts.length === 0 ? <p className={styles.quiet}>{text('cases.trail.empty')}</p> : null}
      <ol>
        {runsOf(acts).map((run) => (
          <li key={`${run.from} ${run.kind} ${run.officerId}`}>
            <span>
              {text('cases.trail.act', { act: text(`case-report.act.${run.kind}`), count: run.count })}
            </span>
            <span className={styles.quiet}>
              {run.elsewhere === undefined
                ? text('history.decided', { time: timeText(run.to), officer: run.name })
                : text('handover.act', {
                    time: timeText(run.to),
                    officer: run.name,
                    station: run.elsewhere,
                  })}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
