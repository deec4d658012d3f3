// Names, document codes and state codes: lawful rarities and real faults.
import { describe, expect, test } from 'vitest';
import { documentCodeKnown, documentType } from '../../shared/mrz/document-code.ts';
import { readName } from '../../shared/mrz/names.ts';
import { findState, STATES } from '../../shared/mrz/states.ts';
import words from '../../assets/text/en/states.json' with { type: 'json' };

const field = (text: string, length = 39) => text.padEnd(length, '<');

describe('names', () => {
  test.each([
    ['ERIKSSON<<ANNA<MARIA', 'ERIKSSON', 'ANNA MARIA'],
    ['VAN<DER<MUELLEN<<MARIANNE<LOUISE', 'VAN DER MUELLEN', 'MARIANNE LOUISE'],
    ['ARKFREITH', 'ARKFREITH', ''],
    ['O<CONNOR<<ENYA<SIOBHAN', 'O CONNOR', 'ENYA SIOBHAN'],
  ])('%s is lawful', (text, primaryIdentifier, secondaryIdentifier) => {
    expect(readName(field(text))).toEqual({
      primaryIdentifier,
      secondaryIdentifier,
      truncated: false,
      faults: [],
    });
  });

  test('a full field may be cut, with and without a second identifier', () => {
    const both = 'NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K';
    expect(readName(both)).toMatchObject({
      truncated: true,
      faults: [],
      primaryIdentifier: 'NILAVADHANANANDA',
    });
    const one = 'BENNELONG<WOOLOOMOOLOO<WARRANDYTE<WARNA';
    expect(readName(one)).toMatchObject({ truncated: true, faults: [], secondaryIdentifier: '' });
    expect(readName('').truncated).toBe(false);
  });

  test.each([
    ['', [['empty', 0, 39]]],
    ['<ERIKSSON<<ANNA', [['leading-filler', 0, 1]]],
    ['ERIKSSON<<ANNA<<MARIA', [['separator-repeated', 14, 16]]],
    ['ERIKSSON<<<ANNA', [['separator-repeated', 8, 11]]],
    ['ERIKSSON<ANNA<MARIA', [['separator-missing', 0, 19]]],
    [
      '<ERIKSSON<ANNA',
      [
        ['leading-filler', 0, 1],
        ['separator-missing', 1, 14],
      ],
    ],
  ])('%s has faults', (text, faults) => {
    expect(readName(field(text)).faults.map(({ fault, start, end }) => [fault, start, end])).toEqual(faults);
  });
});

describe('document codes', () => {
  test.each([
    ['TD3', 'P<', 'passport_ord'],
    ['TD3', 'PP', 'passport_ord'],
    ['TD3', 'PA', 'passport_ord'],
    ['TD3', 'PD', 'passport_dip'],
    ['TD3', 'PO', 'passport_srv'],
    ['TD3', 'PR', 'refugee_td'],
    ['TD1', 'I<', 'id_card'],
    ['TD1', 'IR', 'residence'],
    ['TD1', 'AC', 'crew'],
    ['TD2', 'ID', 'id_card'],
    ['MRV-A', 'V<', 'visa_label'],
    ['MRV-B', 'VC', 'visa_label'],
  ] as const)('%s %s is %s', (format, code, type) => {
    expect(documentCodeKnown(format, code)).toBe(true);
    expect(documentType(format, code, 'UTO')).toBe(type);
  });

  test('PS is told by the nationality', () => {
    expect(documentType('TD3', 'PS', 'XXA')).toBe('stateless_td');
    expect(documentType('TD3', 'PS', 'UTO')).toBe('passport_srv');
  });

  test.each([
    ['TD3', 'I<'],
    ['TD3', 'P1'],
    ['TD3', '<P'],
    ['TD1', 'IV'],
    ['TD1', 'V<'],
    ['TD2', 'P<'],
    ['TD2', ''],
    ['MRV-A', 'V8'],
  ] as const)('%s does not know %s', (format, code) => {
    expect(documentCodeKnown(format, code)).toBe(false);
    expect(documentType(format, code, 'UTO')).toBe('other');
  });
});

describe('states', () => {
  // Doc 9303-3 section 5, parts A to F, and the codes that are no state of ISO 3166-1.
  test.each(
    [
      'UTO D<< D DEU THA RKS XXK EUE ANT NTZ IAO',
      'GBD GBN GBO GBP GBR GBS',
      'UNO UNA UNK',
      'XBA XIM XCC XCE XCO XEC XPO XES XMP XOM XDC',
      'XXA XXB XXC XXX',
    ].flatMap((codes) => codes.split(' ')),
  )('%s is in the list', (code) => {
    expect(findState(code)?.current).toBe(true);
  });

  test.each(['XYZ', 'WSA', '<<<', '', 'S<I', '<D<', 'uto', 'D01', 'constructor'])('%s is not', (code) => {
    expect(findState(code)).toBeNull();
  });

  test.each([
    ['YUG', 2003],
    ['SUN', 1992],
    ['ZAR', 1997],
    ['BUR', 1989],
  ])('%s is withdrawn', (code, withdrawn) => {
    expect(findState(code)).toEqual({ code, kind: 'withdrawn', current: false, withdrawn });
  });

  test('all of ISO 3166-1, and a name for every code and no other', () => {
    expect([...STATES.values()].filter(({ kind }) => kind === 'state')).toHaveLength(249 + 3);
    expect(Object.keys(words).sort()).toEqual([...STATES.keys()].map((code) => `state.${code}`).sort());
  });
});
