// Zone, page, visa and passport together: what specimens print, the days of a label, and judging again.
import { describe, expect, test } from 'vitest';
import { type FindingText, wordsOf } from '../../shared/examination/finding-words.ts';
import { differenceOf, judgeAgain, type RecordedFinding } from '../../shared/examination/judge-again.ts';
import { judgeDocuments } from '../../shared/examination/judge-documents.ts';
import { comparePrint, expectedPrint, PRINT_FIELDS, type Print } from '../../shared/examination/print.ts';
import { RULES_VERSION } from '../../shared/examination/rules.ts';
import { passportFor, visaDays } from '../../shared/examination/visa.ts';
import { type MrzRead, parseMrz } from '../../shared/mrz/parse.ts';
import { normaliseLines } from '../../shared/mrz/normalise.ts';
import { FAULTS } from '../../shared/specimen/faults.ts';
import { SPECIMEN_KINDS } from '../../shared/specimen/kinds.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { makeRecord } from '../../shared/specimen/record.ts';
import { fuzzInput } from '../bench/fuzz/inputs.ts';
import { MRV_A, TD1, TD3 } from '../mrz/specimens.ts';
import { altered, printed } from './zones.ts';

const TODAY = '2026-11-22';
const SEEDS = Array.from({ length: 40 }, (_, i) => i * 7919 + 1);

function read(lines: readonly string[], today = TODAY): MrzRead {
  const reading = parseMrz(lines, { today });
  if (!reading.ok) throw new Error('not read');
  return reading;
}

const ids = (lines: readonly string[], print: Print, today = TODAY): string[] =>
  judgeDocuments([{ lines, print }], today).flatMap(({ findings }) => findings.map(({ id }) => id));

describe('the page of a specimen', () => {
  test('agrees with its zone', () => {
    for (const kind of SPECIMEN_KINDS) {
      for (const seed of SEEDS) {
        const { lines, printed: page } = makeRecord(seed, kind, TODAY);
        const { surname: primary, givenNames: secondary, number, birthDate, sex, expiryDate } = page;
        const print = { primary, secondary, number, birthDate, sex, expiryDate };
        expect(
          ids(lines, print).filter((id) => id.startsWith('x.')),
          `${JSON.stringify(print)} ${lines.join(' ')}`,
        ).toEqual([]);
        const compared = Object.values(comparePrint(read(lines), print)).map(({ outcome }) => outcome);
        expect(compared.filter((outcome) => outcome !== 'equal' && outcome !== 'explained')).toEqual([]);
      }
    }
  });

  test.each(Object.entries(FAULTS).filter(([, { crossFindings }]) => crossFindings.length > 0))(
    'with the fault %s gives the finding it declares',
    (fault, { kinds, crossFindings }) => {
      for (const seed of SEEDS.slice(0, 10)) {
        const [kind = 'passport'] = kinds;
        const record = makeRecord(seed, kind, TODAY, fault as keyof typeof FAULTS);
        const {
          surname: primary,
          givenNames: secondary,
          number,
          birthDate,
          sex,
          expiryDate,
        } = record.printed;
        const found = ids(record.lines, { primary, secondary, number, birthDate, sex, expiryDate });
        expect(found.filter((id) => id.startsWith('x.'))).toEqual(crossFindings);
      }
    },
  );

  test('what the page should say agrees with the zone it comes from', () => {
    for (const lines of [TD3, TD1, MRV_A, printed('TD3', TD3, [2, 14, '7408<<'], [2, 21, '<'])]) {
      const reading = read(lines);
      const expected = expectedPrint(reading);
      for (const field of PRINT_FIELDS) {
        for (const text of expected[field]) {
          expect(ids(lines, { [field]: text }).filter((id) => id.startsWith('x.'))).toEqual([]);
        }
      }
    }
    expect(expectedPrint(read(TD3))).toMatchObject({
      primary: ['ERIKSSON'],
      secondary: ['ANNA MARIA'],
      birthDate: ['12 AUG 1974', '12.08.1974'],
      sex: ['F'],
    });
  });
});

