// The core of `check`: plain objects for good rows, an error for every row that is none, and never a throw.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import findingWords from '../../assets/text/en/findings.json' with { type: 'json' };
import { checkRow } from '../../shared/examination/check.ts';
import { MRV_B, TD1_LONG, TD3, TODAY } from '../mrz/specimens.ts';

const words: Readonly<Record<string, string>> = findingWords;
const text = (id: string) => words[id] ?? `missing: ${id}`;

describe('rows that can be checked', () => {
  test('a passport, with words', () => {
    const checked = checkRow({ lines: TD3 }, { today: TODAY, text });
    expect(checked).toEqual({
      format: 'TD3',
      fields: {
        documentCode: 'P',
        documentType: 'passport_ord',
        issuer: 'UTO',
        number: 'L898902C3',
        nationality: 'UTO',
        birthDate: '1974-08-12',
        birthDateRaw: '740812',
        birthDateCentury: 'latest-not-future',
        sex: 'F',
        expiryDate: '2012-04-15',
        expiryDateRaw: '120415',
        expiryDateCentury: 'nearest-to-today',
        optional: 'ZE184226B',
        optional2: '',
        primaryIdentifier: 'ERIKSSON',
        secondaryIdentifier: 'ANNA MARIA',
        nameTruncated: false,
      },
      checkDigits: {
        number: 'holds',
        birth: 'holds',
        expiry: 'holds',
        optional: 'holds',
        composite: 'holds',
      },
      findings: [
        {
          id: 'mrz.exp.past',
          class: 'status',
          severity: 'look',
          fields: ['expiryDate'],
          places: [{ row: 1, start: 21, end: 27 }],
          fraudTypes: ['MU.expired'],
          title: 'The document has expired',
          fraud: words['finding.mrz.exp.past.fraud'],
          innocent: words['finding.mrz.exp.past.innocent'],
        },
      ],
      explanations: [],
      // No digit sees the upper row, nationality and sex; the composite digit is seen by itself alone.
      protection: ['0'.repeat(44), '22222222220002222222022222222222222222222221'],
    });
  });

  test('other forms of the same lines, and more names in the row', () => {
    const plain = checkRow({ lines: MRV_B }, { today: TODAY });
    expect(checkRow({ id: 7, lines: MRV_B.join('\r\n') }, { today: TODAY })).toEqual(plain);
    expect(checkRow({ lines: [MRV_B.join('').toLowerCase()] }, { today: TODAY })).toEqual(plain);
    for (const row of [{ mrz: MRV_B }, { mrz: MRV_B.join('\n') }, MRV_B, MRV_B.join('')])
      expect(checkRow(row, { today: TODAY })).toEqual(plain);
    expect(plain).toMatchObject({
      format: 'MRV-B',
      checkDigits: { optional: 'not-applicable', composite: 'not-applicable' },
    });
  });

  test('without words the catalogue ids stand in their place', () => {
    expect(checkRow({ lines: TD1_LONG }, { today: '1990-01-01' })).toMatchObject({
      fields: { number: 'D23145890734' },
      findings: [{ id: 'mrz.long', fraud: 'finding.mrz.long.fraud', innocent: 'finding.mrz.long.innocent' }],
    });
  });

  test('foreign characters are an error, and what could be read is there', () => {
    const checked = checkRow({ lines: [TD3[0]?.replace('ANNA', 'ÁNNA'), TD3[1]] }, { today: TODAY, text });
    expect(checked).toMatchObject({
      format: 'TD3',
      error: { code: 'mrz-characters' },
      fields: { number: 'L898902C3' },
    });
    expect(checked.findings?.[0]).toMatchObject({
      id: 'mrz.charset',
      retake: words['finding.mrz.charset.retake'],
    });
  });
});

describe('rows that cannot', () => {
  test.each([
    [null, 'row-not-object'],
    [5, 'row-not-object'],
    [[5], 'lines-not-text'],
    ['P<UTO', 'mrz-rows'],
    [{ mrz: 5 }, 'lines-not-text'],
    [{}, 'lines-missing'],
    [{ line: TD3 }, 'lines-missing'],
    [{ lines: null }, 'lines-not-text'],
    [{ lines: 5 }, 'lines-not-text'],
    [{ lines: [TD3[0], 5] }, 'lines-not-text'],
    [{ lines: { 0: TD3[0] } }, 'lines-not-text'],
    [{ lines: [] }, 'mrz-empty'],
    [{ lines: ['', ' '] }, 'mrz-empty'],
    [{ lines: [TD3[0]] }, 'mrz-rows'],
    [{ lines: [TD3[0], `${TD3[1]}0`] }, 'mrz-length'],
  ])('row %# has an error', (row, code) => {
    const failed = checkRow(row, { today: TODAY, text });
    expect(failed.error).toEqual({ code, message: words[`check.error.${code}`] });
    expect(failed).not.toHaveProperty('format');
  });

  test('an error never repeats what the row holds', () => {
    const failed = checkRow({ lines: ['P<UTOERIKSSON<<ANNA', 'L898902C36UTO'] }, { today: TODAY, text });
    expect(JSON.stringify(failed)).not.toMatch(/ERIKSSON|L898902/u);
  });

  test('any JSON value gives an object', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.record({ lines: fc.jsonValue() })), (row) => {
        const answer = checkRow(row, { today: TODAY });
        expect('error' in answer || 'format' in answer).toBe(true);
        JSON.stringify(answer);
      }),
      { numRuns: 500, seed: 20261122 },
    );
  });
});
