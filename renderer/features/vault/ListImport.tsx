// Importing a list: which table, how it is read, whose it is and until when; then how far it is, and what was refused.
import { useState } from 'react';
import type { Output } from '../../../shared/contract/channels.ts';
import type {
  Delimiter,
  Encoding,
  ListImported,
  ListState,
  ListTable,
} from '../../../shared/contract/lists.ts';
import { LIST_KINDS, type ListKind } from '../../../shared/examination/listed.ts';
import { areEnough, type ColumnRole } from '../../../shared/lists/columns.ts';
import { call, CallFailed } from '../../lib/bridge.ts';
import { useStation } from '../../lib/store-station.ts';
import { dayIn } from '../../lib/time.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { megabytes } from '../../ui/backup-words.ts';
import { Button } from '../../ui/Button.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { FolderField } from '../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ListColumns } from './ListColumns.tsx';
import { ListRefused } from './ListRefused.tsx';
import styles from './VaultScreen.module.css';

type Files = Output<'list.find'>['files'];

interface Chosen {
  path: string;
  table: ListTable;
  roles: (ColumnRole | null)[];
}

/** The line at which a quotation mark was noticed; null where something else is wrong. */
const quoteLineOf = (thrown: unknown): string | null =>
  thrown instanceof CallFailed && thrown.code === 'list-quote' ? (thrown.fields[0] ?? null) : null;

/** The last part of a path, whichever way its folders are parted. */
const nameOf = (path: string): string => path.split(/[\\/]/u).at(-1) ?? path;

interface ListImportProps {
  running: ListState['running'];
  onClose: () => void;
}

