// The reports behind a figure, the newest first; one of them opens in Reports.
import { useCallback, useEffect, useState } from 'react';
import type { TrendReport } from '../../../../shared/contract/trends.ts';
import { valueName } from '../../../../shared/trends/names.ts';
import type { TrendFilter } from '../../../../shared/trends/question.ts';
import { mondayOf, weekNumber } from '../../../../shared/trends/weeks.ts';
import { call } from '../../../lib/bridge.ts';
import { readReport } from '../../../lib/store-open-report.ts';
import { useAction } from '../../../lib/use-action.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { ErrorPanel } from '../../../ui/Notice.tsx';
import { type Column, RowTable } from '../../../ui/RowTable.tsx';
import styles from './Trends.module.css';
import { useTrendWords } from './use-trend-words.ts';

/** What a figure counts, and what it is of. */
export interface Figure {
  filter: TrendFilter;
  name: string;
}

const PAGE = 100;

export function TrendReports({ figure, onClose }: { figure: Figure; onClose: () => void }) {
  const words = useTrendWords();
  const { text } = words;
  const [rows, setRows] = useState<readonly TrendReport[]>([]);
  const [total, setTotal] = useState<number | null>(null);
  const [focusedId, setFocused] = useState<string | null>(null);
  const { run, failure } = useAction();
  const { filter, name } = figure;
  const more = useCallback(
    (offset: number) =>
      run(async () => {
        const found = await call('trends.reports', { ...filter, limit: PAGE, offset });
        setRows((before) => [...before.slice(0, offset), ...found.rows]);
        setTotal(found.total);
      }),
    [run, filter],
  );
  useEffect(() => void more(0), [more]);
  const read = ({ id, isOwn }: TrendReport) => {
    onClose();
    readReport({ id, from: isOwn ? 'here' : 'others' });
  };
  const column = (id: string) => ({ id, title: text(`trends.report.${id}`) });
  const columns: Column<TrendReport>[] = [
    { ...column('week'), className: styles.week, cell: ({ week }) => words.day(mondayOf(weekNumber(week))) },
    { ...column('issuer'), cell: ({ issuer }) => valueName(words, 'issuer', issuer) },
    {
      ...column('family'),
      className: styles.family,
      cell: ({ family }) => valueName(words, 'family', family),
    },
    {
      ...column('fraud'),
      cell: ({ fraud }) => fraud.map((type) => valueName(words, 'fraud', type)).join('; '),
    },
    {
      ...column('place'),
      cell: ({ place, country }) => valueName(words, place === '' ? 'country' : 'place', place || country),
    },
    {
      ...column('source'),
      className: styles.source,
      cell: ({ isOwn }) => valueName(words, 'source', isOwn ? 'own' : 'received'),
    },
  ];
  return (
    <Dialog
      isOpen
      wide
      onClose={onClose}
      title={text('trends.reports.title', { name, count: total ?? 0 })}
      footer={<Button onPress={onClose}>{text('ui.close')}</Button>}
    >
      {failure === null ? null : <ErrorPanel code={failure} />}
      <div className={styles.behind}>
        <RowTable
          label={text('trends.reports')}
          keysId="trends.keys"
          inDialog
          columns={columns}
          rows={rows}
          more={total !== null && rows.length < total}
          focusedId={focusedId}
          onFocus={setFocused}
          onOpen={read}
          onNearEnd={() => {
            if (total !== null && rows.length < total) void more(rows.length);
          }}
          empty={null}
        />
      </div>
    </Dialog>
  );
}
