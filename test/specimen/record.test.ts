// What specimens say: valid zones, dates around today, and faults that give exactly what they declare.
import { describe, expect, it } from 'vitest';
import { judge } from '../../shared/examination/judge.ts';
import { FORMATS } from '../../shared/mrz/formats.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { expectedFindings, FAULT_IDS, FAULTS } from '../../shared/specimen/faults.ts';
import { KINDS, SPECIMEN_KINDS } from '../../shared/specimen/kinds.ts';
import { makeRecord } from '../../shared/specimen/record.ts';
import { nameField, transliterate } from '../../shared/specimen/transliterate.ts';

const TODAY = '2026-11-22';
const SEEDS = Array.from({ length: 60 }, (_, i) => i * 7919 + 1);

/** ICAO Doc 9303-3 §4.9, written once more so that the composer is not judged by its own arithmetic. */
function digitOf(text: string): string {
  let sum = 0;
  [...text].forEach((character, i) => {
    const value = character === '<' ? 0 : Number.parseInt(character, 36);
    sum += value * ([7, 3, 1][i % 3] ?? 0);
  });
  return String(sum % 10);
}

function findingsOf(lines: readonly string[]): string[] {
  const reading = parseMrz([...lines], { today: TODAY });
  return judge(reading, { today: TODAY })
    .filter((finding) => finding.class !== 'info')
    .map((finding) => finding.id);
}

describe('a record without a fault', () => {
  it.each(SPECIMEN_KINDS)('%s: rows of the right size, every digit right, nothing to look at', (kind) => {
    const format = FORMATS[KINDS[kind].format];
    for (const seed of SEEDS) {
      const { lines, printed } = makeRecord(seed, kind, TODAY);
      expect(lines.map((line) => line.length)).toEqual(
        Array.from({ length: format.rows }, () => format.columns),
      );
      for (const line of lines) expect(line).toMatch(/^[A-Z0-9<]+$/);
      for (const digit of format.checkDigits) {
        const covered = digit.covers.map((p) => (lines[p.row] ?? '').slice(p.start, p.end)).join('');
        const printedDigit = (lines[digit.at.row] ?? '').charAt(digit.at.start);
        const mayBeEmpty = digit.id === 'optional' && /^<*$/.test(covered);
        expect(printedDigit).toBe(mayBeEmpty ? '<' : digitOf(covered));
      }
      expect(findingsOf(lines), lines.join(' ')).toEqual([]);
      expect(printed.issuer).toBe('UTOPIO / UTOPIA');
    }
  });

  it('says the same for the same seed and something else for another', () => {
    expect(makeRecord(5, 'passport', TODAY)).toEqual(makeRecord(5, 'passport', TODAY));
    const rows = SEEDS.map((seed) => makeRecord(seed, 'passport', TODAY).lines.join());
    expect(new Set(rows).size).toBe(SEEDS.length);
  });

  it('is issued before today, after the birth of its holder, and still valid', () => {
    for (const seed of SEEDS) {
      for (const kind of SPECIMEN_KINDS) {
        const reading = parseMrz([...makeRecord(seed, kind, TODAY).lines], { today: TODAY });
        if (!reading.ok) throw new Error('not read');
        expect(reading.fields.birthDate.iso?.localeCompare(TODAY)).toBe(-1);
        expect(reading.fields.expiryDate.iso?.localeCompare(TODAY)).toBe(1);
      }
    }
  });

  it('follows the day it is given', () => {
    const later = parseMrz([...makeRecord(5, 'passport', '2041-03-01').lines], { today: '2041-03-01' });
    expect(later.ok && (later.fields.expiryDate.iso ?? '') > '2041-03-01').toBe(true);
  });
});

describe.each(FAULT_IDS)('fault %s', (id) => {
  it.each(FAULTS[id].kinds)('%s: gives rise to exactly the declared findings', (kind) => {
    for (const seed of SEEDS) {
      const record = makeRecord(seed, kind, TODAY, id);
      const expected = expectedFindings(id, record.format);
      expect(record.faults).toEqual([id]);
      expect(findingsOf(record.lines).sort(), record.lines.join(' ')).toEqual(expected.sort());
    }
  });

  it('leaves the rest of the document as it was', () => {
    const kind = FAULTS[id].kinds[0] ?? 'passport';
    const good = makeRecord(99, kind, TODAY);
    const bad = makeRecord(99, kind, TODAY, id);
    expect([...bad.lines, ...Object.values(bad.printed)]).not.toEqual([
      ...good.lines,
      ...Object.values(good.printed),
    ]);
    expect(bad.printed.givenNames).toBe(good.printed.givenNames);
    const differ = FAULTS[id].crossFindings.length > 0 && FAULTS[id].findings.length === 0;
    if (differ) expect(bad.lines).toEqual(good.lines);
  });
});

it('refuses a fault on a kind that cannot have it', () => {
  expect(() => makeRecord(1, 'visa-a', TODAY, 'composite-wrong')).toThrow(RangeError);
});

describe('names in the machine readable zone', () => {
  it('are written as Doc 9303-3 §6 asks', () => {
    expect(transliterate("O'TARAVAO")).toBe('OTARAVAO');
    expect(transliterate('NUYEN-PHAL')).toBe('NUYEN<PHAL');
    expect(transliterate('ÞORNVALD Åslaug')).toBe('THORNVALD<AASLAUG');
    expect(transliterate('Ŝtonaro Üyelø Doğan')).toBe('STONARO<UEYELOE<DOGAN');
  });

  it('are cut and filled to the field', () => {
    expect(nameField('SALIKONTO', 'Marteno', 25)).toBe('SALIKONTO<<MARTENO<<<<<<<');
    expect(nameField('MOANALUA', '', 12)).toBe('MOANALUA<<<<');
    expect(nameField('VONGSAY', 'Chantrea Mai', 14)).toBe('VONGSAY<<CHANT');
  });
});