export function ListImport({ running, onClose }: ListImportProps) {
  const text = useText();
  const [folder, setFolder] = useState('');
  const [files, setFiles] = useState<Files | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [done, setDone] = useState<ListImported | null>(null);
  const [isReading, setReading] = useState(false);
  const [quoteLine, setQuoteLine] = useState<string | null>(null);
  const { run, ...action } = useAction();
  const tried = (work: () => Promise<void>) =>
    run(async () => {
      setQuoteLine(null);
      try {
        await work();
      } catch (thrown) {
        setQuoteLine(quoteLineOf(thrown));
        throw thrown;
      }
    });
  const find = () =>
    void tried(async () => {
      setChosen(null);
      setFiles((await call('list.find', { folder: folder.trim() })).files);
    });
  const inspect = (path: string, told: { encoding?: Encoding; delimiter?: Delimiter } = {}) => {
    setReading(true);
    void tried(async () => {
      const table = await call('list.inspect', { path, ...told });
      setChosen({ path, table, roles: table.columns.map(({ role }) => role) });
    }).finally(() => setReading(false));
  };
  const start = (given: { kind: ListKind; source: string; until: string }) =>
    void tried(async () => {
      if (chosen === null) return;
      const { path, table, roles } = chosen;
      const { encoding, delimiter } = table;
      setDone(await call('list.import', { path, encoding, delimiter, columns: roles, ...given }));
    });
  if (done !== null) return <ListRefused done={done} onClose={onClose} />;
  if (running !== null) return <Importing running={running} />;
  const told = (
    <>
      {isReading ? <Progress label={text('lists.reading')} /> : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      {quoteLine === null ? null : <p>{text('lists.quote-line', { line: quoteLine })}</p>}
    </>
  );
  if (chosen !== null)
    return (
      <div className={styles.stack}>
        <ListColumns
          name={nameOf(chosen.path)}
          table={chosen.table}
          roles={chosen.roles}
          onRoles={(roles) => setChosen({ ...chosen, roles })}
          onTold={(given) => inspect(chosen.path, { ...chosen.table, ...given })}
        />
        {told}
        <WhoseForm
          roles={chosen.roles}
          isBusy={action.isBusy}
          onStart={start}
          onBack={() => {
            action.forgive();
            setChosen(null);
          }}
        />
      </div>
    );
  return (
    <div className={styles.stack}>
      <FolderField
        label={text('lists.folder')}
        help={text('lists.folder.help')}
        value={folder}
        onChange={setFolder}
        autoFocus
      />
      <div>
        <Button onPress={find} isDisabled={action.isBusy || folder.trim() === ''}>
          {text('lists.find')}
        </Button>
      </div>
      {files === null ? null : <Tables files={files} isBusy={action.isBusy} onChoose={inspect} />}
      {told}
    </div>
  );
}

function Tables({
  files,
  isBusy,
  onChoose,
}: {
  files: Files;
  isBusy: boolean;
  onChoose: (path: string) => void;
}) {
  const text = useText();
  if (files.length === 0) return <p className={styles.small}>{text('lists.found.none')}</p>;
  return (
    <table className={styles.table}>
      <tbody>
        {files.map(({ path, bytes }) => (
          <tr key={path}>
            <th scope="row" className={styles.mono}>
              {nameOf(path)}
            </th>
            <td className={styles.number}>{text('lists.size', { size: megabytes(bytes) })}</td>
            <td aria-label={text('lists.actions')}>
              <div className={styles.actions}>
                <Button isDisabled={isBusy} onPress={() => onChoose(path)}>
                  {text('lists.choose')}
                </Button>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface WhoseFormProps {
  roles: readonly (ColumnRole | null)[];
  isBusy: boolean;
  onStart: (given: { kind: ListKind; source: string; until: string }) => void;
  onBack: () => void;
}

function WhoseForm({ roles, isBusy, onStart, onBack }: WhoseFormProps) {
  const text = useText();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const [kind, setKind] = useState<ListKind>('lost');
  const [source, setSource] = useState('');
  const [until, setUntil] = useState('');
  const [showsFaults, setShowsFaults] = useState(false);
  const isEnough = areEnough(roles, kind);
  const [isDay, setDay] = useState(true);
  const start = () => {
    const isLater = until !== '' && until >= dayIn(timeZone, new Date());
    setDay(isLater);
    setShowsFaults(true);
    if (isEnough && isLater && source.trim() !== '') onStart({ kind, source: source.trim(), until });
  };
  return (
    <>
      <div className={styles.fields}>
        <Select
          label={text('lists.kind')}
          choices={LIST_KINDS.map((id) => ({ id, label: text(`lists.kind.${id}`) }))}
          value={kind}
          onChange={(id) => setKind(LIST_KINDS.find((each) => each === id) ?? kind)}
          help={kind === 'lost' ? text('lists.columns.lost') : undefined}
        />
        <TextField
          label={text('lists.source')}
          help={text('lists.source.help')}
          value={source}
          onChange={setSource}
          fault={showsFaults && source.trim() === '' ? text('lists.source.missing') : null}
          maxLength={120}
        />
        <DayField label={text('lists.until')} value={until} onChange={setUntil} />
      </div>
      {isDay ? null : <Notice tone="look">{text('lists.until.missing')}</Notice>}
      {isEnough ? null : <Notice tone="look">{text('lists.columns.few')}</Notice>}
      <div className={styles.end}>
        <Button isDisabled={isBusy} onPress={onBack}>
          {text('lists.another')}
        </Button>
        <Button tone="primary" isDisabled={isBusy || !isEnough} onPress={start}>
          {text('lists.start')}
        </Button>
      </div>
    </>
  );
}

function Importing({ running }: { running: NonNullable<ListState['running']> }) {
  const text = useText();
  const { run, isBusy } = useAction();
  return (
    <div className={styles.stack}>
      <Progress label={text(`lists.step.${running.step}`)} value={running.share} />
      <div className={styles.end}>
        <Button
          isDisabled={isBusy}
          onPress={() => void run(async () => void (await call('list.cancel', {})))}
        >
          {text('lists.stop')}
        </Button>
      </div>
    </div>
  );
}
