// The tools of a picture, below it so that they hide nothing of it.
import { Contrast, Minus, PencilLine, Plus, RotateCw, Search, ZoomIn, ZoomOut } from 'lucide-react';
import type { ViewerState } from '../lib/canvas-viewer.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import styles from './TileViewer.module.css';
import { type ViewerActs, ZOOM_STEP } from './viewer-keys.ts';

interface ViewerToolsProps {
  state: ViewerState;
  acts: ViewerActs;
  hasPanel: boolean;
  /** Whether the keys act now. */
  showsKeys: boolean;
}

export function ViewerTools({ state, acts, hasPanel, showsKeys }: ViewerToolsProps) {
  const text = useText();
  const next = state.scale < 0.99 ? 'pixels' : state.scale < 3.9 ? 'larger' : 'whole';
  return (
    <div className={styles.tools} role="toolbar" data-keys={showsKeys} aria-label={text('viewer.tools')}>
      <Button
        keyName="z"
        icon={next === 'whole' ? <ZoomOut size={20} /> : <ZoomIn size={20} />}
        onPress={acts.stop}
      >
        {text(`viewer.${next}`)}
      </Button>
      <Button
        icon={<Minus size={20} />}
        aria-label={text('viewer.out')}
        onPress={() => acts.zoom(1 / ZOOM_STEP)}
      />
      <output className={styles.scale}>{text('viewer.scale', { times: state.scale })}</output>
      <Button icon={<Plus size={20} />} aria-label={text('viewer.in')} onPress={() => acts.zoom(ZOOM_STEP)} />
      <Button
        keyName="t"
        icon={<RotateCw size={20} />}
        aria-label={text('viewer.turn')}
        onPress={acts.turn}
      />
      <Button
        keyName="g"
        icon={<Search size={20} />}
        aria-label={text('viewer.glass')}
        aria-pressed={state.hasGlass}
        onPress={acts.glass}
      />
      <Button
        keyName="b"
        icon={<Contrast size={20} />}
        aria-label={text('viewer.light')}
        aria-expanded={hasPanel}
        onPress={acts.light}
      />
      {acts.mark === undefined ? null : (
        <Button
          keyName="m"
          icon={<PencilLine size={20} />}
          aria-pressed={state.drawing !== null}
          onPress={acts.mark}
        >
          {text('viewer.mark')}
        </Button>
      )}
    </div>
  );
}
