// What leaves of an alert: made of what its author entered and of the report that it is about. Pure: it says no more of a
// number and of the zone than that report did.
import { RULE_BOOK } from '../examination/rules.ts';
import { type Alert, alert, type AlertAudience, type AlertFits } from './alert.ts';
import type { Problem } from './leaving.ts';
import type { FullWireReport } from './report.ts';
import { faultsOf, type Known } from './scan.ts';
import { REPORT_SCHEMA } from './shapes.ts';

const DAY_MS = 86_400_000;

/** What its author enters. */
export interface AlertDraft {
  tip: string;
  audience: AlertAudience;
  fits: AlertFits;
  /** How long it lives. */
  days: number;
}

export interface AlertMeans {
  /** UUIDv7 of this alert. */
  id: string;
  at: Date;
  role: Alert['createdByRole'];
  /** Of the network, approved. */
  about: Pick<FullWireReport, 'id' | 'language' | 'stationId' | 'agencyId' | 'document' | 'fraud'>;
  known: Known;
}

type Document = FullWireReport['document'];

/** What tells how a document was made; that it has expired, or how old its holder is, does not. */
const OF_THE_MAKING: ReadonlySet<string> = new Set(
  RULE_BOOK.filter((rule) => rule.class === 'integrity' || rule.class === 'data').map(({ id }) => id),
);

/** An alert as the report says it, for everybody and for so many days. */
export function firstAlert({ document, fraud }: AlertMeans['about'], days: number): AlertDraft {
  const { type, issuer, numberRange, mrzPattern } = document;
  return {
    tip: fraud.tip ?? '',
    audience: { agencies: [], places: [], countries: [] },
    fits: {
      types: [type],
      issuers: [issuer],
      numberRange,
      mrzPattern: mrzPattern.filter((rule) => OF_THE_MAKING.has(rule)),
    },
    days,
  };
}

/** A shorter beginning says less, and fits more documents. */
const isWithin = (range: AlertFits['numberRange'], of: Document['numberRange']): boolean =>
  range === null || (of !== null && of.length === range.length && of.prefix.startsWith(range.prefix));

function missingOf({ tip, fits }: AlertDraft): string[] {
  return [
    ...(tip.trim() === '' ? ['tip'] : []),
    ...(fits.types.length === 0 ? ['fits.types'] : []),
    ...(fits.issuers.length === 0 ? ['fits.issuers'] : []),
  ];
}

function beyondOf({ fits }: AlertDraft, { numberRange, mrzPattern }: Document): string[] {
  return [
    ...(isWithin(fits.numberRange, numberRange) ? [] : ['fits.numberRange']),
    ...(fits.mrzPattern.every((rule) => mrzPattern.includes(rule)) ? [] : ['fits.mrzPattern']),
  ];
}

/** The alert as it leaves, null where something is missing; `problems` is what keeps it from being sent. */
export function alertLeaving(
  draft: AlertDraft,
  means: AlertMeans,
): { body: Alert | null; problems: Problem[] } {
  const { about, id, at, role, known } = means;
  const tip = draft.tip.trim();
  const missing = missingOf(draft).map((path): Problem => ({ path, code: 'missing', place: null }));
  const beyond = beyondOf(draft, about.document).map(
    (path): Problem => ({ path, code: 'number', place: null }),
  );
  const told = faultsOf(tip, known).map((fault): Problem => ({ path: 'tip', ...fault }));
  const problems = [...missing, ...beyond, ...told];
  if (missing.length > 0) return { body: null, problems };
  const body = alert.parse({
    schema: REPORT_SCHEMA,
    id,
    tier: 'T2',
    kind: 'alert',
    replaces: null,
    createdAt: at.toISOString(),
    language: about.language,
    stationId: about.stationId,
    agencyId: about.agencyId,
    to: null,
    createdByRole: role,
    about: about.id,
    tip,
    audience: draft.audience,
    fits: draft.fits,
    expiresAt: new Date(at.getTime() + draft.days * DAY_MS).toISOString(),
  });
  return { body, problems };
}
