// Who sees what of which agency: the rule in one place. hub/db/policy.ts says the same as a condition of SQL.

/** One row of the policy. Null stands for every agency, country, kind. */
export interface PolicyRule {
  fromAgency: string | null;
  toAgency: string | null;
  /** The issuing country of the document. */
  issuer: string | null;
  kind: 'report' | 'correction' | 'withdrawal' | null;
  effect: 'allow' | 'deny';
}

/** What the policy looks at in a report. */
export interface JudgedReport {
  agencyId: string;
  tier: 'T1' | 'T2' | 'T3';
  /** The addressee of T1. */
  toAgency: string | null;
  /** Of a withdrawal: of what it takes back; null where that has not come. */
  issuer: string | null;
  kind: 'report' | 'correction' | 'withdrawal';
}

const speaksOf = (rule: PolicyRule, report: JudgedReport): boolean =>
  (rule.fromAgency === null || rule.fromAgency === report.agencyId) &&
  (rule.issuer === null || rule.issuer === report.issuer) &&
  (rule.kind === null || rule.kind === report.kind);

const isFor = (rule: PolicyRule, agencyId: string): boolean =>
  rule.toAgency === null || rule.toAgency === agencyId;

/**
 * Whether an agency sees a report. Its own: always. T1: the addressee alone. T3: nobody else, it only counts. T2:
 * everybody, unless a denial fits; and as soon as an allowing rule speaks of the report, only those that one names.
 */
export function sees(rules: readonly PolicyRule[], report: JudgedReport, agencyId: string): boolean {
  if (report.agencyId === agencyId) return true;
  if (report.tier !== 'T2') return report.tier === 'T1' && report.toAgency === agencyId;
  const speaking = rules.filter((rule) => speaksOf(rule, report));
  if (speaking.some((rule) => rule.effect === 'deny' && isFor(rule, agencyId))) return false;
  const allowing = speaking.filter((rule) => rule.effect === 'allow');
  return allowing.length === 0 || allowing.some((rule) => isFor(rule, agencyId));
}
