// The three sliders of a picture's light, and the filter that shows it so.
import { RotateCcw } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import { areChanged, AS_IT_CAME, type Levels, toneTable } from './levels.ts';
import styles from './TileViewer.module.css';

const SLIDERS = ['brightness', 'contrast', 'mid'] as const satisfies readonly (keyof Levels)[];
const STEPS = 20;

interface LevelsPanelProps {
  levels: Levels;
  onChange: (levels: Levels) => void;
}

export function LevelsPanel({ levels, onChange }: LevelsPanelProps) {
  const text = useText();
  // Arrow keys belong to the slider that has the focus, not to the screen.
  const keep = (event: KeyboardEvent) => {
    if (event.key.startsWith('Arrow')) event.stopPropagation();
  };
  return (
    <div className={styles.levels} role="group" aria-label={text('viewer.light')}>
      {SLIDERS.map((name) => (
        <label key={name} className={styles.slider}>
          <span>{text(`viewer.light.${name}`)}</span>
          <input
            type="range"
            min={-STEPS}
            max={STEPS}
            value={Math.round(levels[name] * STEPS)}
            onKeyDown={keep}
            onChange={(event) => onChange({ ...levels, [name]: Number(event.target.value) / STEPS })}
          />
        </label>
      ))}
      <Button
        icon={<RotateCcw size={20} />}
        isDisabled={!areChanged(levels)}
        onPress={() => onChange(AS_IT_CAME)}
      >
        {text('viewer.light.reset')}
      </Button>
    </div>
  );
}

/** The filter of these levels under an id of the page; named by `filter: url(#id)`. */
export function LevelsFilter({ id, levels }: { id: string; levels: Levels }) {
  const table = toneTable(levels);
  return (
    <svg width="0" height="0" aria-hidden="true" className={styles.filter}>
      <filter id={id} colorInterpolationFilters="sRGB">
        <feComponentTransfer>
          <feFuncR type="table" tableValues={table} />
          <feFuncG type="table" tableValues={table} />
          <feFuncB type="table" tableValues={table} />
        </feComponentTransfer>
      </filter>
    </svg>
  );
}
