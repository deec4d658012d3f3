// The view that is shown, as a file: lines, map or time line, for this desk or to be shared.
import { useState } from 'react';
import { TREND_FILES, type TrendFile } from '../../../../shared/trends/order.ts';
import { LEAST_SHARED } from '../../../../shared/trends/suppress.ts';
import { call } from '../../../lib/bridge.ts';
import { useAction } from '../../../lib/use-action.ts';
import { Button } from '../../../ui/Button.tsx';
import { Choices, SwitchField } from '../../../ui/Choices.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { FolderField } from '../../../ui/FolderField.tsx';
import { ErrorPanel, Notice } from '../../../ui/Notice.tsx';
import styles from './Trends.module.css';
import { questionNow } from './trends-store.ts';
import { useTrendWords } from './use-trend-words.ts';

export function TrendSave({ onClose }: { onClose: () => void }) {
  const { text } = useTrendWords();
  const [what, setWhat] = useState<TrendFile>('table');
  const [isShared, setShared] = useState(true);
  const [folder, setFolder] = useState('');
  const [path, setPath] = useState<string | null>(null);
  const { run, isBusy, failure } = useAction();
  const save = () =>
    void run(async () => {
      setPath(null);
      const saved = await call('trends.save', { question: questionNow(), what, isShared, folder });
      setPath(saved.path);
    });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={text('trends.save')}
      footer={
        <>
          <Button onPress={onClose}>{text('ui.close')}</Button>
          <Button tone="primary" isDisabled={isBusy || folder === ''} onPress={save}>
            {text('trends.save.do')}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <Choices
          label={text('trends.save.what')}
          choices={TREND_FILES.map((id) => ({ id, label: text(`trends.save.${id}`) }))}
          value={what}
          onChange={(id) => setWhat(TREND_FILES.find((each) => each === id) ?? what)}
          autoFocus
        />
        <SwitchField
          label={text('trends.save.shared')}
          help={text('trends.save.shared.help', { least: LEAST_SHARED })}
          isOn={isShared}
          onChange={setShared}
        />
        <FolderField label={text('trends.save.folder')} value={folder} onChange={setFolder} />
        {failure === null ? null : <ErrorPanel code={failure} tone="look" />}
        {path === null ? null : <Notice tone="info" title={text('trends.saved', { path })} />}
      </div>
    </Dialog>
  );
}
