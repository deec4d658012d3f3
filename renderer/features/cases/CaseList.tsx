// The list of cases, newest first: which wait, who has them in hand, what is not checked yet; arrows and Enter to open.
import { FileDown, FolderSearch } from 'lucide-react';
import { useState } from 'react';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { useCan } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { RowTable } from '../../ui/RowTable.tsx';
import styles from './CaseList.module.css';
import { useCaseColumns } from './CaseColumns.tsx';
import { openCase, useCase } from './case-store.ts';
import { focusCase, moreCases, refreshList, type Show, showCases, useCaseList } from './list-store.ts';
import { ReceiveDialog } from './ReceiveDialog.tsx';
import { SaveTrouble } from './SaveTrouble.tsx';

const SHOWS = [
  ['open', 'o'],
  ['done', 'd'],
  ['all', 'a'],
] as const satisfies readonly (readonly [Show, string])[];

export function CaseList() {
  const text = useText();
  const { show, phase, failure, rows, more, focusedId } = useCaseList();
  const openFailure = useCase((state) => state.openFailure);
  const isOpening = useCase((state) => state.isOpening);
  const [isReceiving, setReceiving] = useState(false);
  const mayReceive = useCan('case.receive');
  const columns = useCaseColumns();

  const hotkeys: Hotkey[] = [
    ...SHOWS.map(([id, key]) => ({ keys: [key], textId: `cases.show.${id}`, run: () => showCases(id) })),
    {
      keys: ['r'],
      textId: 'handover.receive',
      run: () => setReceiving(true),
      enabled: () => mayReceive,
    },
  ];
  useHotkeys({ titleId: 'screen.cases', hotkeys });

  return (
    <div className={styles.screen}>
      <div className={styles.line} role="toolbar" aria-label={text('cases.show')}>
        {SHOWS.map(([id, key]) => (
          <Button key={id} keyName={key} aria-pressed={id === show} onPress={() => showCases(id)}>
            {text(`cases.show.${id}`)}
          </Button>
        ))}
        {mayReceive ? (
          <Button keyName="r" icon={<FileDown size={20} />} onPress={() => setReceiving(true)}>
            {text('handover.receive')}
          </Button>
        ) : null}
        {isOpening || phase === 'loading' ? (
          <Progress label={text(isOpening ? 'cases.opening' : 'cases.loading')} />
        ) : null}
        <p role="status" className={styles.count}>
          {phase === 'ready' ? text(more ? 'cases.count-more' : 'cases.count', { count: rows.length }) : ''}
        </p>
      </div>
      {isReceiving ? <ReceiveDialog onClose={() => setReceiving(false)} /> : null}
      <SaveTrouble />
      {openFailure === null ? null : <ErrorPanel code={openFailure} />}
      {failure === null ? null : (
        <ErrorPanel
          code={failure}
          actions={<Button onPress={() => void refreshList()}>{text('ui.try-again')}</Button>}
        />
      )}
      <RowTable
        label={text('screen.cases')}
        keysId="screen.cases"
        columns={columns}
        rows={rows}
        more={more}
        focusedId={focusedId}
        onFocus={focusCase}
        onOpen={({ id }) => void openCase(id)}
        onNearEnd={() => void moreCases()}
        empty={
          phase === 'ready' && failure === null ? (
            <EmptyState icon={<FolderSearch size={48} />} title={text(`cases.empty.${show}`)}>
              <p>{text('cases.empty.help')}</p>
            </EmptyState>
          ) : null
        }
      />
    </div>
  );
}
