// The day that dates are judged against; a decision is saved with the day that was shown, also past midnight.
import { useSyncExternalStore } from 'react';
import { useStation } from '../../lib/store-station.ts';
import { dayIn } from '../../lib/time.ts';

/** How often the day is asked again, so that it is right soon after midnight. */
const DAY_CHECK_MS = 20_000;
let shown: string | null = null;

function zoneOfStation(): string {
  return useStation.getState().state?.settings?.timeZone ?? 'UTC';
}

/** Today at the station. */
export function useToday(): string {
  const zone = useStation((station) => station.state?.settings?.timeZone) ?? 'UTC';
  return useSyncExternalStore(
    (changed) => {
      const timer = setInterval(changed, DAY_CHECK_MS);
      return () => clearInterval(timer);
    },
    () => {
      shown = dayIn(zone, new Date());
      return shown;
    },
  );
}

/** The day against which what is on the screen was judged, `YYYY-MM-DD`; today where nothing is. */
export function dayShown(): string {
  return shown ?? dayIn(zoneOfStation(), new Date());
}
