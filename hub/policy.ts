// Who sees what of which agency: the rule in one place. hub/db/policy.ts says the same as a condition of SQL.
import type { MESSAGE_KINDS } from '../shared/sharing/codes.ts';

type MessageKind = (typeof MESSAGE_KINDS)[number];

/** One row of the policy. Null stands for every agency, country, kind. */
export interface PolicyRule {
  fromAgency: string | null;
  toAgency: string | null;
  /** The issuing country of the document. */
  issuer: string | null;
  kind: MessageKind | null;
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
  /** Of an alert, and of what takes one back: every issuer that it speaks of, and the agencies that it is for; none stands for all. */
  issuers?: readonly string[];
  audience?: readonly string[];
  kind: MessageKind;
}

const speaksOf = (rule: PolicyRule, report: JudgedReport, issuer: string | null): boolean =>
  (rule.fromAgency === null || rule.fromAgency === report.agencyId) &&
  (rule.issuer === null || rule.issuer === issuer) &&
  (rule.kind === null || rule.kind === report.kind);

const isFor = (rule: PolicyRule, agencyId: string): boolean =>
  rule.toAgency === null || rule.toAgency === agencyId;

/**
 * Whether an agency sees a report. Its own: always. T1: the addressee alone. T3: nobody else, it only counts. T2:
 * everybody, unless a denial fits; and as soon as an allowing rule speaks of the report, only those that one names. What
 * speaks of several issuers is seen by those who see it of each; an alert for some agencies by no others.
 */
export function sees(rules: readonly PolicyRule[], report: JudgedReport, agencyId: string): boolean {
  if (report.agencyId === agencyId) return true;
  if (report.tier !== 'T2') return report.tier === 'T1' && report.toAgency === agencyId;
  const { audience = [], issuers = [report.issuer] } = report;
  if (audience.length > 0 && !audience.includes(agencyId)) return false;
  return issuers.every((issuer) => {
    const speaking = rules.filter((rule) => speaksOf(rule, report, issuer));
    if (speaking.some((rule) => rule.effect === 'deny' && isFor(rule, agencyId))) return false;
    const allowing = speaking.filter((rule) => rule.effect === 'allow');
    return allowing.length === 0 || allowing.some((rule) => isFor(rule, agencyId));
  });
}
