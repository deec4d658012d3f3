// Two pictures side by side in step: what is done to one is done to the other, in shares of each.
import type { Size, View } from './view.ts';

/** One change of a view. */
export interface Step {
  from: View;
  to: View;
  picture: Size;
  /** The picture is seen whole after it: so is every other. */
  isWhole: boolean;
}

interface Follower {
  follow(step: Step): void;
}

export interface ViewerLink {
  add(viewer: Follower): () => void;
  /** Moves all others along. */
  tell(from: Follower, step: Step): void;
}

/** Joins viewers. How far two were apart when they were joined they stay apart, so that they can be brought together first. */
export function createViewerLink(): ViewerLink {
  const viewers = new Set<Follower>();
  return {
    add(viewer) {
      viewers.add(viewer);
      return () => viewers.delete(viewer);
    },
    tell(from, step) {
      for (const viewer of viewers) if (viewer !== from) viewer.follow(step);
    },
  };
}
