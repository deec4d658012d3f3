// The station's own clock: minutes of its day and the beginning of its days, in zones that do odd things.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayIn } from '../../electron/services/context.ts';
import { dayAfter, dayStart, localMinutesIn } from '../../electron/services/local-time.ts';
import { shiftAt } from '../../electron/services/log-table.ts';

const ZONES = [
  'UTC',
  'Asia/Bangkok',
  'Asia/Kathmandu',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];

describe('the clock of a station', () => {
  it('tells the same minute as the calendar does, whatever the zone and the season', () => {
    const moment = fc.date({ min: new Date('2011-01-01'), max: new Date('2035-01-01'), noInvalidDate: true });
    for (const zone of ZONES) {
      const minutesOf = localMinutesIn(zone);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
      fc.assert(
        fc.property(moment, (at) => {
          const minutes = minutesOf(at.toISOString());
          const [hours = 0, rest = 0] = clock.format(at).split(':').map(Number);
          return minutes === hours * 60 + rest;
        }),
        { numRuns: 200 },
      );
    }
  });

  it('begins each day where the day before ends', () => {
    const days: [zone: string, day: string, from: string, hours: number][] = [
      ['Asia/Bangkok', '2026-11-21', '2026-11-20T17:00:00.000Z', 24],
      ['Asia/Kathmandu', '2026-11-21', '2026-11-20T18:15:00.000Z', 24],
      // An hour more in autumn, one less in spring.
      ['America/New_York', '2026-11-01', '2026-11-01T04:00:00.000Z', 25],
      ['America/New_York', '2026-03-08', '2026-03-08T05:00:00.000Z', 23],
      ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00.000Z', 24.5],
      // The thirtieth of December was left out there.
      ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z', 0],
    ];
    for (const [zone, day, from, hours] of days) {
      const until = dayStart(zone, dayAfter(day));
      expect(
        [dayStart(zone, day), (Date.parse(until) - Date.parse(from)) / 3_600_000],
        `${zone} ${day}`,
      ).toEqual([from, hours]);
      expect(dayIn(zone, new Date(Date.parse(from) - 1000)) < day).toBe(true);
    }
  });
});

describe('shifts', () => {
  it('go on over midnight until the first one begins', () => {
    const shifts = ['06:00', '14:00', '22:00'];
    const at = (clock: string): number | null => {
      const [hours = 0, minutes = 0] = clock.split(':').map(Number);
      return shiftAt(shifts, hours * 60 + minutes);
    };
    expect(['05:59', '06:00', '13:59', '14:00', '22:00', '00:00'].map(at)).toEqual([3, 1, 1, 2, 3, 3]);
    expect(shiftAt([], 5)).toBe(null);
    expect(shiftAt(['00:00'], 5)).toBe(1);
  });
});
