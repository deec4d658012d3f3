// What a detection log can be: its formats, how much it shows, how many shifts a day has.

export const LOG_FORMATS = ['csv', 'xlsx', 'pdf', 'json'] as const;
/** Log files lie open: what concerns a person (T0, T1) is in none. */
export const LOG_TIERS = ['T2', 'T3'] as const;
export const MOST_SHIFTS = 6;

export type LogFormat = (typeof LOG_FORMATS)[number];
export type LogTier = (typeof LOG_TIERS)[number];
