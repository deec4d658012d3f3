// What leaves a station for one audience: made of the full report by the table of fields, and by nothing else. Pure:
// tokens and sealing are handed in. What it says is also what the window shows before anything is sent.
import { type CropFault, cropFaults } from './crops.ts';
import { FIELDS, type Field, isEmpty, isPersonal, textsOf, type Treatment, valueAt } from './fields.ts';
import { type Audience, type FullReport, type SealedPart, sealedPart } from './full.ts';
import { masked, treated, type Tokens } from './redact.ts';
import { type Basis, type FullWireReport, fullWireReport, type Sealed, type Withdrawal } from './report.ts';
import { REPORT_SCHEMA } from './shapes.ts';
import { faultsOf, type Known, type Place, type TextFault } from './scan.ts';

/** Why a report cannot be submitted: where in the full report, by which rule, and in a text from where to where. */
export interface Problem {
  path: string;
  /** `anchor-image`: the picture of an anchor is not among the pictures. */
  code: TextFault | CropFault | 'missing' | 'anchor-image' | 'no-basis' | 'no-station';
  place: Place | null;
}

/** What a report says beside its content, and what cannot be computed here. */
export interface Means {
  /** UUIDv7 of this body, and of the one that it corrects. */
  id: string;
  replaces: string | null;
  /** UTC with milliseconds. */
  createdAt: string;
  stationId: string;
  agencyId: string;
  /** Of the partner; null for every other audience. */
  basis: Basis | null;
  token: Tokens;
  /** Of everybody in the case, beside what the full report itself holds. */
  known: Known;
  /** Closes the personal part for the partner's stations; null where it has none. Not given for a preview. */
  seal?: (part: SealedPart) => Sealed | null;
}

/** One field as it leaves, in the order of the table. */
export interface Leaving {
  field: Field;
  treatment: Treatment;
  value: unknown;
}

export interface Left {
  /** Null where something required is missing. With problems it must not be sent. */
  body: FullWireReport | null;
  /** Null for every audience but a partner. */
  sealedPart: SealedPart | null;
  problems: Problem[];
  fields: Leaving[];
}

/** What the case knows, and what the report itself says of persons. */
export function knownOf(
  { document, detection, modus }: FullReport,
  known: Known,
  tier: Audience['tier'],
): Known {
  const { holder, visa, number, issuedOn, expiresOn } = document;
  const days = [
    holder.birthDate,
    issuedOn,
    expiresOn,
    visa?.validFrom,
    visa?.validUntil,
    // A partner is told the day.
    tier === 'T1' ? null : detection.date,
  ];
  return {
    names: [...known.names, holder.primary, holder.secondary, ...modus.facilitators],
    numbers: [
      ...known.numbers,
      number ?? '',
      holder.personalNumber,
      visa?.number ?? '',
      ...modus.facilitators,
    ],
    dates: [...known.dates, ...days.filter((day) => typeof day === 'string')],
  };
}

/** Names of both kinds of path are the table's own: nothing outside writes into an object by them. */
function put(target: Record<string, unknown>, path: string, value: unknown): void {
  const [first = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...(target[first] as object | undefined) };
  put(inner, rest.join('.'), value);
  target[first] = inner;
}

function missingOf(full: FullReport, tier: Audience['tier']): Problem[] {
  const required = FIELDS.filter(
    ({ required: isRequired, tiers }) => isRequired === true && tiers[tier] !== 'absent',
  ).map(({ from }) => from);
  return [...new Set(required)]
    .filter((path) => isEmpty(valueAt(full, path)))
    .map((path) => ({ path, code: 'missing', place: null }));
}

function textProblems(fields: readonly Leaving[], known: Known): Problem[] {
  return fields.flatMap(({ field, treatment, value }) => {
    if (treatment === 'absent' || treatment === 'sealed') return [];
    return textsOf(field, value).flatMap(({ place, text }) =>
      faultsOf(text, known).map((fault) => ({
        path: place === '' ? field.from : `${field.from}.${place}`,
        ...fault,
      })),
    );
  });
}

