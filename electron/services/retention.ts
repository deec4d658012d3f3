// Retention: the rules in force, what they would erase, erasing it, and legal holds that keep a record.
import { createHash, type Hash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import standard from '../../assets/retention/default.json' with { type: 'json' };
import type { Output, Request } from '../../shared/contract/channels.ts';
import { retentionRules, type RetentionRule, type RulesInForce } from '../../shared/contract/retention.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { writeErasureFile } from '../db/erasures.ts';
import { emptyLog } from '../db/open.ts';
import { dueReceived, eraseReceived } from '../db/received.ts';
import {
  dueDrafts,
  type DueRecord,
  dueRecords,
  eraseRecords,
  holdById,
  holdOn,
  insertHold,
  isErased,
  loadHolds,
  loadRules,
  releaseHold,
  saveRules,
  WALK_START,
  type WalkPlace,
} from '../db/retention.ts';
import { savedExamination } from '../db/examinations.ts';
import { StationFailure } from '../failure.ts';
import type { Queue } from '../queue.ts';
import { onDuty, type ServiceContext, today } from './context.ts';
import type { DraftService } from './drafts.ts';

export interface RetentionService {
  rules(): RulesInForce;
  saveRules(input: Request<'retention.save-rules'>): RulesInForce;
  preview(): Promise<Output<'retention.preview'>>;
  /** Erases what was previewed or, where that is not the same any more, nothing: `retention-changed`. */
  run(input: Request<'retention.run'>): Promise<Output<'retention.run'>>;
  holds(): Output<'hold.list'>;
  setHold(input: Request<'hold.set'>): Output<'hold.list'>;
  releaseHold(id: string): Output<'hold.list'>;
  /** The station closes: a run under way ends with `not-ready`. What it erased until then is erased and audited. */
  stop(): void;
  /** Days of the longest rule: a backup that is older holds what is to be gone. 0 where there is no rule. */
  longestDays(): number;
  /** Before when (UTC) no rule keeps an entry of protection; null where there is no rule. */
  oldest(): string | null;
  /** Whether a record is there and still holds the person. */
  keeps(examinationId: string): boolean;
}

/** Records looked at, or erased in one transaction, before others are answered. */
const STEP = 200;
const SHOWN_IDS = 1000;
/** A preview older than this is made anew. */
const PREVIEW_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

/** The rules and the moment from which ages are reckoned: the same for a whole walk. */
interface Moment {
  at: string;
  own: readonly RetentionRule[];
}

const STANDARD: readonly RetentionRule[] = retentionRules.parse(standard).rules;

export function createRetentionService(
  context: ServiceContext,
  drafts: Pick<DraftService, 'drop'>,
  inTurn: Queue,
): RetentionService {
  const { db, images, dataFolder, now, emit } = context;
  let isRunning = false;
  let isStopped = false;

  function rules(): RulesInForce {
    return loadRules(db) ?? { rules: [...STANDARD], setAt: null, setBy: null };
  }

  /** Walks through all records; `visit` is given what is due of each stretch, and others are answered in between. */
  async function walk({ at, own }: Moment, visit: (due: DueRecord[]) => Promise<void> | void): Promise<void> {
    let place: WalkPlace | null = WALK_START;
    while (place !== null) {
      const { due, next }: ReturnType<typeof dueRecords> = dueRecords(db, own, at, place, STEP);
      await visit(due);
      place = next;
      await nextTurn();
      if (isStopped && place !== null) throw new StationFailure('not-ready');
    }
  }

  /** What a digest of a preview covers: the rules, the moment, and each record that is due, with its rule. */
  function beginDigest({ at, own }: Moment): Hash {
    return createHash('sha256').update(JSON.stringify([at, own]));
  }

  function addTo(hash: Hash, due: readonly { id: string; rule: string; held?: boolean }[]): void {
    for (const { id, rule, held } of due) if (held !== true) hash.update(`\n${id} ${rule}`);
  }

  function addReceived(hash: Hash, ids: readonly string[]): void {
    for (const id of ids) hash.update(`\n${id} received`);
  }

  /** Erases those of `shown` that are still due; a hold that was set meanwhile keeps its record. */
  async function eraseDue(
    moment: Moment,
    shown: ReadonlySet<string>,
  ): Promise<Pick<Output<'retention.run'>, 'erased' | 'pictures'>> {
    const { officer } = onDuty(context);
    let erased = 0;
    let pictures = 0;
    await walk(moment, async (due) => {
      const free = due.filter(({ id, held }) => !held && shown.has(id));
      if (free.length === 0) return;
      const time = now().toISOString();
      const gone = eraseRecords(db, free, { id: uuidv7(), erasedAt: time, at: time, officerId: officer.id });
      erased += free.length;
      pictures += gone.length;
      // What the disk refuses to remove now is removed at the next start: no record names it any more.
      await images.remove(gone).catch(() => undefined);
    });
    return { erased, pictures };
  }

  /** Drops those of `shown` that nobody saved meanwhile. There is no proof of them to keep: nothing was decided. */
  async function dropDue({ at, own }: Moment, shown: ReadonlySet<string>) {
    const { officer } = onDuty(context);
    let dropped = 0;
    let pictures = 0;
    async function dropNext(): Promise<boolean> {
      const id = dueDrafts(db, own, at).find((each) => shown.has(each.id))?.id;
      if (id === undefined) return false;
      const entry = { officerId: officer.id, action: 'retention.draft-dropped', subjectId: id };
      const digest = digestOf(id);
      pictures += await drafts.drop(id, () => appendAudit(db, { ...entry, at: now().toISOString(), digest }));
      dropped += 1;
      return true;
    }
    // Never between the steps of a save: a draft that is being recorded right now would lose its pictures.
    while (await inTurn(dropNext));
    return { dropped, pictures };
  }

  /** What other agencies told of persons was referred there: it is kept as long as what was referred here, at most. */
  function receivedDue({ at, own }: Moment): string[] {
    const days = own.find(({ outcomes }) => outcomes.includes('referred'))?.days;
    const storedBefore = days === undefined ? null : new Date(Date.parse(at) - days * DAY_MS).toISOString();
    return dueReceived(db, storedBefore, today(db, new Date(at)));
  }

  /** Takes what is due out of reports of others, those of `shown` alone, some in each transaction. */
  async function eraseReceivedDue(moment: Moment, shown: ReadonlySet<string>): Promise<number> {
    const { officer } = onDuty(context);
    const ids = receivedDue(moment).filter((id) => shown.has(id));
    for (let from = 0; from < ids.length; from += STEP) {
      eraseReceived(db, ids.slice(from, from + STEP), now().toISOString(), officer.id);
      await nextTurn();
    }
    return ids.length;
  }

  /** What every run leaves behind, whether it came to its end or not. */
  function settle(): void {
    emptyLog(db);
    writeErasureFile(db, dataFolder);
    emit('history.changed', {});
    emit('cases.changed', {});
    emit('received.changed', {});
  }

  const longestDays = (): number => Math.max(0, ...rules().rules.map(({ days }) => days));

  const holds = (): Output<'hold.list'> => ({ holds: loadHolds(db) });

  return {
    rules,
    saveRules(input) {
      const { officer } = onDuty(context);
      saveRules(db, uuidv7(), input.rules, officer.id, now().toISOString());
      return rules();
    },
    async preview() {
      const moment = { at: now().toISOString(), own: rules().rules };
      const counts = new Map(moment.own.map((rule) => [rule.id, { ...rule, due: 0, held: 0 }]));
      const hash = beginDigest(moment);
      const ids: string[] = [];
      let total = 0;
      await walk(moment, (due) => {
        for (const { id, rule, held } of due) {
          const count = counts.get(rule);
          if (count !== undefined) count[held ? 'held' : 'due'] += 1;
          if (held) continue;
          total += 1;
          if (ids.length < SHOWN_IDS) ids.push(id);
        }
        addTo(hash, due);
      });
      const left = dueDrafts(db, moment.own, moment.at);
      for (const { id, rule } of left) {
        const count = counts.get(rule);
        if (count !== undefined) count.due += 1;
        total += 1;
        if (ids.length < SHOWN_IDS) ids.push(id);
      }
      addTo(hash, left);
      const received = receivedDue(moment);
      addReceived(hash, received);
      ids.push(...received.slice(0, SHOWN_IDS - ids.length));
      total += received.length;
      const digest = hash.digest('hex');
      return { at: moment.at, rules: [...counts.values()], received: received.length, total, ids, digest };
    },
    async run({ at, digest }) {
      onDuty(context);
      const age = now().getTime() - Date.parse(at);
      if (isRunning || age < 0 || age > PREVIEW_MS) throw new StationFailure('retention-changed');
      isRunning = true;
      try {
        const moment = { at, own: rules().rules };
        const hash = beginDigest(moment);
        const shown = new Set<string>();
        await walk(moment, (due) => {
          addTo(hash, due);
          for (const { id, held } of due) if (!held) shown.add(id);
        });
        const left = dueDrafts(db, moment.own, moment.at);
        addTo(hash, left);
        const received = receivedDue(moment);
        addReceived(hash, received);
        for (const id of [...left.map((each) => each.id), ...received]) shown.add(id);
        if (hash.digest('hex') !== digest) throw new StationFailure('retention-changed');
        try {
          const { erased, pictures } = await eraseDue(moment, shown);
          const drafted = await dropDue(moment, shown);
          const taken = await eraseReceivedDue(moment, shown);
          const gone = { drafts: drafted.dropped, pictures: pictures + drafted.pictures };
          return { erased, received: taken, ...gone };
        } finally {
          settle();
        }
      } finally {
        isRunning = false;
      }
    },
    holds,
    setHold({ id, examinationId, reason }) {
      const { officer } = onDuty(context);
      const before = holdById(db, id);
      if (before !== undefined) {
        // A repeated request whose answer was lost.
        if (before.examinationId === examinationId && before.reason === reason) return holds();
        throw new StationFailure('already-saved');
      }
      if (savedExamination(db, examinationId) === undefined) throw new StationFailure('not-found');
      if (isErased(db, examinationId)) throw new StationFailure('erased');
      if (holdOn(db, examinationId) !== undefined) throw new StationFailure('already-saved');
      insertHold(db, { id, examinationId, reason, officerId: officer.id, at: now().toISOString() });
      return holds();
    },
    releaseHold(id) {
      const { officer } = onDuty(context);
      if (!releaseHold(db, id, officer.id, now().toISOString())) throw new StationFailure('not-found');
      return holds();
    },
    stop() {
      isStopped = true;
    },
    longestDays,
    oldest() {
      const days = longestDays();
      return days === 0 ? null : new Date(now().getTime() - days * DAY_MS).toISOString();
    },
    keeps: (examinationId) =>
      savedExamination(db, examinationId) !== undefined && !isErased(db, examinationId),
  };
}
