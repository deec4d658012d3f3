// The lines of a view: a row chooses, its figure opens the reports behind it.
import { useState } from 'react';
import { valueName } from '../../../../shared/trends/names.ts';
import { ordered } from '../../../../shared/trends/order.ts';
import type { TrendLine, TrendView } from '../../../../shared/trends/question.ts';
import { weekNumber } from '../../../../shared/trends/weeks.ts';
import { useCan } from '../../../lib/store-vault.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { type Column, RowTable } from '../../../ui/RowTable.tsx';
import styles from './Trends.module.css';
import { choose, focusLine, useTrends } from './trends-store.ts';
import { useTrendWords } from './use-trend-words.ts';

interface Row extends TrendLine {
  id: string;
  name: string;
}

/** Lines drawn at first and added when the end comes near: there are thousands of routes. */
const PAGE = 100;

export function TrendTable({ view, onReports }: { view: TrendView; onReports: (line: Row) => void }) {
  const words = useTrendWords();
  const { text } = words;
  const { by } = view;
  const focusedKey = useTrends((state) => state.focusedKey);
  const chosen = useTrends((state) => state.only[by]);
  const canRead = useCan('trends.reports');
  const [shown, setShown] = useState(PAGE);
  const nameOf = (key: string) => valueName(words, by, key);
  // Rows of the table need an id that is never empty.
  const rows = ordered(by, view.lines, nameOf).map(
    (line): Row => ({
      ...line,
      id: `=${line.key}`,
      name: nameOf(line.key),
    }),
  );
  const columns: Column<Row>[] = [
    {
      id: 'name',
      title: text(`trends.by.${by}`),
      cell: ({ key, name }) => (key === chosen ? <strong>{text('trends.chosen', { name })}</strong> : name),
    },
    {
      id: 'count',
      title: text('trends.reports'),
      className: styles.figure,
      cell: (row) =>
        canRead ? (
          <button
            type="button"
            // The row is in the Tab order, and its key opens the reports.
            tabIndex={-1}
            className={styles.count}
            aria-label={text('trends.reports.of', { count: row.count, name: row.name })}
            onClick={(event) => {
              // The row around it would choose.
              event.stopPropagation();
              onReports(row);
            }}
          >
            {text('trends.figure', { count: row.count })}
          </button>
        ) : (
          text('trends.figure', { count: row.count })
        ),
    },
    {
      id: 'fresh',
      title: text('trends.fresh.column'),
      cell: ({ fresh }) => {
        const last = fresh.toSorted((a, b) => weekNumber(b.week) - weekNumber(a.week))[0];
        return last === undefined
          ? ''
          : text('trends.fresh.cell', {
              week: words.week(last.week),
              count: last.count,
              usual: last.usual,
              others: fresh.length - 1,
            });
      },
    },
  ];
  return (
    <RowTable
      label={text(`trends.by.${by}`)}
      keysId="trends.keys"
      columns={columns}
      rows={rows.slice(0, shown)}
      more={rows.length > shown}
      focusedId={focusedKey}
      onFocus={focusLine}
      onOpen={({ key }) => choose(by, key)}
      onNearEnd={() => setShown((before) => Math.min(rows.length, before + PAGE))}
      empty={
        <EmptyState title={text('trends.none')}>
          <p>{text('trends.none.help')}</p>
        </EmptyState>
      }
    />
  );
}
