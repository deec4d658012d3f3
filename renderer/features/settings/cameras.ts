// The cameras of this machine by label, for choosing one. Labels are known only after permission was given.

/** `blocked` where the camera may not be used, `none` where there is none. */
export type CameraList = { ok: true; labels: string[] } | { ok: false; reason: 'blocked' | 'none' };

/** Asks for permission (the camera's light may go on for a moment) and lists the labels. */
export async function listCameras(): Promise<CameraList> {
  const devices = navigator.mediaDevices;
  if (!devices) return { ok: false, reason: 'none' };
  let stream: MediaStream;
  try {
    stream = await devices.getUserMedia({ video: true, audio: false });
  } catch (thrown) {
    const name = thrown instanceof DOMException ? thrown.name : '';
    return { ok: false, reason: name === 'NotAllowedError' ? 'blocked' : 'none' };
  }
  try {
    const all = await devices.enumerateDevices();
    const labels = all.filter((device) => device.kind === 'videoinput').map((device) => device.label);
    return { ok: true, labels: [...new Set(labels.filter((label) => label !== ''))] };
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}
