// The policy as a condition of SQL: the same as `sees` in hub/policy.ts, which a table of cases holds.
import { type RawBuilder, sql } from 'kysely';

/** True of the rows of `report r` that the agency sees; null stands for the people of the hub, who see what the network shares. */
export function seenBy(agencyId: string | null): RawBuilder<boolean> {
  if (agencyId === null) return sql<boolean>`(r.tier = 'T2')`;
  return sql<boolean>`(r.agency_id = ${agencyId}
    or (r.tier = 'T1' and r.to_agency = ${agencyId})
    or (r.tier = 'T2' and ${allowedBy(agencyId)}))`;
}

/** True of the rows of `report r` with tier T2 that the rules let the agency see. */
export function allowedBy(agencyId: string): RawBuilder<boolean> {
  return sql<boolean>`(select coalesce(
      not bool_or(p.effect = 'deny' and p.for_us)
        and (bool_or(p.effect = 'allow' and p.for_us) or not bool_or(p.effect = 'allow')), true)
    from (select effect, to_agency is null or to_agency = ${agencyId} as for_us from policy
      where (from_agency is null or from_agency = r.agency_id)
        and (issuer is null or issuer = r.issuer)
        and (kind is null or kind = r.kind)) p)`;
}
