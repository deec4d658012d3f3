// The live camera at work in the lane: runs while its picture is shown and the lane can take a document.
import { type RefObject, useEffect, useState } from 'react';
import type { DocumentReading, GreyImage } from '../../../shared/vision/types.ts';
import { CameraFailed } from '../../lib/camera.ts';
import { activeScopes } from '../../lib/hotkeys.ts';
import { putImage } from '../../lib/images.ts';
import { startFrames } from '../../lib/live/frames.ts';
import { type LiveParts, type LiveTicket, type Look, startLive } from '../../lib/live/live.ts';
import { framesOf } from '../../lib/live/video-frames.ts';
import { guard, tellFailure } from './camera-session.ts';
import { takeFrame } from './intake.ts';
import { readFrame } from './reading.ts';
import { type ExamineStore, shownDocument, useExamine } from './store.ts';
import { takeTicket, type Ticket } from './ticket.ts';
import { hasReading } from './work.ts';

/** A camera that gives no frame for so long will give none. */
const SILENT_MS = 8_000;

/** A question is open, something is under way, the officer types, or the next picture is taken by hand. */
function isPaused(): boolean {
  const state = useExamine.getState();
  const isBusy = !state.loaded || state.saving || state.busy !== null || state.queued > 0;
  const isAsking = state.picker !== null || state.addingLight !== null || isModal();
  return isBusy || isAsking || isTyped(state) || document.hidden;
}

/** What the officer types is not to be written over by what the camera sees. */
function isTyped(state: ExamineStore): boolean {
  const shown = shownDocument(state);
  return state.cell !== null || (shown.reading?.source === 'typed' && hasReading(shown));
}

function isModal(): boolean {
  return activeScopes().some((scope) => scope.modal);
}

/**
 * Looks at frames for whoever is in the lane, until it is stopped. What was begun for one traveller never goes on for
 * the next: neither a frame, nor a reading, nor the first of two that have to agree.
 */
export function lookFor(
  parts: Pick<LiveParts<LaneTicket>, 'frames' | 'nextFrame' | 'onLook'>,
  read: (frame: GreyImage) => Promise<DocumentReading | null> = readFrame,
): () => void {
  return startLive({
    ...parts,
    guard,
    read,
    now: () => performance.now(),
    ticket: laneTicket,
    onAgreed: async (reading, picture, { whose }) => {
      // No picture where the camera went off in this very moment: then nothing was taken.
      const taken = picture.catch(() => null);
      const stored = async () => {
        const file = await taken;
        return file === null ? null : putImage(file);
      };
      return takeFrame(stored, reading, whose);
    },
  });
}

interface LaneTicket extends LiveTicket {
  whose: Ticket;
}

function laneTicket(): LaneTicket {
  const whose = takeTicket();
  return { whose, isValid: () => whose.standing() === 'here' && !isPaused() };
}

/** Reads from this video while it plays; gives what to show of the newest frame, null in a pause. */
export function useLiveReading(video: RefObject<HTMLVideoElement | null>, isLive: boolean): Look | null {
  const [look, setLook] = useState<Look | null>(null);
  useEffect(() => {
    if (!isLive || video.current === null) return undefined;
    const frames = startFrames();
    const source = framesOf(video.current, isPaused);
    const stop = lookFor({ frames, nextFrame: source.next, onLook: setLook });
    const watch = setInterval(() => {
      if (source.silentMs() > SILENT_MS) tellFailure(new CameraFailed('camera-frozen'));
    }, 1_000);
    return () => {
      clearInterval(watch);
      stop();
      frames.close();
      setLook(null);
    };
  }, [isLive, video]);
  return look;
}
