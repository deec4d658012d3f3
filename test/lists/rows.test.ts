// What a row of a table becomes, and what a document is asked under: the two must meet, and nothing else may.
import { describe, expect, test } from 'vitest';
import type { ListKind } from '../../shared/examination/listed.ts';
import { areEnough, columnsOf, masked } from '../../shared/lists/columns.ts';
import { keysOfDocument, keysOfNumber, matchedOf } from '../../shared/lists/keys.ts';
import { rowReader } from '../../shared/lists/rows.ts';
import { MRV_A, TD1, TD3 } from '../mrz/specimens.ts';
import { printed } from '../examination/zones.ts';

const TODAY = '2012-04-15';
const NUMBER = 'L898902C3';

function read(headings: string, row: string, kind: ListKind = 'watch') {
  return rowReader(columnsOf(headings.split(';')), kind)(row.split(';'));
}

/** What of a document is on a list of these rows. */
function matched(headings: string, row: string, lines: readonly string[], kind: ListKind = 'watch') {
  const listed = read(headings, row, kind);
  if (typeof listed === 'string') return listed;
  const texts = listed.map(({ text }) => text);
  return matchedOf(keysOfDocument({ lines }, TODAY).filter(({ text }) => texts.includes(text)));
}

describe('headings', () => {
  test.each([
    ['Document No.;Issuing State;Type', ['number', 'state', 'type']],
    ['PASSPORT_NUMBER;country;dob', ['number', 'state', 'birth']],
    [
      'Numéro du document;Pays émetteur;Nom;Prénoms;Date de naissance',
      ['number', 'state', 'surname', 'given', 'birth'],
    ],
    ['Passnummer;Ausstellerstaat;Name;Geburtsdatum', ['number', 'state', 'name', 'birth']],
    ['Número;País;Apellidos;Nombres', ['number', 'state', 'surname', 'given']],
    ['visa number;number;number', ['visa', 'number', null]],
    ['No;Passport No;State', [null, 'number', 'state']],
    ['Nr.;Dokumentnummer;Land', [null, 'number', 'state']],
    ['Passport No;Number;State', ['number', null, 'state']],
    ['Number;No;State', ['number', null, 'state']],
    ['A1234567;UTO', [null, null]],
  ])('%s', (headings, roles) => {
    expect(columnsOf(headings.split(';'))).toEqual(roles);
  });

  test('what is enough depends on the kind: the holder of a lost document is not looked for', () => {
    expect(areEnough(['number'], 'lost')).toBe(true);
    expect(areEnough(['surname', 'birth'], 'watch')).toBe(true);
    expect(areEnough(['surname', 'birth'], 'lost')).toBe(false);
    expect(areEnough(['surname'], 'watch')).toBe(false);
    expect(areEnough(['state', null], 'stop')).toBe(false);
  });

  test('shapes show no value', () => {
    expect(masked('L898902C3')).toBe('A999999A9');
    expect(masked('Müller, Jørn 1974-08-12')).toBe('Aaaaaa, Aaaa 9999-99-99');
  });
});

describe('a number', () => {
  test.each([
    ['number', NUMBER],
    ['number', 'l898902-c3 '],
    ['number', 'Ｌ８９８９０２Ｃ３'],
    ['number;state', `${NUMBER};UTO`],
    ['number;state;type', `${NUMBER};uto;Passport`],
    ['number;state;type', `${NUMBER};UTO;Emergency paper`],
    ['number;type', `${NUMBER};PB`],
  ])('is found by %s: %s', (headings, row) => {
    expect(matched(headings, row, TD3)).toEqual(['number']);
  });

  test.each([
    ['number', 'L898902C4'],
    ['number', 'L898902C'],
    ['number', 'L8989O2C3'],
    ['number;state', `${NUMBER};XPO`],
    ['number;type', `${NUMBER};ID card`],
    ['number;type', `${NUMBER};V`],
    ['visa number', NUMBER],
  ])('is not found by %s: %s', (headings, row) => {
    expect(matched(headings, row, TD3)).toEqual([]);
  });

  test('of a card is that of a card', () => {
    expect(matched('number;state;type', 'D23145890;UTO;I', TD1)).toEqual(['number']);
    expect(matched('number;state;type', 'D23145890;UTO;P', TD1)).toEqual([]);
  });

  test('of Germany is found by either code', () => {
    const german = printed('TD3', TD3, [1, 3, 'D<<']);
    expect(matched('number;state', `${NUMBER};DEU`, german)).toEqual(['number']);
    expect(matched('number;state', `${NUMBER};D`, german)).toEqual(['number']);
  });

  test('typed of the page counts as well as the one in the zone', () => {
    const keys = keysOfDocument({ lines: TD3, print: { number: 'X 123-4567' } }, TODAY);
    const texts = keys.map(({ text }) => text);
    expect(texts).toContain(keysOfNumber('X1234567', '', null)[0]?.text);
    expect(texts).toContain(keysOfNumber(NUMBER, '', null)[0]?.text);
  });

  test('of a visa is a number of its own (V17)', () => {
    const label = 'L8988901C';
    expect(matched('visa number', label, MRV_A)).toEqual(['visa']);
    expect(matched('visa number;state', `${label};UTO`, MRV_A)).toEqual(['visa']);
    expect(matched('number;type', `${label};visa`, MRV_A)).toEqual(['visa']);
    expect(matched('number', label, MRV_A)).toEqual([]);
  });
});