describe('a difference', () => {
  test('where the reader was not sure says so', () => {
    const print = { number: 'L898902C4' };
    const [sure] = judgeDocuments([{ lines: TD3, print }], '2012-04-15')[0]?.findings ?? [];
    expect(sure?.text.innocent).toBe('finding.x.num.innocent');
    const doubted = judgeDocuments(
      [{ lines: TD3, print, lowConfidence: [{ line: 1, column: 8 }] }],
      '2012-04-15',
    );
    expect(doubted[0]?.findings.find(({ id }) => id === 'x.num')?.text.innocent).toBe(
      'finding.unsure.innocent',
    );
  });

  test('in the name alone: a part that was not looked at is taken as the zone has it', () => {
    expect(ids(TD3, { primary: 'Eriksson' }, '2012-04-15')).toEqual([]);
    expect(ids(TD3, { secondary: 'Anna Marie' }, '2012-04-15')).toEqual(['x.name']);
  });

  test.each([
    ['Muller', 'MUELLER<<ANNA<MARIA', 'spelling', 'note'],
    ['muller-loefler', 'MUELLER<LOFLER<<ANNA<MARIA', 'spelling', 'note'],
    ['Mueller', 'MULLER<<ANNA<MARIA', 'spelling', 'note'],
    ['Nunez', 'NUNXXEZ<<ANNA<MARIA', 'spelling', 'note'],
    ['Aberg', 'AABERG<<MARIA<ANNA', 'spelling', 'note'],
    // Another letter is no spelling, and neither is a name more.
    ['Miller', 'MUELLER<<ANNA<MARIA', undefined, 'look'],
    ['Muller', 'MUELLER<<ANNA', undefined, 'look'],
  ])('in how a letter is spelled: %s typed, %s in the zone', (primary, name, variant, severity) => {
    const lines = printed('TD3', TD3, [1, 1, `P<UTO${name.padEnd(39, '<')}`]);
    const print = { primary, secondary: 'Anna Maria' };
    const found = (judgeDocuments([{ lines, print }], '2012-04-15')[0]?.findings ?? []).filter(
      ({ id }) => id === 'x.name',
    );
    const title = ['finding', 'x', 'name', ...(variant === undefined ? [] : [variant]), 'title'].join('.');
    expect(found).toMatchObject([{ severity, text: { title } }]);
  });

  test('of a visa is named as an altered or transferred visa', () => {
    const [, visa] = judgeDocuments([{ lines: TD3 }, { lines: MRV_A }], '1996-01-01');
    const found = visa?.findings.filter(({ id }) => id === 'x.visa') ?? [];
    expect(found.map(({ text }) => text.title)).toContain('finding.x.visa.birth.title');
    expect(new Set(found.flatMap(({ fraud }) => fraud))).toEqual(
      new Set(['FG.visa_transfer', 'FG.visa_alter']),
    );
  });
});

test('nothing that is read or typed throws', () => {
  const random = createRandom(11);
  const typed = [
    '',
    'Eriksson',
    '12 AUG 1974',
    '31/02/26',
    '٣',
    '山',
    "O'",
    'МАРИЯ ж',
    '<',
    '-1',
    '99999',
    'محمّد',
  ];
  for (let index = 0; index < 400; index += 1) {
    const print = Object.fromEntries(
      [...PRINT_FIELDS, 'passportNumber', 'validFrom', 'stayDays', 'entries'].map((field) => [
        field,
        random.pick(typed),
      ]),
    );
    const document = (at: number) => ({ lines: normaliseLines(fuzzInput(3, at)), print });
    expect(
      judgeDocuments([document(index), document(index + 1), { lines: MRV_A, print }], TODAY),
    ).toHaveLength(3);
  }
});

describe('what the zone cannot say', () => {
  test('is not told as a difference: a nationality that is not printed, a field that was not read', () => {
    const french = ['IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<', '8806923102858CORINNE<<<<<<<6512068F6'];
    expect(ids(french, { nationality: 'FRA' }).filter((id) => id.startsWith('x.'))).toEqual([]);
    const unread = [TD3[0]?.replace('ERIKSSON', 'ERIKSS?N') ?? '', TD3[1] ?? ''];
    expect(ids(unread, { primary: 'Eriksson' }, '2012-04-15')).toEqual(['mrz.charset']);
  });

  test('nor between a visa and a passport', () => {
    const told = (label: readonly string[], book: readonly string[]) =>
      (judgeDocuments([{ lines: book }, { lines: label }], '1996-01-01')[1]?.findings ?? []).flatMap(
        ({ id, text }) => (id === 'x.visa' ? [text.title.split('.')[3]] : []),
      );
    const birth = printed('MRV-A', MRV_A, [2, 14, '740812']);
    const changed = printed('MRV-A', MRV_A, [2, 14, '740813']);
    expect(told(changed, TD3)).toContain('birth');
    expect(told(altered(birth, 2, 19, '?'), TD3)).toEqual(told(birth, TD3));
    expect(told(birth, altered(TD3, 2, 19, '?'))).toEqual(told(birth, TD3));
    const named = altered(birth, 1, 8, 'X');
    expect(told(named, TD3)).toContain('name');
    expect(told(altered(birth, 1, 8, '?'), TD3)).toEqual(told(birth, TD3));
  });

  test('a nationality that one of the two leaves open is a note, and no sign of another passport', () => {
    const label = printed('MRV-A', MRV_A, [2, 11, 'XXX']);
    const findings = judgeDocuments([{ lines: TD3 }, { lines: label }], '1996-01-01')[1]?.findings ?? [];
    expect(
      findings.find(({ text }) => text.title === 'finding.x.visa.nationality-open.title')?.severity,
    ).toBe('note');
    expect(findings.map(({ text }) => text.title)).not.toContain('finding.x.visa.nationality.title');
  });

  test('nor does what it says differ from itself: digits in a name, confirmed as they stand', () => {
    const internal = printed('TD3', TD3, [1, 1, `PNRUS${'ZDRIL7K<<SERGEQ<ANATOL9EVI3'.padEnd(39, '<')}`]);
    const { primary, secondary } = expectedPrint(read(internal));
    const print = { primary: primary[0], secondary: secondary[0] };
    expect(ids(internal, print).filter((id) => id.startsWith('x.'))).toEqual([]);
    expect(ids(internal, { ...print, secondary: 'SERGEQ ANATOL9EVI4' })).toContain('x.name');
  });
});

