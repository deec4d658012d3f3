// What the lane shows of the face on a document, and that it holds still while it is compared.
import { useEffect, useMemo, useState } from 'react';
import { hasPortraitBeside, portraitPart, type UprightPart } from '../../../shared/vision/portrait-place.ts';
import { endStill, holdStill, useStill } from '../../lib/stillness.ts';
import type { Judged } from './judged.ts';
import { useExamine } from './store.ts';
import { type DocumentWork, hasReading, type ImageWork } from './work.ts';

/** `none`: why nothing is shown; words are `lane.face.<why>`. */
export type Face =
  | { kind: 'part'; image: ImageWork; part: UprightPart }
  | { kind: 'whole'; image: ImageWork }
  | { kind: 'none'; why: 'waiting' | 'unread' | 'other-side' | 'no-picture' };

/** The portrait of a document as far as its pictures show it. */
export function faceOf(document: DocumentWork, judged: Judged | null): Face {
  const { images, reading } = document;
  if (judged === null || !hasReading(document) || reading === null || !judged.reading.ok) {
    return { kind: 'none', why: images.length === 0 ? 'waiting' : 'unread' };
  }
  const read = images.find(({ id }) => id === reading.imageId);
  if (read !== undefined && reading.outline !== null && hasPortraitBeside(judged.format)) {
    const part = portraitPart(judged.format, reading.outline, judged.columns);
    if (part !== null) return { kind: 'part', image: read, part };
  }
  // The other side of a card, or a picture beside the rows of a reader device: where in it the face is, nobody has said.
  const other = images.find(({ id, light }) => id !== reading.imageId && light === 'white');
  if (other !== undefined) return { kind: 'whole', image: other };
  return { kind: 'none', why: hasPortraitBeside(judged.format) ? 'no-picture' : 'other-side' };
}

/** Tells one face from another; not one reading of the same face from the next. */
function keyOf(workId: string, documentId: string, face: Face): string {
  if (face.kind === 'none') return `${workId} ${documentId} ${face.why}`;
  const at = face.kind === 'part' ? face.part.corners.flatMap(({ x, y }) => [x, y]).join(' ') : '';
  return `${workId} ${documentId} ${face.image.id} ${at}`;
}

interface HeldFace {
  key: string;
  workId: string;
  documentId: string;
  face: Face;
}

/** The last face for which the window held still: coming back to the lane is no new look. */
let looked = '';

/**
 * The face to show. One that is being looked at gives way to no other of the same traveller before its time is over, but
 * to the one that the officer asks for.
 */
export function useFace(document: DocumentWork, judged: Judged | null): HeldFace {
  const workId = useExamine((state) => state.work.id);
  const asked = useExamine((state) => state.askedFor);
  const isStill = useStill();
  const newest = useMemo((): HeldFace => {
    const face = faceOf(document, judged);
    return { key: keyOf(workId, document.id, face), workId, documentId: document.id, face };
  }, [document, judged, workId]);
  const [held, setHeld] = useState(newest);
  const mustStay =
    isStill && held.workId === workId && held.face.kind !== 'none' && asked !== newest.documentId;
  const shown = mustStay || held.key === newest.key ? held : newest;
  if (held.key !== shown.key) setHeld(shown);
  const { key, face } = shown;
  useEffect(() => {
    if (face.kind === 'none' || looked === key) return;
    looked = key;
    holdStill();
  }, [key, face]);
  // Decided on or dropped: the next traveller's document is another look.
  useEffect(() => endStill, [workId]);
  return shown;
}
