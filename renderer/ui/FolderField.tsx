// A folder by its whole path: typed, or chosen in the shell's own dialog where it has one and the role may.
import { FolderOpen } from 'lucide-react';
import { call } from '../lib/bridge.ts';
import { useCan, useVault } from '../lib/store-vault.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import styles from './FolderField.module.css';
import { TextField } from './TextField.tsx';

interface FolderFieldProps {
  label: string;
  help?: string;
  value: string;
  onChange: (path: string) => void;
  autoFocus?: boolean;
  isDisabled?: boolean;
}

export function FolderField({ value, onChange, ...rest }: FolderFieldProps) {
  const text = useText();
  const may = useCan('shell.pickFolder');
  const can = useVault(({ state }) => state?.shell.pickFile ?? false);
  const pick = async () => {
    const { folder } = await call('shell.pickFolder', {}).catch(() => ({ folder: null }));
    if (folder !== null) onChange(folder);
  };
  return (
    <div className={styles.folder}>
      <TextField {...rest} value={value} onChange={onChange} maxLength={1000} mono />
      {may && can ? (
        <Button
          icon={<FolderOpen size={20} />}
          onPress={() => void pick()}
          isDisabled={rest.isDisabled ?? false}
        >
          {text('ui.choose')}
        </Button>
      ) : null}
    </div>
  );
}
