// The open case as components read it.
import { useProcedure } from '../../lib/store-procedure.ts';
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage } from '../../text/TextProvider.tsx';
import { isMine, placeNow, workNow } from './case-acts.ts';
import { useCase } from './case-store.ts';
import type { CaseWork } from './case-work.ts';

export function useWork(): CaseWork | null {
  const procedure = useProcedure((state) => state.procedure);
  return useCase((state) => workNow(state, procedure));
}

/** The item that is looked at; the same object as long as it is the same. */
export function usePlace(work: CaseWork) {
  const place = useCase((state) => state.place);
  return placeNow({ place }, work);
}

export function useIsMine(): boolean {
  return useCase(isMine);
}

/** `22 Nov 2026, 14:05` at the station. */
export function useTimeText(): (at: string) => string {
  const language = useLanguage();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  return (at) => dateTimeIn(timeZone, new Date(at), language);
}
