// Shapes of retention: the rules, what they would erase, what a run erased, and what a legal hold keeps.
import { z } from 'zod';
import { id, OUTCOMES } from './records.ts';

const utc = z.iso.datetime();

/** What rules tell apart: a record by its latest decision, and an examination that was never finished. */
export const KEPT_KINDS = [...OUTCOMES, 'draft'] as const;

/** Records whose latest decision has one of these outcomes, and drafts last saved, longer ago than so many days. */
export const retentionRule = z.object({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  outcomes: z.array(z.enum(KEPT_KINDS)).min(1),
  days: z.int().min(1).max(36_500),
});

/** An outcome stands in at most one rule; one without a rule is kept until a rule comes. */
export const retentionRules = z
  .object({ rules: z.array(retentionRule).max(KEPT_KINDS.length) })
  .refine(({ rules }) => new Set(rules.map((rule) => rule.id)).size === rules.length, { path: ['rules'] })
  .refine(
    ({ rules }) => {
      const outcomes = rules.flatMap((rule) => rule.outcomes);
      return new Set(outcomes).size === outcomes.length;
    },
    { path: ['rules'] },
  );

export const rulesInForce = z.object({
  rules: z.array(retentionRule),
  /** Who set them and when; null for those that Countercheck brings. */
  setAt: utc.nullable(),
  setBy: z.string().nullable(),
});

export const retentionPreview = z.object({
  /** The moment that ages are reckoned from; a run names it. */
  at: utc,
  rules: z.array(
    retentionRule.extend({
      /** Records that a run would erase or drafts that it would drop, and those that only a legal hold keeps. */
      due: z.int(),
      held: z.int(),
    }),
  ),
  /**
   * Reports of other agencies whose part about a person a run would take out: as old as what was referred may get, or past
   * the last day that their sender gave them.
   */
  received: z.int(),
  total: z.int(),
  /** Ids of the first thousand, oldest first. */
  ids: z.array(z.string()),
  /** Over the ids of all of them: a run erases these or nothing. */
  digest: z.string(),
});

/**
 * Records erased down to their proof, drafts dropped whole, pictures removed with either, and reports of others out of
 * which the part about a person was taken.
 */
export const retentionResult = z.object({
  erased: z.int(),
  drafts: z.int(),
  pictures: z.int(),
  received: z.int(),
});

export const setHold = z.object({ id, examinationId: id, reason: z.string().trim().min(1).max(500) });

export const legalHold = z.object({
  id,
  examinationId: id,
  at: utc,
  officerName: z.string(),
  reason: z.string(),
});

export const legalHolds = z.object({ holds: z.array(legalHold) });

export type KeptKind = (typeof KEPT_KINDS)[number];
export type RetentionRule = z.infer<typeof retentionRule>;
export type RulesInForce = z.infer<typeof rulesInForce>;
export type RetentionPreview = z.infer<typeof retentionPreview>;
export type LegalHold = z.infer<typeof legalHold>;
