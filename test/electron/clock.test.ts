// What the times of the last entries say of the clock, and who says that it is right.
import { describe, expect, it } from 'vitest';
import { clockDoubt } from '../../electron/db/clock.ts';
import { verifyAudit } from '../../electron/db/verify.ts';
import { ADMINISTRATOR, OFFICER, openReady, openAgain } from './fixtures.ts';
import { countOne, memoryStore } from './records.ts';

const DAY_MS = 24 * 3_600_000;

describe('the last entries', () => {
  it('tell a clock that was set back by more than five minutes', () => {
    const db = memoryStore();
    expect(clockDoubt(db, new Date(0))).toBeNull();
    countOne(db, 'one', '2026-05-01T12:00:00.000Z');
    expect(clockDoubt(db, new Date('2026-05-01T11:55:00.000Z'))).toBeNull();
    expect(clockDoubt(db, new Date('2026-05-01T11:54:59.000Z'))).toBe('clock-set-back');
    expect(clockDoubt(db, new Date('2027-01-01T00:00:00.000Z'))).toBeNull();
    countOne(db, 'two', '2026-05-01T11:00:00.000Z');
    // What was written under the wrong clock does not hide it.
    expect(clockDoubt(db, new Date('2026-05-01T11:01:00.000Z'))).toBe('clock-set-back');
    expect(verifyAudit(db)).toMatchObject({ ok: true, entries: 2 });
    db.close();
  });

  it('ask about a clock that leapt more than 90 days ahead, as long as they are among the last', () => {
    const db = memoryStore();
    const at = (days: number): string => new Date(Date.UTC(2026, 0, 1) + days * DAY_MS).toISOString();
    countOne(db, 'first', at(0));
    countOne(db, 'later', at(90));
    expect(clockDoubt(db, new Date(at(90)))).toBeNull();
    countOne(db, 'leapt', at(181));
    expect(clockDoubt(db, new Date(at(181)))).toBe('clock-ahead');
    for (let i = 0; i < 498; i += 1) countOne(db, `since ${i}`, at(182));
    expect(clockDoubt(db, new Date(at(182)))).toBe('clock-ahead');
    countOne(db, 'last', at(182));
    expect(clockDoubt(db, new Date(at(182)))).toBeNull();
    db.close();
  });
});

describe('a clock that stood years ahead', () => {
  it('is asked about, told when it is right again, and believed once that was said', async () => {
    const right = Date.now();
    let time = right;
    const now = (): Date => new Date(time);
    const app = await openReady({ now });
    const warnings = async (): Promise<string[]> => (await app.ask('health.state', {})).warnings;
    expect(await warnings()).toEqual([]);
    time = right + 4000 * DAY_MS;
    await app.signIn(OFFICER);
    expect(await warnings()).toEqual(['clock-ahead']);
    time = right + 3_600_000;
    await app.signIn(OFFICER);
    expect(await warnings()).toEqual(['clock-set-back']);
    await app.signIn(ADMINISTRATOR);
    expect(await app.ask('clock.confirm', {})).toMatchObject({ warnings: [] });
    expect(app.verifyAudit()).toMatchObject({ ok: true });
    await app.close();
    const later = await openAgain(app.folder, { now });
    expect((await later.ask('health.state', {})).warnings).toEqual([]);
    // What was confirmed is the past: the next leap is told like the first.
    time -= DAY_MS;
    expect((await later.ask('health.state', {})).warnings).toEqual(['clock-set-back']);
  });
});
