// The camera of the lane: opened once and held while it is on, so that the next traveller does not wait for it.
import { CameraFailed, closeCamera, openCamera, watchCamera } from '../../lib/camera.ts';
import { createGuard } from '../../lib/live/agreement.ts';
import { useScreen } from '../../lib/store-screen.ts';
import { type ExamineStore, tellTrouble, useExamine } from './store.ts';
import { linesBeforeHand } from './work.ts';

interface Session {
  label: string | null;
  stream: Promise<MediaStream>;
  end: () => void;
}

let session: Session | null = null;

/**
 * The documents that the camera has brought into the lane, in memory only, until they leave the frame. It outlives the
 * session: whoever looks into History and comes back finds the same document under the camera.
 */
export const guard = createGuard();

/** The camera goes off, and the officer is told why; every other input stays as it was. */
export function tellFailure(thrown: unknown): void {
  useExamine.setState({ cameraOn: false });
  tellTrouble(thrown instanceof CameraFailed ? thrown.code : 'camera-none');
}

/**
 * The stream of the camera with this label, else of the first; the one that is open already where it is the same.
 * @throws {CameraFailed}
 */
export function joinCamera(label: string | null): Promise<MediaStream> {
  if (session?.label === label) return session.stream;
  session?.end();
  const opened = begin(label);
  session = opened;
  return opened.stream;
}

function begin(label: string | null): Session {
  const stops: (() => void)[] = [];
  const end = () => {
    if (session === opened) session = null;
    for (const stop of stops.splice(0)) stop();
    void opened.stream.then(closeCamera, () => undefined);
  };
  const opened: Session = { label, end, stream: openCamera(label) };
  stops.push(
    useExamine.subscribe(({ cameraOn }) => cameraOn || end()),
    useScreen.subscribe(({ screen }) => screen === 'examine' || end()),
    useExamine.subscribe(rememberTaken),
    useExamine.subscribe(rememberLeft),
  );
  opened.stream.then(
    (stream) => {
      if (session !== opened) return;
      stops.push(watchCamera(stream, () => tellFailure(new CameraFailed('camera-vanished'))));
    },
    () => end(),
  );
  return opened;
}

/**
 * A traveller has left the lane, and what they showed may lie there still: whatever it was read by, a reader device or
 * a scan, the camera must not read it to the next one. Until then it may, as one more picture of the same document.
 */
function rememberLeft({ work }: ExamineStore, { work: before }: ExamineStore): void {
  if (work.id === before.id) return;
  for (const { reading } of before.documents) {
    if (reading === null) continue;
    const lines = linesBeforeHand(reading);
    if (!guard.holds(lines)) guard.took(lines);
  }
}

/** Pictures whose reading the guard knows already. */
const remembered = new WeakSet<object>();

/** A document that was taken by hand under this camera lies there still, like one that was taken by itself. */
function rememberTaken(): void {
  for (const { reading } of useExamine.getState().work.documents) {
    if (reading?.source !== 'camera' || reading.quads === null || remembered.has(reading.quads)) continue;
    remembered.add(reading.quads);
    guard.took(reading.lines);
  }
}
