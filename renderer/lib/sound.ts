// Two soft cues, made here so that no sound file is needed: something was read; look here.

export type Cue = 'read' | 'look';

/** Pitch in hertz and start in milliseconds of each tone of a cue. */
const TONES: Record<Cue, readonly { hertz: number; atMs: number }[]> = {
  read: [{ hertz: 660, atMs: 0 }],
  look: [
    { hertz: 440, atMs: 0 },
    { hertz: 392, atMs: 160 },
  ],
};
const TONE_MS = 130;
const LOUDNESS = 0.06;
/** A cue that comes later than this no longer belongs to what is seen. */
const LATEST_MS = 150;

let context: AudioContext | null = null;

/** Plays a cue when sound is on. Silent where the machine has no audio; it never throws. */
export function playCue(cue: Cue, on: boolean): void {
  if (!on || typeof AudioContext === 'undefined') return;
  // What it belongs to is painted first: to open the machine's audio takes longer than a frame.
  requestAnimationFrame(() => requestIdleCallback(() => play(cue), { timeout: LATEST_MS }));
}

function play(cue: Cue): void {
  try {
    context ??= new AudioContext();
    // A context that was made before the first key press sleeps until it is told to go on.
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    for (const tone of TONES[cue]) playTone(context, tone.hertz, context.currentTime + tone.atMs / 1000);
  } catch {
    // A cue is a comfort; what it says is on the screen as well.
  }
}

function playTone(audio: AudioContext, hertz: number, from: number): void {
  const until = from + TONE_MS / 1000;
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.type = 'sine';
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0.0001, from);
  gain.gain.exponentialRampToValueAtTime(LOUDNESS, from + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.0001, until);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(from);
  oscillator.stop(until);
}
