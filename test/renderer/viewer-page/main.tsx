// A page that holds nothing but the viewer of large pictures, so that marks and two in step are tested by themselves.
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { startHotkeys } from '../../../renderer/lib/hotkeys.ts';
import type { PictureMark } from '../../../renderer/lib/picture-marks.ts';
import { TextProvider } from '../../../renderer/text/TextProvider.tsx';
import '../../../renderer/ui/tokens.css';
import '../../../renderer/ui/base.css';
import { PicturePair } from '../../../renderer/ui/PicturePair.tsx';
import { TileViewer } from '../../../renderer/ui/TileViewer.tsx';

export interface Given {
  pictures: { id: string; width: number; height: number }[];
  /** Two side by side instead of one after the other. */
  isPair: boolean;
}

export interface ViewerPage extends Window {
  given: Given;
  marks: PictureMark[];
  /** Index of the mark that was clicked last. */
  chosen: number | null;
  /** Shows this one of the pictures. */
  choose(at: number): void;
}

const here = window as unknown as ViewerPage;
const { pictures, isPair } = here.given;
here.marks = [];
here.chosen = null;

export function Page() {
  const [marks, setMarks] = useState<readonly PictureMark[]>([]);
  const [at, setAt] = useState(0);
  const [first, second] = pictures;
  useEffect(() => {
    Object.assign(window, { choose: setAt });
  }, []);
  const onMark = (mark: PictureMark) => {
    here.marks.push(mark);
    setMarks((old) => [...old, mark]);
  };
  const [chosen, setChosen] = useState<number | null>(null);
  const onChooseMark = (index: number) => {
    Object.assign(window, { chosen: index });
    setChosen(index);
  };
  const shown = pictures[at];
  if (first === undefined || shown === undefined) return null;
  return (
    <div style={{ height: '100vh', display: 'flex' }}>
      {isPair && second !== undefined ? (
        <PicturePair
          left={{ picture: first, alt: 'Left', onMark, marks }}
          right={{ picture: second, alt: 'Right', onMark }}
        />
      ) : (
        <TileViewer
          picture={shown}
          alt={`Picture ${at}`}
          onMark={onMark}
          onChooseMark={onChooseMark}
          marks={marks}
          chosenMark={chosen}
        />
      )}
    </div>
  );
}

startHotkeys(window);
const root = document.querySelector('#root');
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <TextProvider language="en">
        <Page />
      </TextProvider>
    </StrictMode>,
  );
}
