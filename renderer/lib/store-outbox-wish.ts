// Whether Reports is to begin with the outbox: another screen asked for it.
import { create } from 'zustand';
import { takePart } from './sitting.ts';
import { showScreen } from './store-screen.ts';

const useOutboxWish = create<{ isWanted: boolean }>(() => ({ isWanted: false }));

takePart({ forget: () => useOutboxWish.setState({ isWanted: false }) });

/** Goes to Reports and shows the outbox there. */
export function showOutbox(): void {
  useOutboxWish.setState({ isWanted: true });
  showScreen('reports');
}

/** Whether it is wanted, once. */
export function takeOutboxWish(): boolean {
  const { isWanted } = useOutboxWish.getState();
  if (isWanted) useOutboxWish.setState({ isWanted: false });
  return isWanted;
}
