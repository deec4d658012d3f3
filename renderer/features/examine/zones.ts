// Several zones in one picture: the best is shown, each other is offered as a document of its own by a key.
import type { ReadZone } from '../../../shared/vision/types.ts';
import { takeZone } from './intake.ts';
import { type ExamineStore, shownImage, useExamine } from './store.ts';

const linesOf = (reading: { lines: string[] } | null): string => reading?.lines.join() ?? '';

/** Zones of the picture on show that are no document of this traveller yet. */
function offeredZones(state: ExamineStore): readonly ReadZone[] {
  const image = shownImage(state);
  const zones = image === null ? [] : (state.others[image.id] ?? []);
  const known = new Set(state.work.documents.map(({ reading }) => linesOf(reading)));
  return zones.filter((zone) => !known.has(linesOf(zone)));
}

/** How many further documents the picture on show has to offer; none while one is on its way. */
export function offeredCount(state: ExamineStore): number {
  return state.queued > 0 || state.saving ? 0 : offeredZones(state).length;
}

/** Key O: the next of them becomes a document of this traveller. The officer decides that it is: never by itself. */
export function addZone(): void {
  const state = useExamine.getState();
  const image = shownImage(state);
  const [zone, ...rest] = offeredZones(state);
  if (image === null || zone === undefined || state.picker !== null || offeredCount(state) === 0) return;
  takeZone(image, rest.length === 0 ? zone : { ...zone, others: rest });
}
