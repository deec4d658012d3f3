// An alert as whoever gets it reads it: its sentence, which documents it fits, for whom it is, until when.
import type { AlertContent } from '../../shared/contract/alerts.ts';
import { useStation } from '../lib/store-station.ts';
import { dateTimeIn } from '../lib/time.ts';
import { useHasText, useLanguage, useText } from '../text/TextProvider.tsx';
import styles from './AlertFacts.module.css';

type Fits = AlertContent['fits'];
type Audience = AlertContent['audience'];

interface AlertFactsProps {
  alert: { tip: string; fits: Fits; audience: Audience; expiresAt: string };
  /** Of the directory; empty for one that is not in it. */
  agencyName: (id: string) => string;
}

/** Words of a state by its code; the code where there are none. */
export function useStateWords(): (code: string) => string {
  const text = useText();
  const has = useHasText();
  return (code) => (has(`state.${code}`) ? text(`state.${code}`) : code);
}

/** How a number begins, and what is left open of it. */
export const rangeWords = ({ prefix, length }: NonNullable<Fits['numberRange']>): string =>
  prefix.padEnd(length, '•');

/** Which documents an alert fits, in one line. */
export function useFitsLine(): (fits: Fits) => string {
  const text = useText();
  const state = useStateWords();
  return ({ types, issuers, numberRange }) => {
    const type = types.map((id) => text(`document-type.${id}`)).join(', ');
    const issuer = issuers.map(state).join(', ');
    return numberRange === null
      ? text('alerts.fits', { type, issuer })
      : text('alerts.fits-range', { type, issuer, range: rangeWords(numberRange) });
  };
}

export function AlertFacts({ alert, agencyName }: AlertFactsProps) {
  const text = useText();
  const language = useLanguage();
  const state = useStateWords();
  const timeZone = useStation((station) => station.state?.settings?.timeZone ?? 'UTC');
  const { tip, fits, audience, expiresAt } = alert;
  const { agencies, places, countries } = audience;
  const where = [...places, ...countries.map(state)];
  const rows: [label: string, lines: string[]][] = [
    ['alerts.types', fits.types.map((id) => text(`document-type.${id}`))],
    ['alerts.issuers', fits.issuers.map(state)],
    ['alerts.range', [fits.numberRange === null ? text('alerts.range.any') : rangeWords(fits.numberRange)]],
    [
      'alerts.pattern',
      fits.mrzPattern.length === 0
        ? [text('alerts.pattern.any')]
        : fits.mrzPattern.map((rule) => text(`finding.${rule}.title`)),
    ],
    ['alerts.agencies', agencies.length === 0 ? [text('alerts.agencies.all')] : agencies.map(agencyName)],
    ['alerts.places', where.length === 0 ? [text('alerts.places.all')] : where],
    ['alerts.until', [dateTimeIn(timeZone, new Date(expiresAt), language)]],
  ];
  return (
    <div className={styles.facts}>
      <p className={styles.tip}>{tip}</p>
      <dl className={styles.rows}>
        {rows.map(([label, lines]) => (
          <div key={label} className={styles.row}>
            <dt>{text(label)}</dt>
            <dd>
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
