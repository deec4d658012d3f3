// Of which document a report is and of what kind of fraud, read out of its bytes: what lists show and are narrowed by.
import type { ReportAbout, ReportFilter } from '../../shared/contract/reports.ts';

/** JSON of `ReportAbout` in parts, from the body in a row of this table; null where its bytes went. `AS about` in a row. */
export function aboutSql(table: string): string {
  const body = `${table}.body`;
  const json = `CAST(${body} AS TEXT)`;
  // A case study names the kinds of fraud by themselves, an alert the documents that it fits.
  return `CASE WHEN length(${body}) > 0 THEN json_extract(${json}, '$.document.issuer', '$.fits.issuers[0]',
    '$.document.type', '$.fits.types[0]',
    CASE json_type(${json}, '$.fraud') WHEN 'array' THEN '$.fraud' ELSE '$.fraud.types' END) END`;
}

type Parts = [
  issuer: ReportAbout['issuer'],
  fitsIssuer: ReportAbout['issuer'],
  type: ReportAbout['type'],
  fitsType: ReportAbout['type'],
  fraud: ReportAbout['fraud'] | null,
];

/** What `aboutSql` found; null for a withdrawal of what is not here, and for bytes that went. */
export function aboutOf(found: string | null): ReportAbout | null {
  if (found === null) return null;
  const [issuer, fitsIssuer, type, fitsType, fraud] = JSON.parse(found) as Parts;
  const about = { issuer: issuer ?? fitsIssuer, type: type ?? fitsType, fraud: fraud ?? [] };
  return about.issuer === null && about.type === null && about.fraud.length === 0 ? null : about;
}

/** Condition over the column `about` of a row, with the values `filterValues`. */
export const FILTER_SQL = `(@issuer IS NULL OR coalesce(about ->> 0, about ->> 1) = @issuer)
  AND (@type IS NULL OR coalesce(about ->> 2, about ->> 3) = @type)
  AND (@fraud IS NULL OR EXISTS (SELECT 1 FROM json_each(about, '$[4]') WHERE json_each.value = @fraud))`;

export type FilterValues = Record<keyof ReportFilter, string | null>;

export const filterValues = ({ issuer, type, fraud }: ReportFilter): FilterValues => ({
  issuer: issuer ?? null,
  type: type ?? null,
  fraud: fraud ?? null,
});