test('a part of a date that the zone gives is held against the page, whatever else it leaves open', () => {
  const found = (raw: string, birthDate: string) =>
    ids(printed('TD3', TD3, [2, 14, raw]), { birthDate }, '2012-04-15').filter((id) => id.startsWith('x.'));
  for (const raw of ['<<<<<<', '<<0812', '74<<12', '7408<<', '74<<<<']) {
    expect(found(raw, '12 AUG 1974'), raw).toEqual([]);
    expect(found(raw, '12.08.74'), raw).toEqual([]);
  }
  for (const raw of ['<<0812', '74<<12', '7408<<']) expect(found(raw, '13 SEP 1974'), raw).toEqual(['x.dob']);
});

test('a month before the day is told with two digits of a year as well', () => {
  const titles = (birthDate: string) =>
    (judgeDocuments([{ lines: TD3, print: { birthDate } }], '2012-04-15')[0]?.findings ?? []).map(
      ({ text }) => text.title,
    );
  expect(titles('12.08.74')).toEqual([]);
  expect(titles('08/12/74')).toEqual(['finding.x.dob.month-first.title']);
  expect(titles('12 MAR 74')).toEqual(['finding.x.dob.title']);
});

describe('the days of a visa', () => {
  const label = { reading: read(printed('MRV-A', MRV_A, [2, 22, '270131'])) };
  const passport = read(printed('TD3', TD3, [2, 22, '330415']));

  test('from the zone alone: the end is known, the window is not', () => {
    expect(visaDays(label, null, TODAY)).toEqual({
      from: null,
      until: '2027-01-31',
      windowDays: null,
      stayDays: null,
      entries: null,
      today: TODAY,
      position: null,
      daysLeft: 71,
      stayUntil: null,
      passportUntil: null,
    });
  });

  test('with what was typed: both ends count, the stay ends with the window', () => {
    const print = { validFrom: '01 NOV 2026', stayDays: '90', entries: 'MULT', expiryDate: '31.01.27' };
    expect(visaDays({ ...label, print }, passport, TODAY)).toMatchObject({
      from: '2026-11-01',
      until: '2027-01-31',
      windowDays: 92,
      stayDays: 90,
      entries: 'multiple',
      position: 'within',
      daysLeft: 71,
      stayUntil: '2027-01-31',
      passportUntil: '2033-04-15',
    });
    expect(
      visaDays({ ...label, print: { ...print, stayDays: '10', entries: '01' } }, null, TODAY),
    ).toMatchObject({
      entries: 'one',
      stayUntil: '2026-12-01',
    });
  });

  test.each([
    ['2026-10-31', 'before', null],
    ['2026-11-01', 'within', '2026-11-10'],
    ['2027-01-31', 'within', '2027-01-31'],
    ['2027-02-01', 'after', null],
  ])('on %s it stands %s', (today, position, stayUntil) => {
    const print = { validFrom: '01 NOV 2026', stayDays: '10' };
    expect(visaDays({ ...label, print }, null, today)).toMatchObject({ position, stayUntil });
  });

  test('a day that this century has not is no day', () => {
    const print = { validFrom: '29.02.27', expiryDate: '29.02.27', stayDays: '90' };
    expect(visaDays({ ...label, print }, null, TODAY)).toMatchObject({
      from: null,
      until: '2027-01-31',
      stayUntil: '2027-01-31',
    });
  });

  test.each([
    ['1', 'one'],
    ['02', 'two'],
    ['MULTIPLE', 'multiple'],
    ['mult', 'multiple'],
    ['M', 'multiple'],
    ['5', 'multiple'],
    ['perhaps', null],
  ])('entries as %s', (entries, expected) => {
    expect(visaDays({ ...label, print: { entries } }, null, TODAY).entries).toBe(expected);
  });

  test('belong to the passport whose number they name, else to the first passport, else to a card', () => {
    const other = read(printed('TD3', TD3, [2, 1, 'X1234567<']));
    const print = { passportNumber: 'X 1234567' };
    expect(passportFor({ ...label, print }, [label.reading, passport, other])).toBe(other);
    expect(passportFor(label, [label.reading, passport, other])).toBe(passport);
    const card = read(TD1);
    expect(passportFor(label, [card, passport])).toBe(passport);
    expect(passportFor(label, [card])).toBe(card);
    expect(passportFor(label, [label.reading])).toBe(null);
  });
});

