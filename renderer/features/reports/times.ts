// Times as the station's own clock and language write them.
import { useStation } from '../../lib/store-station.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage } from '../../text/TextProvider.tsx';

/** Writes a moment (ISO, UTC) as day and time at the station. */
export function useTimes(): (at: string) => string {
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  return (at) => dateTimeIn(timeZone, new Date(at), language);
}
