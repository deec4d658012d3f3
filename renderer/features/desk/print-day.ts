// The day on paper: one sheet of A4, made of the same figures that the screen shows.
import { dayPage } from '../../../shared/report/day-page.ts';
import { printSheet } from '../../lib/print-sheet.ts';
import { useStation } from '../../lib/store-station.ts';
import { useVault } from '../../lib/store-vault.ts';
import { dateTimeIn } from '../../lib/time.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { useDesk } from './desk-store.ts';

/** Prints the day that is shown; does nothing before there is one. */
export function usePrintDay(): () => Promise<void> {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const printedBy = useVault(({ state }) => state?.session?.name ?? '');
  return async () => {
    const { day, queue } = useDesk.getState();
    if (day === null) return;
    const time = (at: string) => dateTimeIn(timeZone, new Date(at), language);
    const words = { language, say: text, time };
    const listed = queue.map(({ at, kind, tier, officerName: by }) => ({
      at,
      by,
      what: text('desk.queue.what', { kind: text(`reports.kind.${kind}`), tier }),
    }));
    const printedAt = new Date().toISOString();
    await printSheet(dayPage({ ...day, queue: listed, printedAt, printedBy }, words));
  };
}
