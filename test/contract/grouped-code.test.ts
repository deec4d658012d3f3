// Codes that people type: every slip of one character, every exchange of two and of two groups is told with its place.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fromGroupedCode, toGroupedCode } from '../../shared/contract/grouped-code.ts';

const bytesOf = (seed: number, length: number): Uint8Array =>
  new Uint8Array(createHash('sha512').update(`${seed}`).digest().subarray(0, length));

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

describe('a grouped code', () => {
  it.each([1, 5, 16, 25, 32, 33])('comes back as the %i bytes that it was', (length) => {
    for (let seed = 0; seed < 50; seed += 1) {
      const bytes = bytesOf(seed, length);
      const code = toGroupedCode(bytes);
      expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5})*$/);
      expect(fromGroupedCode(code, length)).toEqual({ ok: true, bytes });
    }
  });

  it('is read as people type it', () => {
    const bytes = Uint8Array.from({ length: 25 }, (_, index) => (index % 2 === 0 ? 0 : 0x42));
    const code = toGroupedCode(bytes);
    expect(code).toMatch(/0/);
    const typed = ` ${code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `;
    expect(fromGroupedCode(typed, 25)).toEqual({ ok: true, bytes });
  });

  it('tells the group of every wrong character', () => {
    const code = toGroupedCode(bytesOf(1, 25));
    for (let at = 0; at < code.length; at += 1) {
      if (code[at] === '-') continue;
      for (const char of [...ALPHABET, 'U', '*']) {
        if (char === code[at]) continue;
        const slip = code.slice(0, at) + char + code.slice(at + 1);
        expect(fromGroupedCode(slip, 25)).toEqual({ ok: false, groups: [Math.floor(at / 6)] });
      }
    }
  });

  it('tells two characters exchanged within a group, and two groups exchanged', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const groups = toGroupedCode(bytesOf(seed, 25)).split('-');
      const first = [...(groups[0] ?? '')];
      for (let a = 0; a < 5; a += 1) {
        for (let b = a + 1; b < 5; b += 1) {
          if (first[a] === first[b]) continue;
          const changed = first.with(a, first[b] ?? '').with(b, first[a] ?? '');
          expect(fromGroupedCode([changed.join(''), ...groups.slice(1)].join('-'), 25).ok).toBe(false);
        }
      }
      for (let place = 1; place < groups.length; place += 1) {
        const moved = groups.with(0, groups[place] ?? '').with(place, groups[0] ?? '');
        if (moved[0] === groups[0]) continue;
        expect(fromGroupedCode(moved.join('-'), 25)).toEqual({ ok: false, groups: [0, place] });
      }
    }
  });

  it('tells a code that is too short or too long', () => {
    const code = toGroupedCode(bytesOf(3, 25));
    expect(fromGroupedCode(code.slice(1), 25)).toEqual({ ok: false, groups: [] });
    expect(fromGroupedCode(`${code}0`, 25)).toEqual({ ok: false, groups: [] });
    expect(fromGroupedCode('', 25)).toEqual({ ok: false, groups: [] });
  });
});
