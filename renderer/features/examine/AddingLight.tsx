// Says that the next picture is added to the document on show, and under which light it is taken.
import { Button } from '../../ui/Button.tsx';
import { Select } from '../../ui/Select.tsx';
import { useText } from '../../text/TextProvider.tsx';
import styles from './AddingLight.module.css';
import { useExamine } from './store.ts';

const LIGHTS = ['white', 'oblique', 'transmitted', 'uv-a', 'infrared', 'macro'] as const;

export function AddingLight() {
  const text = useText();
  const light = useExamine((state) => state.addingLight);
  return (
    <div className={styles.adding}>
      <p>{text('examine.adding')}</p>
      <Select
        label={text('examine.light')}
        choices={LIGHTS.map((id) => ({ id, label: text(`examine.light.${id}`) }))}
        value={light ?? 'white'}
        onChange={(id) => useExamine.setState({ addingLight: LIGHTS.find((one) => one === id) ?? 'white' })}
      />
      <Button
        keyName="Escape"
        tone="quiet"
        spoken={text('ui.cancel')}
        onPress={() => useExamine.setState({ addingLight: null })}
      />
    </div>
  );
}
