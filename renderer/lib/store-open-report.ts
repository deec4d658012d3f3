// A report that somebody wants to read from another screen: Reports opens it when it is shown.
import { create } from 'zustand';
import { takePart } from './sitting.ts';
import { showScreen } from './store-screen.ts';

interface Wanted {
  id: string;
  from: 'here' | 'others';
}

export const useWantedReport = create<{ wanted: Wanted | null }>(() => ({ wanted: null }));

takePart({ forget: () => useWantedReport.setState({ wanted: null }) });

/** Goes to Reports and opens it there. */
export function readReport(wanted: Wanted): void {
  useWantedReport.setState({ wanted });
  showScreen('reports');
}

/** What is wanted, once. */
export function takeWantedReport(): Wanted | null {
  const { wanted } = useWantedReport.getState();
  if (wanted !== null) useWantedReport.setState({ wanted: null });
  return wanted;
}
