// The camera: opens the preferred one, tells when it vanishes, and takes one frame as a picture file.

/** Codes of the catalogue (`error.<code>.*`). */
export type CameraFailure =
  | 'camera-none'
  | 'camera-denied'
  | 'camera-busy'
  | 'camera-vanished'
  | 'camera-dark'
  | 'camera-frozen';

export class CameraFailed extends Error {
  readonly code: CameraFailure;
  constructor(code: CameraFailure) {
    super(code);
    this.name = 'CameraFailed';
    this.code = code;
  }
}

/** Enough for an MRZ that fills a third of the frame; cameras that can do more give more. */
const WISHED = { width: { ideal: 1920, min: 640 }, height: { ideal: 1080, min: 480 } };
/** A driver that hangs must not leave the officer before an empty picture. */
const OPEN_LIMIT_MS = 10_000;

/**
 * Opens a camera for live preview; the one whose label was chosen in the settings, else the first.
 * @throws {CameraFailed}
 */
export async function openCamera(preferredLabel: string | null): Promise<MediaStream> {
  if (navigator.mediaDevices === undefined) throw new CameraFailed('camera-none');
  const first = await ask(WISHED);
  const preferred = await idOfLabel(preferredLabel);
  if (preferred === null || preferred === first.getVideoTracks()[0]?.getSettings().deviceId) return first;
  closeCamera(first);
  return ask({ ...WISHED, deviceId: { exact: preferred } });
}

/** Labels are only told once a camera was allowed, so this asks after the first opening. */
async function idOfLabel(label: string | null): Promise<string | null> {
  if (label === null) return null;
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.find((device) => device.kind === 'videoinput' && device.label === label)?.deviceId ?? null;
}

function ask(video: MediaTrackConstraints): Promise<MediaStream> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(new CameraFailed('camera-busy'));
    }, OPEN_LIMIT_MS);
    navigator.mediaDevices.getUserMedia({ video, audio: false }).then(
      (stream) => {
        clearTimeout(timer);
        // Nobody waits for it any more, and its light must not stay on.
        if (late) closeCamera(stream);
        else resolve(stream);
      },
      (thrown: unknown) => {
        clearTimeout(timer);
        reject(new CameraFailed(failureOf(thrown)));
      },
    );
  });
}

function failureOf(thrown: unknown): CameraFailure {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'camera-denied';
  return name === 'NotReadableError' || name === 'AbortError' ? 'camera-busy' : 'camera-none';
}

export function closeCamera(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}

/** Calls back once when the camera is unplugged or taken away. Returns how to stop watching. */
export function watchCamera(stream: MediaStream, onVanished: () => void): () => void {
  const tracks = stream.getVideoTracks();
  const onEnded = () => onVanished();
  for (const track of tracks) track.addEventListener('ended', onEnded);
  return () => {
    for (const track of tracks) track.removeEventListener('ended', onEnded);
  };
}

/**
 * The frame that is shown now, as a PNG file: without loss, so that it can be read and kept as evidence.
 * @throws {CameraFailed} `camera-dark` where no frame has come yet
 */
export async function takePicture(video: HTMLVideoElement): Promise<Blob> {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) throw new CameraFailed('camera-dark');
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.drawImage(video, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null) throw new CameraFailed('camera-dark');
  return blob;
}
