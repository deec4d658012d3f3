// Lists of numbers: which there are and whether they are asked, importing one, removing one. No entry is ever shown.
import { ListPlus, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ListRow, ListState } from '../../../shared/contract/lists.ts';
import { call, listen } from '../../lib/bridge.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn, printedDate } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { ListImport } from './ListImport.tsx';
import styles from './VaultScreen.module.css';

export function ListsPage() {
  const text = useText();
  const [state, setState] = useState<ListState | null>(null);
  const [isImporting, setImporting] = useState(false);
  const { run, failure } = useAction();
  useEffect(() => {
    void run(async () => setState(await call('list.state', {})));
    return listen('list.changed', () => void call('list.state', {}).then(setState, () => undefined));
  }, [run]);
  const begin = () => setImporting(true);
  useHotkeys({
    titleId: 'vault-page.lists',
    hotkeys: [{ keys: ['i'], textId: 'lists.import', run: begin, enabled: () => state?.running === null }],
  });
  if (state === null) return failure ? <ErrorPanel code={failure} /> : null;
  const missing = state.lists.filter(({ standing }) => standing === 'missing').length;
  return (
    <>
      <Panel
        title={text('lists.title')}
        aside={
          <Button
            keyName="i"
            icon={<ListPlus size={20} />}
            onPress={begin}
            isDisabled={state.running !== null}
          >
            {text('lists.import')}
          </Button>
        }
      >
        <div className={styles.stack}>
          <p className={styles.text}>{text('lists.what')}</p>
          {missing > 0 ? <Notice tone="look">{text('lists.missing', { count: missing })}</Notice> : null}
          {state.lists.length === 0 ? (
            <EmptyState title={text('lists.none')}>
              <p>{text('lists.none.what')}</p>
            </EmptyState>
          ) : (
            <Lists lists={state.lists} onChanged={setState} />
          )}
          {state.running === null || isImporting ? null : <UnderWay running={state.running} />}
        </div>
      </Panel>
      <Dialog title={text('lists.import')} isOpen={isImporting} onClose={() => setImporting(false)} wide>
        <ListImport running={state.running} onClose={() => setImporting(false)} />
      </Dialog>
    </>
  );
}

/** An import that goes on while its dialog is closed, or that a command began. */
function UnderWay({ running }: { running: NonNullable<ListState['running']> }) {
  const text = useText();
  const { run, isBusy } = useAction();
  const stop = () => void run(async () => void (await call('list.cancel', {})));
  return (
    <>
      <Progress label={text(`lists.step.${running.step}`)} value={running.share} />
      <div>
        <Button onPress={stop} isDisabled={isBusy}>
          {text('lists.stop')}
        </Button>
      </div>
    </>
  );
}

function Lists({ lists, onChanged }: { lists: readonly ListRow[]; onChanged: (state: ListState) => void }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const [asked, setAsked] = useState<ListRow | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const action = useAction();
  const named = (list: ListRow) => ({ kind: text(`lists.kind.${list.kind}`), source: list.source });
  const remove = (list: ListRow) =>
    void action.run(async () => {
      onChanged(await call('list.remove', { id: list.id }));
      setAsked(null);
      setDone(text('lists.removed', named(list)));
    });
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{text('lists.source')}</th>
            <th scope="col">{text('lists.kind')}</th>
            <th scope="col" className={styles.number}>
              {text('lists.entries')}
            </th>
            <th scope="col">{text('lists.imported')}</th>
            <th scope="col">{text('lists.until')}</th>
            <th scope="col">{text('lists.standing')}</th>
            <th scope="col" aria-label={text('lists.actions')} />
          </tr>
        </thead>
        <tbody>
          {lists.map((list) => (
            <tr key={list.id}>
              <td className={styles.name}>{list.source}</td>
              <td>{text(`lists.kind.${list.kind}`)}</td>
              <td className={styles.number}>{list.entries.toLocaleString(language)}</td>
              <td>{dateTimeIn(timeZone, new Date(list.importedAt), language)}</td>
              <td>{printedDate(list.until)}</td>
              <td>
                <span className={list.standing === 'in-force' ? styles.state : styles.look}>
                  {text(`lists.standing.${list.standing}`)}
                </span>
              </td>
              <td aria-label={text('lists.actions')}>
                <div className={styles.actions}>
                  <Button
                    icon={<Trash2 size={20} />}
                    tone="quiet"
                    onPress={() => {
                      setDone(null);
                      setAsked(list);
                    }}
                  >
                    {text('lists.remove')}
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div role="status">{done === null ? null : <Notice>{done}</Notice>}</div>
      <Dialog title={text('lists.remove')} isOpen={asked !== null} onClose={() => setAsked(null)}>
        {asked === null ? null : (
          <div className={styles.stack}>
            <p>{text('lists.remove.ask', named(asked))}</p>
            {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
            <div className={styles.end}>
              <Button keyName="Escape" onPress={() => setAsked(null)}>
                {text('ui.cancel')}
              </Button>
              <Button tone="primary" isDisabled={action.isBusy} onPress={() => remove(asked)}>
                {text('lists.remove.do')}
              </Button>
            </div>
          </div>
        )}
      </Dialog>
    </>
  );
}