describe('a person', () => {
  test.each([
    ['surname;given names;birth date', 'Eriksson;Anna Maria;1974-08-12'],
    ['surname;given names;birth date', 'ERIKSSON;ANNA;12.08.1974'],
    ['surname;given names;birth date', 'Eriksson;Anna;12 Aug 1974'],
    ['surname;given names;birth date', 'Eriksson;Anna;19740812'],
    ['Name;Vorname;Geburtsdatum', 'Eriksson;Anna Maria;12.08.1974'],
    ['name;birth date', 'ERIKSSON, Anna Maria;1974-08-12'],
    ['name;birth date', 'ERIKSSON<<ANNA<MARIA;1974-08-12'],
    ['name;birth date', 'Anna Maria Eriksson;1974-08-12'],
  ])('is found by %s: %s', (headings, row) => {
    expect(matched(headings, row, TD3)).toEqual(['person']);
  });

  test.each([
    ['surname;given names;birth date', 'Eriksson;Anna;1974-08-13'],
    ['surname;given names;birth date', 'Eriksson;Maria;1974-08-12'],
    ['surname;given names;birth date', 'Erikson;Anna;1974-08-12'],
    ['name;birth date', 'Anna Eriksson;1974-08-12'],
  ])('is not found by %s: %s', (headings, row) => {
    expect(matched(headings, row, TD3)).toEqual([]);
  });

  test('is one whichever way letters with marks are spelled', () => {
    const zone = printed('TD3', TD3, [1, 6, 'MUELLER<<JOERN'.padEnd(39, '<')]);
    for (const row of ['Müller;Jörn;1974-08-12', 'Muller;Jorn;1974-08-12', 'MUELLER;JOERN;1974-08-12'])
      expect(matched('surname;given;birth', row, zone), row).toEqual(['person']);
  });

  test('whose document was lost is not looked for', () => {
    const row = `${NUMBER};Eriksson;Anna;1974-08-12`;
    expect(matched('number;surname;given;birth', row, TD3, 'lost')).toEqual(['number']);
    expect(matched('number;surname;given;birth', row, TD3, 'stop')).toEqual(['number', 'person']);
  });
});

describe('a row that says nothing', () => {
  test.each([
    ['number', '', 'nothing'],
    ['number', 'n/a?', 'number'],
    ['number', '12', 'length'],
    ['number', '1234567890123456789012345', 'length'],
    ['number;state', `${NUMBER};Utopia`, 'state'],
    ['surname;birth', 'Eriksson;1974', 'birth'],
    ['surname;birth', 'Eriksson;1974-02-30', 'birth'],
    ['surname;birth', 'Эрикссон;1974-08-12', 'name'],
  ])('%s: %s is refused for %s', (headings, row, fault) => {
    expect(read(headings, row)).toBe(fault);
  });

  test('of which something can be looked up is taken', () => {
    expect(read('number;surname;given;birth', '?;Eriksson;Anna;1974-08-12')).toHaveLength(1);
  });
});

test('an unread zone asks for nothing', () => {
  expect(keysOfDocument({ lines: [] }, TODAY)).toEqual([]);
  expect(keysOfDocument({ lines: ['P<UTO'] }, TODAY)).toEqual([]);
});
