// While an officer compares a face, nothing of the window moves or comes up: whatever can wait asks here first.
import { create } from 'zustand';

/** How long one look at a face is left alone. Milliseconds. */
export const STILL_MS = 4_000;

const useStillness = create<{ isStill: boolean }>(() => ({ isStill: false }));
let timer: ReturnType<typeof setTimeout> | undefined;

/** A face has come up: from now on the window holds still for a while. */
export function holdStill(): void {
  clearTimeout(timer);
  useStillness.setState({ isStill: true });
  timer = setTimeout(endStill, STILL_MS);
}

/** The traveller was decided on or dropped: nobody looks at that face any more. */
export function endStill(): void {
  clearTimeout(timer);
  useStillness.setState({ isStill: false });
}

/** Whether a face is being looked at. */
export function useStill(): boolean {
  return useStillness((state) => state.isStill);
}
