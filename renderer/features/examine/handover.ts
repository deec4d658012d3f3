// A draft that somebody else began and that whoever signed in now is asked about: taken over, or left for them.
import { create } from 'zustand';
import type { Draft } from '../../../shared/contract/records.ts';

export interface Offered {
  draft: Draft;
  /** Who began it. */
  name: string;
}

/** While one is offered the lane waits, as it does while its own draft is fetched. */
export const useHandover = create<{ offered: Offered | null }>(() => ({ offered: null }));
