// When the policy is loosened: what agencies may see now and might not before is told to them, as if it had just come.
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { LOCK_SPACE, LOCKS } from './locks.ts';
import { allowedByRules, policyRules } from './policy.ts';
import type { Tables } from './tables.ts';

/**
 * Changes the rules by `change`, and tells again what that shows to somebody. Answers what the change answered, and how
 * many reports are told. No place in the feed is given meanwhile, so that no report falls between the old rules and the
 * new ones.
 */
export async function changeRules<T>(
  db: Kysely<Tables>,
  change: (trx: Kysely<Tables>) => Promise<T>,
): Promise<{ done: T; handedOn: number }> {
  return db.transaction().execute(async (trx) => {
    // It may look at every report.
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`select pg_advisory_xact_lock(${LOCK_SPACE}::int, ${LOCKS.feed}::int)`.execute(trx);
    const before = await policyRules(trx);
    const done = await change(trx);
    const after = await policyRules(trx);
    const agencies = await trx.selectFrom('agency').select('id').where('closed_at', 'is', null).execute();
    const shown = agencies.flatMap(({ id }) => shownTo(id, before, after));
    if (shown.length === 0) return { done, handedOn: 0 };
    const { numAffectedRows } = await sql`
      insert into feed_waiting (kind, subject, agencies)
      select 'report', id, array_agg(agency) from (${sql.join(shown, sql` union all `)}) shown
      group by received_at, id order by received_at, id`.execute(trx);
    return { done, handedOn: Number(numAffectedRows ?? 0) };
  });
}

type Rules = Awaited<ReturnType<typeof policyRules>>;

/** The reports of others that this agency sees by the later rules alone; nothing where there can be none. */
function shownTo(agencyId: string, before: Rules, after: Rules): RawBuilder<unknown>[] {
  const now = passing(after, agencyId);
  if (now === null) return [];
  const then = passing(before, agencyId) ?? sql<boolean>`false`;
  return [
    sql`select r.id, r.received_at, ${agencyId}::uuid as agency from report r
      where r.tier = 'T2' and r.agency_id <> ${agencyId} and (r.audience is null or ${agencyId} = any(r.audience))
        and ${now} and not ${then}`,
  ];
}

/** Rows that the rules let pass, those of several issuers too; null where none does. */
function passing(rules: Rules, agencyId: string): RawBuilder<boolean> | null {
  const one = allowedByRules(rules, agencyId);
  const each = allowedByRules(rules, agencyId, sql`spoken.code`);
  if (one === null || each === null) return null;
  return sql<boolean>`(case when r.issuers is null then ${one}
    else not exists (select from unnest(r.issuers) as spoken (code) where not ${each}) end)`;
}