describe('judging again', () => {
  const lines = altered(TD3, 2, 10, '7');
  const print = { primary: 'Eriksen', secondary: 'Anna Maria' };
  const judged = judgeDocuments([{ lines, print }, { lines: MRV_A }], TODAY).map(({ findings }) => findings);
  const record = (findings: (typeof judged)[number], index: number) => ({
    reading: index === 0 ? { lines, print } : { lines: MRV_A },
    findings,
    rulesVersion: '1.0.0',
    judgedOn: TODAY,
  });

  const told = (text: FindingText) => wordsOf(text, 'en', (id) => `words of ${id}`);
  const silent = () => undefined;

  test('tells a finding whose words are others now, in the language of that day alone', () => {
    const [first = []] = judged;
    const kept = first.map((finding) => ({ ...finding, words: told(finding.text) }));
    const others = (language: string) => (text: FindingText) =>
      wordsOf(text, language, (id) =>
        id.startsWith('finding.x.name.innocent') ? 'other' : `words of ${id}`,
      );
    const changed = (say: Parameters<typeof judgeAgain>[1], findings: RecordedFinding[] = kept) =>
      judgeAgain([{ ...record([], 0), findings }], say)[0]?.changed.map(({ before }) => before.id);
    expect(changed(told)).toEqual([]);
    expect(changed(others('en'))).toEqual(['x.name']);
    // Another language is no rewording, and of an old record only ids are known.
    expect(changed(others('fr'))).toEqual([]);
    expect(changed(others('en'), first)).toEqual([]);
  });

  test('by the same rules changes nothing, also after a journey as text', () => {
    const again = judgeAgain(JSON.parse(JSON.stringify(judged.map(record))), told);
    const same = { versionThen: '1.0.0', versionNow: RULES_VERSION, added: [], gone: [], changed: [] };
    expect(again).toEqual([same, same]);
  });

  test('tells what a rule book without these rules, with others, and with other words would have shown', () => {
    const [first = [], second = []] = judged;
    const [number, ...rest] = first;
    if (number === undefined) throw new Error('nothing found');
    const before = [
      { ...number, severity: 'note' as const },
      ...rest.filter(({ id }) => id !== 'x.name'),
      { ...number, id: 'mrz.gone' },
    ];
    const [again] = judgeAgain([record(before, 0), record(second, 1)], silent);
    expect(again?.added.map(({ id }) => id)).toEqual(['x.name']);
    expect(again?.gone.map(({ id }) => id)).toEqual(['mrz.gone']);
    expect(again?.changed).toEqual([{ before: before[0], after: number }]);
  });

  test('of several findings of one rule, those of one wording go together', () => {
    const visa = (variant: string) => ({
      id: 'x.visa',
      class: 'cross',
      severity: 'look',
      fields: [],
      places: [],
      fraud: [],
      text: { title: `finding.x.visa.${variant}.title` },
    });
    const [name, birth, sex] = [visa('name'), visa('birth'), visa('sex')];
    expect(differenceOf([name, birth], [birth, sex, name])).toEqual({ added: [sex], gone: [], changed: [] });
    expect(differenceOf([name], [sex])).toEqual({
      added: [],
      gone: [],
      changed: [{ before: name, after: sex }],
    });
  });

  test('a document without a reading has nothing to change', () => {
    expect(
      judgeAgain([{ reading: null, findings: [], rulesVersion: '1.0.0', judgedOn: TODAY }], told),
    ).toMatchObject([{ added: [], gone: [], changed: [] }]);
  });
});

test('what a list says stands before what a rule thinks of the zone, and behind what must be read again', () => {
  const list = {
    id: 'a',
    version: 1,
    kind: 'lost' as const,
    source: 'Utopia',
    until: '2026-12-31',
    importedAt: '2026-11-20T06:00:00.000Z',
    matched: ['number' as const],
  };
  const ids = (lines: readonly string[]) =>
    judgeDocuments([{ lines, lists: [list] }], '2026-11-23')[0]?.findings.map(({ id }) => id);
  expect(ids(TD3)).toEqual(['x.watch', 'mrz.exp.past']);
  expect(ids([TD3[0] ?? '', (TD3[1] ?? '').replace('ZE1', 'ZÉ1')])?.slice(0, 2)).toEqual([
    'mrz.charset',
    'x.watch',
  ]);
});
