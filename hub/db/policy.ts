// The policy as a condition of SQL: the same as `sees` in hub/policy.ts, which a table of cases holds.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { PolicyRule } from '../policy.ts';
import type { Tables } from './tables.ts';

/** True of the rows of `report r` that the agency sees; null stands for the people of the hub, who see what the network shares. */
export function seenBy(agencyId: string | null): RawBuilder<boolean> {
  if (agencyId === null) return sql<boolean>`(r.tier = 'T2')`;
  return sql<boolean>`(r.agency_id = ${agencyId}
    or (r.tier = 'T1' and r.to_agency = ${agencyId})
    or (r.tier = 'T2' and (r.audience is null or ${agencyId} = any(r.audience)) and ${allowedBy(agencyId)}))`;
}

/** True of the rows of `report r` with tier T2 that the rules let the agency see, of each issuer that they speak of. */
export function allowedBy(agencyId: string): RawBuilder<boolean> {
  return sql<boolean>`(select bool_and((select coalesce(
      not bool_or(p.effect = 'deny' and p.for_us)
        and (bool_or(p.effect = 'allow' and p.for_us) or not bool_or(p.effect = 'allow')), true)
    from (select effect, to_agency is null or to_agency = ${agencyId} as for_us from policy
      where (from_agency is null or from_agency = r.agency_id)
        and (policy.issuer is null or policy.issuer = spoken.code)
        and (kind is null or kind = r.kind)) p))
    from unnest(coalesce(r.issuers, array[r.issuer])) as spoken (code))`;
}

/** Every rule. */
export async function policyRules(db: Kysely<Tables>): Promise<PolicyRule[]> {
  return db
    .selectFrom('policy')
    .select(['from_agency as fromAgency', 'to_agency as toAgency', 'issuer', 'kind', 'effect'])
    .execute();
}

/**
 * The same as `allowedBy` for rules that were read before and rows of one issuer, which all reports are, so that a walk
 * through many rows asks each of them only about itself. Null where no row passes.
 */
export function allowedByRules(
  rules: readonly PolicyRule[],
  agencyId: string,
  issuer: RawBuilder<unknown> = sql`r.issuer`,
): RawBuilder<boolean> | null {
  const isForUs = ({ toAgency }: PolicyRule): boolean => toAgency === null || toAgency === agencyId;
  const denials = rules.filter((rule) => rule.effect === 'deny' && isForUs(rule));
  if (
    denials.some(({ fromAgency, issuer, kind }) => fromAgency === null && issuer === null && kind === null)
  ) {
    return null;
  }
  const allowing = rules.filter(({ effect }) => effect === 'allow');
  return sql<boolean>`(not ${anySpeaks(denials, issuer)}
    and (not ${anySpeaks(allowing, issuer)} or ${anySpeaks(allowing.filter(isForUs), issuer)}))`;
}

/** Whether one of the rules speaks of the row; never null, also where the row has no issuer. */
function anySpeaks(rules: readonly PolicyRule[], of: RawBuilder<unknown>): RawBuilder<boolean> {
  const each = rules.map(({ fromAgency, issuer, kind }) => {
    const parts = [
      ...(fromAgency === null ? [] : [sql`r.agency_id = ${fromAgency}`]),
      ...(issuer === null ? [] : [sql`${of} is not distinct from ${issuer}`]),
      ...(kind === null ? [] : [sql`r.kind = ${kind}`]),
    ];
    return parts.length === 0 ? sql`true` : sql`(${sql.join(parts, sql` and `)})`;
  });
  return each.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(each, sql` or `)})`;
}
