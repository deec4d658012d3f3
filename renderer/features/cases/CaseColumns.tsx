// What the list says of a case, column by column.
import type { CaseRow } from '../../../shared/contract/cases.ts';
import { outcomeWord } from '../../../shared/procedures/words.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import type { Column } from '../../ui/RowTable.tsx';
import styles from './CaseList.module.css';
import { StateWords } from './StateWords.tsx';
import { useTimeText } from './use-case-now.ts';

export function useCaseColumns(): Column<CaseRow>[] {
  const text = useText();
  const has = useHasText();
  const timeText = useTimeText();
  const typeName = (id: string): string => (has(id) ? text(id) : text('history.document.unread'));
  const column = (id: keyof typeof styles & string, cell: Column<CaseRow>['cell']): Column<CaseRow> => ({
    id,
    title: text(`cases.column.${id}`),
    className: styles[id],
    cell,
  });
  return [
    column('time', ({ at }) => <time dateTime={at}>{timeText(at)}</time>),
    column('state', (row) => <StateWords {...row} />),
    column('document', ({ documentType, issuer }) => (
      <>
        {typeName(`document-type.${documentType}`)}
        <span className={styles.code}>{issuer}</span>
      </>
    )),
    column('number', ({ number }) => number),
    column('name', ({ name }) => name),
    column('open', ({ notChecked }) => notChecked),
    column('differs', ({ differs }) => (
      <span className={differs > 0 ? styles.look : styles.none}>{differs}</span>
    )),
    column('outcome', ({ outcome }) =>
      outcome === null ? (
        <span className={styles.none}>{text('cases.no-outcome')}</span>
      ) : (
        text(outcomeWord(outcome))
      ),
    ),
  ];
}
