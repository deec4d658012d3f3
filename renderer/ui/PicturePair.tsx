// Two pictures side by side, in step or each alone: the same page under two lights.
import { Link2, Unlink2 } from 'lucide-react';
import { useState } from 'react';
import { useHotkeys } from '../lib/hotkeys.ts';
import { createViewerLink } from '../lib/viewer-link.ts';
import { useText } from '../text/TextProvider.tsx';
import { Button } from './Button.tsx';
import { TileViewer, type TileViewerProps } from './TileViewer.tsx';
import styles from './TileViewer.module.css';

type Side = Omit<TileViewerProps, 'link' | 'hasKeys' | 'onFocus'>;

interface PicturePairProps {
  left: Side;
  right: Side;
}

/** Whichever was turned to last has the keys. Apart they can be brought together first, and then go in step. */
export function PicturePair({ left, right }: PicturePairProps) {
  const text = useText();
  const [link] = useState(createViewerLink);
  const [inStep, setInStep] = useState(true);
  const [active, setActive] = useState<'left' | 'right'>('left');
  const toggle = () => setInStep((old) => !old);
  useHotkeys({ titleId: 'viewer.keys', hotkeys: [{ keys: ['y'], textId: 'viewer.key.step', run: toggle }] });
  return (
    <div className={styles.pair}>
      {(
        [
          ['left', left],
          ['right', right],
        ] as const
      ).map(([name, side]) => (
        <TileViewer
          key={name}
          {...side}
          link={inStep ? link : null}
          hasKeys={active === name}
          onFocus={() => setActive(name)}
        />
      ))}
      <div className={styles.step}>
        <Button
          keyName="y"
          icon={inStep ? <Link2 size={20} /> : <Unlink2 size={20} />}
          aria-pressed={inStep}
          onPress={toggle}
        >
          {text('viewer.step')}
        </Button>
      </div>
    </div>
  );
}
