// Dates in words an officer needs at a glance: age in years, days past or left. Pure calendar arithmetic.

const DAY_MS = 86_400_000;

/** Completed years on a day; null where the day of birth is not wholly known. */
export function ageOn(today: string, birthIso: string | null): number | null {
  if (birthIso === null || !/^\d{4}-\d{2}-\d{2}$/u.test(birthIso)) return null;
  const years = Number(today.slice(0, 4)) - Number(birthIso.slice(0, 4));
  return today.slice(5) < birthIso.slice(5) ? years - 1 : years;
}

/** `years` are the whole years past or left, `days` all days. */
export type Validity =
  | { state: 'unknown' }
  | { state: 'valid'; days: number; years: number }
  | { state: 'last-day' }
  | { state: 'expired'; days: number; years: number };

/** How an expiry day stands to a day, both `YYYY-MM-DD`. */
export function validityOn(today: string, expiryIso: string | null): Validity {
  if (expiryIso === null || !/^\d{4}-\d{2}-\d{2}$/u.test(expiryIso)) return { state: 'unknown' };
  const days = Math.round((Date.parse(expiryIso) - Date.parse(today)) / DAY_MS);
  if (days > 0) return { state: 'valid', days, years: ageOn(expiryIso, today) ?? 0 };
  if (days === 0) return { state: 'last-day' };
  return { state: 'expired', days: -days, years: ageOn(today, expiryIso) ?? 0 };
}
