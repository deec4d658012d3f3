// The live picture of the camera; Space takes it. Trouble with a camera leaves every other input as it was.
import { Camera } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { CameraFailed, closeCamera, openCamera, takePicture, watchCamera } from '../../lib/camera.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { putImage } from '../../lib/images.ts';
import { useStation } from '../../lib/store-station.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { useText } from '../../text/TextProvider.tsx';
import styles from './CameraStage.module.css';
import { takeStored } from './intake.ts';
import { nothingFocused } from './lane-keys.ts';
import { announce, useExamine } from './store.ts';

function tellFailure(thrown: unknown): undefined {
  const code = thrown instanceof CameraFailed ? thrown.code : 'camera-none';
  useExamine.setState({ cameraOn: false, trouble: code });
  announce(`error.${code}.happened`);
}

export function CameraStage() {
  const text = useText();
  const label = useStation((station) => station.state?.settings?.cameraLabel ?? null);
  const video = useRef<HTMLVideoElement>(null);
  const [isLive, setLive] = useState(false);

  useEffect(() => {
    let stop = () => {};
    let isLeft = false;
    openCamera(label).then(
      (stream) => {
        if (isLeft) return closeCamera(stream);
        const unwatch = watchCamera(stream, () => tellFailure(new CameraFailed('camera-vanished')));
        stop = () => {
          unwatch();
          closeCamera(stream);
        };
        if (video.current) video.current.srcObject = stream;
      },
      (thrown: unknown) => {
        if (!isLeft) tellFailure(thrown);
      },
    );
    return () => {
      isLeft = true;
      stop();
    };
  }, [label]);

  const take = useCallback(() => {
    if (video.current === null) return;
    const taken = takePicture(video.current).then(
      (blob) => () => putImage(blob),
      (thrown: unknown) => () => tellFailure(thrown),
    );
    // Handed over at the press: the frame belongs to whoever is in the lane now, however long its file takes.
    takeStored(async () => (await taken)() ?? null, 'camera');
  }, []);

  useHotkeys({
    titleId: 'examine.keys',
    hotkeys: [
      {
        keys: ['Space'],
        textId: 'examine.key.take',
        run: take,
        enabled: () => isLive && nothingFocused(),
      },
    ],
  });

  return (
    <div className={styles.camera}>
      {/* A live picture of a document has nothing to hear. */}
      <video
        ref={video}
        className={styles.video}
        autoPlay
        muted
        playsInline
        disablePictureInPicture
        aria-label={text('examine.camera.live')}
        onPlaying={() => setLive(true)}
      />
      {isLive ? (
        <div className={styles.take}>
          {/* With the focus here Space takes the picture, also after the camera was opened by pointing. */}
          <Button
            autoFocus
            keyName="Space"
            tone="primary"
            size="big"
            icon={<Camera size={24} />}
            onPress={take}
          >
            {text('examine.camera.take')}
          </Button>
        </div>
      ) : (
        <div className={styles.opening}>
          <Progress label={text('examine.camera.opening')} />
        </div>
      )}
    </div>
  );
}
