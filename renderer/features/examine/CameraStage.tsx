// The live picture of the camera: read by itself, taken by hand with Space. Trouble leaves every other input as it was.
import { Camera } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { takePicture } from '../../lib/camera.ts';
import { useHotkeys } from '../../lib/hotkeys.ts';
import { putImage } from '../../lib/images.ts';
import { useStation } from '../../lib/store-station.ts';
import { Button } from '../../ui/Button.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { useText } from '../../text/TextProvider.tsx';
import { joinCamera, tellFailure } from './camera-session.ts';
import styles from './CameraStage.module.css';
import { takeStored } from './intake.ts';
import { nothingFocused } from './lane-keys.ts';
import { useLiveReading } from './live-reading.ts';
import { LiveGuide, LiveOutline } from './LiveView.tsx';
import { useExamine } from './store.ts';

export function CameraStage() {
  const text = useText();
  const label = useStation((station) => station.state?.settings?.cameraLabel ?? null);
  const video = useRef<HTMLVideoElement>(null);
  const [isLive, setLive] = useState(false);
  const look = useLiveReading(video, isLive);
  const isByHand = useExamine((state) => state.addingLight !== null);

  useEffect(() => {
    let isLeft = false;
    joinCamera(label).then(
      (stream) => {
        if (!isLeft && video.current) video.current.srcObject = stream;
      },
      (thrown: unknown) => {
        if (!isLeft) tellFailure(thrown);
      },
    );
    return () => {
      isLeft = true;
    };
  }, [label]);

  const take = useCallback(() => {
    const { queued, addingLight } = useExamine.getState();
    // The frame that is on its way shows the same document, taken by hand or by itself.
    if (video.current === null || (queued > 0 && addingLight === null)) return;
    const taken = takePicture(video.current).then(
      (blob) => () => putImage(blob),
      (thrown: unknown) => () => {
        tellFailure(thrown);
        return null;
      },
    );
    // Handed over at the press: the frame belongs to whoever is in the lane now, however long its file takes.
    void takeStored(async () => (await taken)(), 'camera');
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
    <div className={styles.camera} data-looks={look?.count ?? 0}>
      {isByHand ? null : <LiveGuide look={look} />}
      <div className={styles.view}>
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
        <LiveOutline look={look} />
      </div>
      <div className={styles.foot}>
        {isLive ? (
          // With the focus here Space takes the picture, also after the camera was opened by pointing.
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
        ) : (
          <div className={styles.opening}>
            <Progress label={text('examine.camera.opening')} />
          </div>
        )}
      </div>
    </div>
  );
}