function imageProblems({ images, fraud }: FullReport, { zones = [] }: Known): Problem[] {
  const crops = images.flatMap((crop, index) => {
    const found = zones.flatMap(({ imageId, at }) => (imageId === crop.imageId ? [at] : []));
    return cropFaults(crop, found).map((code): Problem => ({ path: `images.${index}`, code, place: null }));
  });
  const sent = new Set<string | null>([null, ...images.map(({ sha256 }) => sha256)]);
  const anchors = fraud.anchors.flatMap(({ imageSha256 }, index): Problem[] =>
    sent.has(imageSha256) ? [] : [{ path: `fraud.anchors.${index}`, code: 'anchor-image', place: null }],
  );
  return [...crops, ...anchors];
}

/** The personal part as one partner reads it: the number masked unless the officer gives it whole. */
function sealedOf(full: FullReport, fields: readonly Leaving[]): SealedPart {
  const part: Record<string, unknown> = {};
  for (const { field, value } of fields) if (isPersonal(field)) put(part, field.to, value);
  const { number } = full.document;
  const shown = number === null || full.personal.wholeNumber ? number : masked(number);
  return sealedPart.parse({ ...part, number: shown });
}

/**
 * Makes the report for one audience: `body` as it will be sent, `sealedPart` what only the partner's stations read,
 * `problems` what keeps it from being sent, `fields` what becomes of each field.
 */
export function leaving(full: FullReport, audience: Audience, means: Means): Left {
  const { tier } = audience;
  const fields = FIELDS.map((field): Leaving => {
    const treatment = field.tiers[tier];
    return { field, treatment, value: treated(treatment, full, field, means.token) };
  });
  const partner = audience.tier === 'T1';
  const part = partner ? sealedOf(full, fields) : null;
  const missing = missingOf(full, tier);
  const problems = [
    ...missing,
    ...textProblems(fields, knownOf(full, means.known, tier)),
    ...(tier === 'T3' ? [] : imageProblems(full, means.known)),
  ];
  if (partner && means.basis === null) problems.push({ path: 'basis', code: 'no-basis', place: null });
  if (missing.length > 0) return { body: null, sealedPart: part, problems, fields };

  const sealed = part === null || means.seal === undefined ? null : means.seal(part);
  if (partner && means.seal !== undefined && sealed === null) {
    problems.push({ path: 'sealed', code: 'no-station', place: null });
  }
  const open: Record<string, unknown> = {
    schema: REPORT_SCHEMA,
    id: means.id,
    tier,
    kind: means.replaces === null ? 'report' : 'correction',
    replaces: means.replaces,
    createdAt: means.createdAt,
    stationId: means.stationId,
    agencyId: means.agencyId,
    to: audience.tier === 'T1' ? audience.agencyId : null,
    basis: partner ? means.basis : null,
    sealed,
  };
  for (const { field, value } of fields) if (!isPersonal(field)) put(open, field.to, value);
  return { body: fullWireReport.parse(open), sealedPart: part, problems, fields };
}

/** Takes a report back for the audience that it went to. */
export function withdrawalOf(
  of: Pick<FullWireReport, 'id' | 'tier' | 'language' | 'to' | 'stationId' | 'agencyId'>,
  means: Pick<Means, 'id' | 'createdAt'> & Pick<Withdrawal, 'reason' | 'createdByRole'>,
): Withdrawal {
  return {
    schema: REPORT_SCHEMA,
    id: means.id,
    tier: of.tier,
    kind: 'withdrawal',
    replaces: of.id,
    createdAt: means.createdAt,
    language: of.language,
    stationId: of.stationId,
    agencyId: of.agencyId,
    to: of.to,
    createdByRole: means.createdByRole,
    reason: means.reason,
  };
}
