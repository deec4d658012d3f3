// For whom something is that takes its time: a ticket is taken when it begins, and is asked before it changes the lane.
import { useExamine, when } from './store.ts';

/**
 * Whoever takes something in for a traveller and waits on the way (a station's answer, a file, a frame, a page, a
 * reading) takes a ticket first and never looks only afterwards who is in the lane by then.
 */
export interface Ticket {
  /**
   * `here`: the traveller is in the lane and can be given something. `waiting`: it is not sure yet who it will be.
   * `undecided`: it was for the next traveller, but the decision on the one before could not be saved. `gone`:
   * decided on, dropped, or just being decided on.
   */
  standing(): 'here' | 'waiting' | 'undecided' | 'gone';
  /** Whether the traveller is still in the lane, be it that a decision is being saved. */
  isInLane(): boolean;
  /** Resolves once it does not stand at `waiting`. */
  readonly known: Promise<void>;
  /** Resolves once the traveller has left the lane; never where there was none. */
  readonly over: () => Promise<void>;
}

/**
 * Of what begins now: for the traveller in the lane; while the draft of before is fetched, for whoever it brings; while
 * a decision is being saved, for the next one.
 */
export function takeTicket(): Ticket {
  const { loaded, saving, work } = useExamine.getState();
  let whose: string | null = loaded && !saving ? work.id : null;
  let isUndecided = false;
  const isCurrent = () => useExamine.getState().work.id === whose;
  const known =
    whose !== null
      ? Promise.resolve()
      : when((state) => state.loaded && !state.saving).then(() => {
          const now = useExamine.getState().work.id;
          isUndecided = saving && now === work.id;
          if (!isUndecided) whose = now;
        });
  return {
    standing: () => {
      if (isUndecided) return 'undecided';
      if (whose === null) return 'waiting';
      return isCurrent() && !useExamine.getState().saving ? 'here' : 'gone';
    },
    isInLane: isCurrent,
    known,
    over: () => when((state) => whose !== null && state.work.id !== whose),
  };
}
