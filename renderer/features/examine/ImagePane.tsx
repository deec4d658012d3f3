// Left: the documents of this traveller, the picture on neutral grey with what was looked at outlined, the inputs.
import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { AddingLight } from './AddingLight.tsx';
import { BusyLine } from './BusyLine.tsx';
import { CameraStage } from './CameraStage.tsx';
import { DocumentTabs } from './DocumentTabs.tsx';
import { offerFileInput, pickFile } from './lane-keys.ts';
import styles from './ImagePane.module.css';
import { ImageStage } from './ImageStage.tsx';
import { addDocument, takePictures } from './intake.ts';
import type { Judged } from './judged.ts';
import { pressDrop, turnImage } from './lane-actions.ts';
import { shownImage, useExamine } from './store.ts';
import { Welcome } from './Welcome.tsx';
import { type DocumentWork, isEmpty } from './work.ts';

interface ImagePaneProps {
  document: DocumentWork;
  judged: Judged | null;
}

export function ImagePane({ document, judged }: ImagePaneProps) {
  const text = useText();
  const image = useExamine(shownImage);
  const cameraOn = useExamine((state) => state.cameraOn);
  const adding = useExamine((state) => state.addingLight !== null);
  const showCamera = cameraOn && (image === null || adding);
  return (
    <Panel flush label={text('examine.picture')} className={styles.pane}>
      <DocumentTabs document={document} />
      {adding ? <AddingLight /> : null}
      <div className={styles.stage}>
        {showCamera ? <CameraStage /> : null}
        {!showCamera && image ? (
          <ImageStage key={image.id} document={document} image={image} judged={judged} />
        ) : null}
        {!showCamera && !image ? <Welcome document={document} /> : null}
        <BusyLine />
      </div>
      <Tools hasImage={image !== null} />
    </Panel>
  );
}

function Tools({ hasImage }: { hasImage: boolean }) {
  const text = useText();
  const empty = useExamine((state) => isEmpty(state.work));
  const zoomed = useExamine((state) => state.zoomed);
  const cameraOn = useExamine((state) => state.cameraOn);
  const asking = useExamine((state) => state.askingToDrop);
  return (
    <div className={styles.tools} role="toolbar" aria-label={text('examine.tools')}>
      <FileInput />
      <Button keyName="v" onPress={() => useExamine.setState({ cameraOn: !cameraOn })}>
        {text(cameraOn ? 'examine.tool.camera-off' : 'examine.tool.camera')}
      </Button>
      <Button keyName="f" onPress={pickFile}>
        {text('examine.tool.file')}
      </Button>
      {hasImage ? (
        <>
          <Button keyName="z" onPress={() => useExamine.setState({ zoomed: !zoomed })}>
            {text(zoomed ? 'examine.tool.whole' : 'examine.tool.zoom')}
          </Button>
          <Button keyName="t" onPress={turnImage}>
            {text('examine.tool.turn')}
          </Button>
        </>
      ) : null}
      {empty ? null : (
        <>
          <Button keyName="a" onPress={() => void addDocument()}>
            {text('examine.tool.add-document')}
          </Button>
          <Button keyName="i" onPress={() => useExamine.setState({ addingLight: 'white' })}>
            {text('examine.tool.add-image')}
          </Button>
        </>
      )}
      {empty ? null : (
        <div className={styles.drop}>
          <Button keyName="x" tone="quiet" onPress={pressDrop}>
            {text(asking ? 'examine.drop.ask' : 'examine.tool.drop')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The browser's own file dialog, for a shell that has none. */
function FileInput() {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    offerFileInput(() => input.current?.click());
    return () => offerFileInput(null);
  }, []);
  return (
    <input
      ref={input}
      type="file"
      hidden
      multiple
      accept="image/jpeg,image/png,image/webp,image/tiff,application/pdf"
      aria-label={text('examine.tool.file')}
      onChange={(event) => {
        takePictures([...(event.target.files ?? [])]);
        // The same file can be chosen twice in a row.
        event.target.value = '';
      }}
    />
  );
}
