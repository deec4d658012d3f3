// Choosing the camera: the first one that is found, or one by name once the list was asked for.
import { useState } from 'react';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import fields from '../../ui/fields.module.css';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { type CameraList, listCameras } from './cameras.ts';
import styles from './StationForm.module.css';

/** Stands for "no preference"; a camera's own label is never empty. */
const FIRST = 'first';

interface CameraChoiceProps {
  value: string | null;
  onChange: (label: string | null) => void;
}

export function CameraChoice({ value, onChange }: CameraChoiceProps) {
  const text = useText();
  const [found, setFound] = useState<CameraList | null>(null);
  const [isAsking, setAsking] = useState(false);
  const labels = new Set(found?.ok ? found.labels : []);
  if (value !== null) labels.add(value);
  const ask = async () => {
    setAsking(true);
    setFound(await listCameras());
    setAsking(false);
  };
  return (
    <div className={styles.camera}>
      <div className={fields.beside}>
        <Select
          label={text('settings.camera')}
          help={text('settings.camera.help')}
          value={value ?? FIRST}
          onChange={(id) => onChange(id === FIRST ? null : id)}
          choices={[
            { id: FIRST, label: text('settings.camera.first') },
            ...[...labels].map((label) => ({ id: label, label })),
          ]}
        />
        <Button onPress={() => void ask()} isDisabled={isAsking}>
          {text('settings.camera.find')}
        </Button>
      </div>
      {found && !found.ok ? (
        <Notice tone="look">
          <p>{text(`settings.camera.${found.reason}`)}</p>
        </Notice>
      ) : null}
    </div>
  );
}
