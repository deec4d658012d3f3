// The rules of the policy, as the hub's page and its command line change them.
import type { Kysely, Selectable } from 'kysely';
import { v7 as uuidv7 } from 'uuid';
import { changeRules } from './db/hand-on.ts';
import type { ReportKind, Tables } from './db/tables.ts';
import { noteAudit } from './people.ts';

/** Null stands for every. */
export interface NewRule {
  effect: 'allow' | 'deny';
  fromAgency: string | null;
  toAgency: string | null;
  issuer: string | null;
  kind: ReportKind | null;
}

/** The oldest first. */
export async function listRules(db: Kysely<Tables>): Promise<Selectable<Tables['policy']>[]> {
  return await db.selectFrom('policy').selectAll().orderBy('created_at').orderBy('id').execute();
}

/** Also tells how many older reports somebody may see now: one more allowance can loosen the others. */
export async function addRule(
  db: Kysely<Tables>,
  rule: NewRule,
  who: string,
): Promise<{ id: string; handedOn: number }> {
  const id = uuidv7();
  const { effect, fromAgency, toAgency, issuer, kind } = rule;
  const { handedOn } = await changeRules(db, async (trx) => {
    await trx
      .insertInto('policy')
      .values({ id, effect, from_agency: fromAgency, to_agency: toAgency, issuer, kind })
      .execute();
    await noteAudit(trx, who, 'policy.added', id);
  });
  return { id, handedOn };
}

/** How many older reports somebody may see now; null where there is no such rule. */
export async function removeRule(db: Kysely<Tables>, id: string, who: string): Promise<number | null> {
  const { done, handedOn } = await changeRules(db, async (trx) => {
    const { numDeletedRows } = await trx.deleteFrom('policy').where('id', '=', id).executeTakeFirst();
    if (numDeletedRows === 0n) return false;
    await noteAudit(trx, who, 'policy.removed', id);
    return true;
  });
  return done ? handedOn : null;
}
