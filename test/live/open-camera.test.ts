// Opening a camera: which one, and what is told where there is none, it is refused, busy, or hangs.
import { afterEach, expect, test, vi } from 'vitest';
import { openCamera } from '../../renderer/lib/camera.ts';

interface Track {
  id: string;
  stop: ReturnType<typeof vi.fn>;
}

function streamOf(id: string) {
  const track: Track = { id, stop: vi.fn() };
  return {
    track,
    getTracks: () => [track],
    getVideoTracks: () => [{ getSettings: () => ({ deviceId: id }) }],
  };
}

type Stream = ReturnType<typeof streamOf>;

/** The browser's cameras: each call for one is answered by the next of `answers`. */
function cameras(answers: (() => Promise<Stream>)[]) {
  const asked: MediaTrackConstraints[] = [];
  const devices = ['front', 'desk'].map((id) => ({
    kind: 'videoinput',
    deviceId: id,
    label: `Camera ${id}`,
  }));
  vi.stubGlobal('navigator', {
    mediaDevices: {
      getUserMedia: ({ video }: { video: MediaTrackConstraints }) => {
        asked.push(video);
        return answers.shift()?.() ?? Promise.reject(new Error('asked too often'));
      },
      enumerateDevices: async () => devices,
    },
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test.each([
  ['NotFoundError', 'camera-none'],
  ['OverconstrainedError', 'camera-none'],
  ['NotAllowedError', 'camera-denied'],
  ['SecurityError', 'camera-denied'],
  ['NotReadableError', 'camera-busy'],
  ['AbortError', 'camera-busy'],
])('%s is told as %s', async (name, code) => {
  cameras([() => Promise.reject(new DOMException('', name))]);
  await expect(openCamera(null)).rejects.toMatchObject({ code });
});

test('a window without cameras at all says that there is none', async () => {
  vi.stubGlobal('navigator', {});
  await expect(openCamera(null)).rejects.toMatchObject({ code: 'camera-none' });
});

test('the first camera, or the one of the settings; the other one goes off', async () => {
  const [front, desk] = [streamOf('front'), streamOf('desk')];
  cameras([async () => front]);
  expect(await openCamera(null)).toBe(front);
  expect(front.track.stop).not.toHaveBeenCalled();
  const asked = cameras([async () => front, async () => desk]);
  expect(await openCamera('Camera desk')).toBe(desk);
  expect(asked[1]).toMatchObject({ deviceId: { exact: 'desk' } });
  expect(front.track.stop).toHaveBeenCalled();
  cameras([async () => front]);
  expect(await openCamera('Camera that is gone')).toBe(front);
});

test('a driver that hangs is told as busy, and its late picture goes off at once', async () => {
  vi.useFakeTimers();
  const late = streamOf('front');
  let give: (stream: Stream) => void = () => undefined;
  cameras([() => new Promise((resolve) => (give = resolve))]);
  const opened = expect(openCamera(null)).rejects.toMatchObject({ code: 'camera-busy' });
  await vi.advanceTimersByTimeAsync(11_000);
  await opened;
  give(late);
  await vi.advanceTimersByTimeAsync(0);
  expect(late.track.stop).toHaveBeenCalled();
});
