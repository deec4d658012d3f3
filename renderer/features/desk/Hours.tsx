// The records of a day hour by hour, as bars; the same as a table for whoever hears it.
import { barsOf, sumOf } from '../../../shared/report/day-page.ts';
import type { DeskDay } from '../../../shared/contract/logs.ts';
import { useText } from '../../text/TextProvider.tsx';
import heard from '../../ui/spoken.module.css';
import styles from './DayPage.module.css';

const WIDTH = 720;
const HEIGHT = 170;
const TOP = 8;
const BOTTOM = 146;
const LEFT = 34;

export function Hours({ hours }: { hours: DeskDay['hours'] }) {
  const text = useText();
  const bars = barsOf(hours);
  const step = (WIDTH - LEFT) / bars.length;
  const tall = BOTTOM - TOP;
  const isEmpty = hours.every((of) => sumOf(of) === 0);
  if (isEmpty) return <p>{text('desk.by-hour.empty')}</p>;
  return (
    <>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={styles.chart} aria-hidden="true">
        <line x1={LEFT} y1={BOTTOM} x2={WIDTH} y2={BOTTOM} className={styles.axis} />
        <line x1={LEFT} y1={TOP} x2={WIDTH} y2={TOP} className={styles.grid} />
        <text x={LEFT - 6} y={TOP + 6} textAnchor="end">
          {bars[0]?.most}
        </text>
        <text x={LEFT - 6} y={BOTTOM} textAnchor="end">
          0
        </text>
        {bars.map(({ hour, all, doubt }) => {
          const x = LEFT + hour * step + 2;
          return (
            <g key={hour}>
              <rect
                x={x}
                y={BOTTOM - all * tall}
                width={step - 4}
                height={all * tall}
                className={styles.bar}
              />
              <rect
                x={x}
                y={BOTTOM - doubt * tall}
                width={step - 4}
                height={doubt * tall}
                className={styles.doubt}
              />
              {hour % 3 === 0 ? (
                <text x={x + step / 2 - 2} y={HEIGHT - 6} textAnchor="middle">
                  {hour}
                </text>
              ) : null}
            </g>
          );
        })}
      </svg>
      <p className={styles.key}>
        <span className={styles.keyAll}>{text('desk.by-hour.all')}</span>
        <span className={styles.keyDoubt}>{text('desk.by-hour.referred')}</span>
      </p>
      <table className={heard.spoken}>
        <caption>{text('desk.by-hour')}</caption>
        <thead>
          <tr>
            {['hour', 'records', 'referred', 'skip'].map((id) => (
              <th key={id} scope="col">
                {text(`desk.column.${id}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {hours.map((of, hour) => (
            <tr key={bars[hour]?.hour}>
              <th scope="row">{hour}</th>
              <td>{sumOf(of)}</td>
              <td>{of.referred}</td>
              <td>{of.skip}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
