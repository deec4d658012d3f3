// For every rule of the book situations in which it fires, one for each of its wordings, and in which it stays silent.
import type { Finding } from '../../shared/examination/findings.ts';
import { judge, type JudgeContext } from '../../shared/examination/judge.ts';
import { judgeDocuments } from '../../shared/examination/judge-documents.ts';
import type { Listed, ListKind } from '../../shared/examination/listed.ts';
import type { Print } from '../../shared/examination/print.ts';
import type { RuleId } from '../../shared/examination/rule.ts';
import type { LiveAlert } from '../../shared/examination/warned.ts';
import { checkDigit } from '../../shared/mrz/check-digit.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { MRV_A, TD1, TD1_LONG, TD2, TD3 } from '../mrz/specimens.ts';
import type { RuleCase, RuleCases } from './rule-coverage.ts';
import { altered, printed } from './zones.ts';

/** A day on which the specimens are valid. */
const DAY = '2012-04-15';

function zone(name: string, lines: readonly string[], context: Partial<JudgeContext> = {}): RuleCase {
  const today = context.today ?? DAY;
  return { name, findings: (): Finding[] => judge(parseMrz(lines, { today }), { ...context, today }) };
}

const SPECIMEN = zone('the specimen passport', TD3);
const passport = (...texts: [number, number, string][]) => printed('TD3', TD3, ...texts);
const card = (...texts: [number, number, string][]) => printed('TD1', TD1, ...texts);
const named = (text: string) => passport([1, 6, text.padEnd(39, '<')]);
const doubtAt = (line: number, column: number) => ({ lowConfidence: [{ line, column }] });

/** A long number whose digit counts the filler, or does not. */
function longNumber(issuer: string, filler: '<' | ''): string[] {
  const digit = checkDigit(`000590696${filler}101`);
  return card([1, 1, `ID${issuer}000590696<101${digit}<<<<<<<<<<<`], [2, 16, issuer]);
}

const POLISH = (number: string) =>
  passport([1, 3, 'POL'], [2, 11, 'POL'], [2, 14, '440514'], [2, 21, 'M'], [2, 29, number.padEnd(14, '<')]);

/** A page beside a zone, the specimen passport unless another is given. */
function page(name: string, print: Print, lines: readonly string[] = TD3, today = DAY): RuleCase {
  return {
    name,
    findings: () => judgeDocuments([{ lines, print }], today).flatMap(({ findings }) => findings),
  };
}

/** A document that lists were asked for, and what of it is on one of them. */
function listed(name: string, kind: ListKind, matched: Listed[], lines: readonly string[] = TD3): RuleCase {
  const list = { id: 'a', version: 1, kind, source: 'Utopia', until: '2012-12-31', importedAt: DAY, matched };
  return {
    name,
    findings: () => judgeDocuments([{ lines, lists: [list] }], DAY).flatMap(({ findings }) => findings),
  };
}

/** The label of the specimen passport's holder, valid to the same day. */
const LABEL = printed(
  'MRV-A',
  MRV_A,
  [1, 1, `V<UTO${'ERIKSSON<<ANNA<MARIA'.padEnd(39, '<')}`],
  [2, 11, 'UTO740812'],
  [2, 22, '120415'],
);
const label = (...texts: [number, number, string][]) => printed('MRV-A', LABEL, ...texts);

/** A visa and the specimen passport in one examination. */
function visa(
  name: string,
  lines: readonly string[],
  print: Print = {},
  book: readonly string[] = TD3,
): RuleCase {
  return {
    name,
    findings: () =>
      judgeDocuments([{ lines, print }, { lines: book }], DAY).flatMap(({ findings }) => findings),
  };
}

/** The specimen passport, or another zone, where an alert is in force. */
function warned(name: string, of: Partial<LiveAlert>, lines: readonly string[] = TD3): RuleCase {
  const alert: LiveAlert = {
    id: 'alert',
    tip: 'Tilt the page.',
    from: 'Police of Arcadia',
    expiresAt: '2012-05-01T00:00:00.000Z',
    types: ['passport_ord'],
    issuers: ['UTO'],
    numberRange: null,
    mrzPattern: [],
    ...of,
  };
  return {
    name,
    findings: () => judgeDocuments([{ lines, alerts: [alert] }], DAY).flatMap(({ findings }) => findings),
  };
}

export const RULE_CASES: Readonly<Record<RuleId, RuleCases>> = {
  'mrz.len': {
    fires: [zone('a row that is too short', [TD3[0] ?? '', 'L898902C36'])],
    silent: [SPECIMEN, zone('nothing read', [])],
  },
  'mrz.charset': {
    fires: [zone('a question mark', altered(TD3, 2, 21, '?'))],
    silent: [SPECIMEN],
  },
  'mrz.cd.num': {
    fires: [zone('a wrong digit of the number', altered(TD3, 2, 10, '7'))],
    silent: [
      SPECIMEN,
      zone('a digit in the name', altered(TD3, 1, 7, '1')),
      zone('a long number', TD1_LONG),
      zone('no number and no digit', printed('TD1', TD1, [1, 6, '<<<<<<<<<<'])),
    ],
  },
  'mrz.cd.dob': {
    fires: [zone('another year of birth', altered(TD3, 2, 15, '5'))],
    silent: [SPECIMEN, zone('an unknown birth with a digit', passport([2, 14, '<<<<<<']))],
  },
  'mrz.cd.exp': {
    fires: [zone('another year of expiry', altered(TD3, 2, 22, '3'))],
    silent: [SPECIMEN, zone('expired', TD3, { today: '2020-01-01' })],
  },
  'mrz.cd.opt': {
    fires: [zone('a filler over a personal number', altered(TD3, 2, 43, '<'))],
    silent: [
      SPECIMEN,
      zone('empty, with a filler', passport([2, 29, '<<<<<<<<<<<<<<<'])),
      zone('empty, with a 0', passport([2, 29, '<<<<<<<<<<<<<<0'])),
      zone('a visa, which has no such digit', MRV_A, { today: '1996-01-01' }),
    ],
  },
  'mrz.cd.comp': {
    fires: [
      zone('only the last digit wrong', altered(TD3, 2, 44, '1')),
      zone('a wrong digit of the number', altered(TD3, 2, 10, '7')),
    ],
    silent: [SPECIMEN, zone('a visa, which has none', MRV_A, { today: '1996-01-01' })],
  },
  'mrz.doccode': {
    fires: [
      zone('a card code on a passport', passport([1, 1, 'I<'])),
      zone('C1 of no issuer of it', card([1, 1, 'C1'])),
    ],
    silent: [SPECIMEN, zone('a two-letter code', passport([1, 1, 'PP'])), zone('a card', TD1)],
  },
  'mrz.issuer': {
    fires: [zone('an unknown issuer', passport([1, 3, 'XQX'])), zone('Yugoslavia', passport([1, 3, 'YUG']))],
    silent: [
      SPECIMEN,
      zone('Germany', passport([1, 3, 'D<<'])),
      zone('an organisation', passport([1, 3, 'XPO'])),
    ],
  },
  'mrz.nat': {
    fires: [
      zone('an unknown nationality', passport([2, 11, 'QQQ'])),
      zone('the Soviet Union', passport([2, 11, 'SUN'])),
      zone('none', passport([2, 11, '<<<'])),
    ],
    silent: [
      SPECIMEN,
      zone('a refugee', passport([2, 11, 'XXB'])),
      zone('Germany', passport([2, 11, 'D<<'])),
    ],
  },
  'mrz.dob.valid': {
    fires: [zone('30 February', passport([2, 14, '740230']))],
    silent: [
      SPECIMEN,
      zone('unknown', passport([2, 14, '<<<<<<'])),
      zone('29 February 2000', passport([2, 14, '000229'])),
    ],
  },
  'mrz.dob.future': {
    fires: [
      zone('born within the coming year', passport([2, 14, '121231'])),
      zone('born after expiry', passport([2, 14, '150101']), { today: '2026-11-22' }),
    ],
    silent: [SPECIMEN, zone('born today', passport([2, 14, '120415']))],
  },
  'mrz.exp.valid': {
    fires: [zone('month 13', passport([2, 22, '121315']))],
    silent: [SPECIMEN, zone('unknown', passport([2, 22, '<<<<<<']))],
  },
  'mrz.exp.far': {
    fires: [
      zone('a passport for more than eleven years', passport([2, 22, '230416'])),
      zone('a card for more than sixteen years', card([2, 9, '280416'])),
    ],
    silent: [
      SPECIMEN,
      zone('a passport for eleven years', passport([2, 22, '230415'])),
      zone('a card for sixteen years', card([2, 9, '280415'])),
      zone('no date of expiry', card([2, 9, '<<<<<<'])),
      zone('a date whose digit fails', altered(TD3, 2, 22, '3')),
    ],
  },
  'mrz.minor': {
    fires: [
      zone('six years and a day for a child of eleven', passport([2, 14, '000416'], [2, 22, '180416'])),
      zone(
        'five years and a day for an American of fifteen',
        passport([1, 3, 'USA'], [2, 14, '960416'], [2, 22, '170416']),
      ),
    ],
    silent: [
      SPECIMEN,
      zone('six years for a child of eleven', passport([2, 14, '000416'], [2, 22, '180415'])),
      zone('ten years from the twelfth birthday', passport([2, 14, '000415'], [2, 22, '220415'])),
      zone(
        'ten years for an American of sixteen',
        passport([1, 3, 'USA'], [2, 14, '960415'], [2, 22, '220415']),
      ),
      zone('a birth whose digit fails', altered(passport([2, 14, '000416'], [2, 22, '180416']), 2, 20, '9')),
      zone('a year of birth alone', passport([2, 14, '05<<<<'], [2, 22, '220415'])),
    ],
  },
  'mrz.sex': {
    fires: [zone('X', passport([2, 21, 'X']))],
    silent: [SPECIMEN, zone('the filler', passport([2, 21, '<']))],
  },
  'mrz.name.sep': {
    fires: [
      zone('a leading filler', named('<ERIKSSON<<ANNA')),
      zone('no separator', named('ERIKSSON<ANNA<MARIA')),
      zone('no name', named('')),
      zone('fillers for a surname elsewhere than in India', named('<<ANNA<MARIA')),
    ],
    silent: [
      SPECIMEN,
      zone('one name', named('ARKFREITH')),
      zone('no surname, of India', passport([1, 3, `IND${'<<ANNA<MARIA'.padEnd(39, '<')}`])),
    ],
  },
  'mrz.name.digit': {
    fires: [
      zone('1 for I', named('ER1KSSON<<ANNA')),
      zone(
        'a digit that the Russian table has not',
        passport([1, 1, `PNRUS${'S0KOLOV<<IVAN'.padEnd(39, '<')}`]),
      ),
      zone('digits in a Russian travel passport', passport([1, 1, `P<RUS${'3EHOV<<IVAN'.padEnd(39, '<')}`])),
    ],
    silent: [
      SPECIMEN,
      zone('a Russian internal passport', passport([1, 1, `PNRUS${'3EHOV<<IL98<PETROVI3'.padEnd(39, '<')}`])),
    ],
  },
  'mrz.opt': {
    fires: [zone('a Polish number of another birth', POLISH('44051501458'))],
    silent: [
      SPECIMEN,
      zone('a Polish number of this birth and sex', POLISH('44051401458')),
      zone('optional data of another shape', POLISH('4405150145')),
      zone('an issuer whose numbers are not known', passport([2, 14, '440514'], [2, 29, '44051501458<<<'])),
    ],
  },
  'mrz.exp.past': {
    fires: [zone('the day after', TD3, { today: '2012-04-16' })],
    silent: [
      SPECIMEN,
      zone('the month of expiry alone, within it', passport([2, 22, '1204<<']), { today: '2012-04-30' }),
    ],
  },
  'mrz.blind': {
    fires: [
      zone('a K among fillers', passport([2, 40, 'K'])),
      zone('an 8 read with doubt', TD3, doubtAt(1, 1)),
      zone('an L that the reader changed', TD3, {
        corrections: [{ row: 1, column: 0, from: '1', to: 'L', rule: 'class-map', reason: 'x' }],
      }),
    ],
    silent: [
      SPECIMEN,
      zone('doubt at a character with no look-alike of its class', TD3, doubtAt(1, 2)),
      zone('doubt in a date, which has digits only', TD3, doubtAt(1, 17)),
      zone('doubt at a filler after all data', TD3, doubtAt(1, 40)),
      zone('doubt where the digit fails', altered(TD3, 2, 10, '7'), doubtAt(1, 1)),
      zone('a K among fillers of a visa, where no digit looks', printed('MRV-A', MRV_A, [2, 40, 'K']), {
        today: '1996-01-01',
      }),
    ],
  },
  'mrz.quirk': {
    fires: [
      zone('no surname, of India', passport([1, 3, `IND${'<<ANNA<MARIA'.padEnd(39, '<')}`])),
      zone('a Russian internal passport', passport([1, 1, `PNRUS${'3EHOV<<IL98<PETROVI3'.padEnd(39, '<')}`])),
      zone('an American resident card', card([1, 1, 'C1USA'])),
      zone('an Estonian residence card', card([1, 1, 'RPEST'])),
      zone('a Belgian number with the filler counted', longNumber('BEL', '<')),
      zone('a Portuguese number with the filler counted', longNumber('PRT', '<')),
      zone(
        'a Spanish card for good',
        card([1, 1, 'IDESP'], [2, 1, '400812'], [2, 9, '990101'], [2, 16, 'ESP']),
      ),
      zone('a card of Macao', card([1, 3, 'MAC'], [2, 16, '<<<'])),
    ],
    silent: [
      SPECIMEN,
      zone('a Belgian number by the book', longNumber('BEL', '')),
      zone('a number of another issuer with the filler counted', longNumber('UTO', '<')),
      zone('a young Spaniard', card([1, 1, 'IDESP'], [2, 1, '050812'], [2, 9, '990101'], [2, 16, 'ESP'])),
      zone('the same code of another issuer', card([1, 1, 'C1'])),
      zone('an Indian passport with a surname', passport([1, 3, 'IND'])),
    ],
  },
  'mrz.name.trunc': {
    fires: [zone('a full name field', named('ERIKSSON<<ANNA<MARIA<BEATRICE<CONSTANZA'))],
    silent: [SPECIMEN, zone('one place left', named('ERIKSSON<<ANNA<MARIA<BEATRICE<CONSTANZ'))],
  },
  'mrz.long': {
    fires: [
      zone('a long number', TD1_LONG, { today: '1995-07-12' }),
      zone('whose digit counts the filler', longNumber('UTO', '<')),
    ],
    silent: [zone('a card', TD1), zone('a small card', TD2), SPECIMEN],
  },
  'x.name': {
    fires: [
      page('another letter', { primary: 'Eriksen', secondary: 'Anna Maria' }),
      page('one given name more', { primary: 'Eriksson', secondary: 'Anna Maria Sofia' }),
      page(
        'an umlaut typed without its dots',
        { primary: 'Muller', secondary: 'Jorg' },
        named('MUELLER<<JOERG'),
      ),
      page('given names first', { primary: 'Anna Maria', secondary: 'Eriksson' }),
      page(
        'Arabic letters for a name as heard',
        { primary: 'محمد', secondary: 'علي' },
        named('MOHAMMED<<ALI'),
      ),
      page(
        'a cut zone that goes on otherwise',
        { primary: 'Eriksson', secondary: 'Anna Maria Beatrice Felicia' },
        named('ERIKSSON<<ANNA<MARIA<BEATRICE<CONSTANZA'),
      ),
    ],
    silent: [
      page('the same name', { primary: 'Eriksson', secondary: 'Anna Maria' }),
      page('only the number looked at', { number: 'L898902C3' }),
      page('an umlaut by the book', { primary: 'Müller', secondary: 'Jörg' }, named('MUELLER<<JORG')),
      page('Cyrillic by the book', { primary: 'Щеглова', secondary: 'Юлия' }, named('SHCHEGLOVA<<IULIIA')),
      page(
        'Cyrillic as Bulgaria writes it',
        { primary: 'Христова', secondary: 'Ася' },
        named('HRISTOVA<<ASYA'),
      ),
      page('Arabic by the book', { primary: 'فضّة', secondary: '' }, named('FXDZXDZXAH')),
      page('a script without a table', { primary: '山田', secondary: '花子' }, named('YAMADA<<HANAKO')),
      page(
        'a cut name',
        { primary: 'Eriksson', secondary: 'Anna Maria Beatrice Constanza Felicia' },
        named('ERIKSSON<<ANNA<MARIA<BEATRICE<CONSTANZA'),
      ),
    ],
  },
  'x.num': {
    fires: [page('another digit', { number: 'L898902C4' }), page('O for 0', { number: 'L8989O2C3' })],
    silent: [
      page('the same, with spaces', { number: 'l 898902 c3' }),
      page('nothing typed', { number: ' ' }),
    ],
  },
  'x.dob': {
    fires: [
      page('another year', { birthDate: '12 AUG 1975' }),
      page('a Thai year', { birthDate: '12 AUG 2517' }),
      page('the month first', { birthDate: '08/12/1974' }),
      page('another century', { birthDate: '12 AUG 1874' }),
    ],
    silent: [
      page('English', { birthDate: '12 AUG 1974' }),
      page('French and English', { birthDate: '12 AOÛT/AUG 1974' }),
      page('numbers', { birthDate: '12.08.74' }),
      page('a text that is no date', { birthDate: 'see page 4' }),
      page('a month, where the zone has no more', { birthDate: '12 AUG 1974' }, passport([2, 14, '7408<<'])),
    ],
  },
  'x.exp': {
    fires: [
      page('another year', { expiryDate: '15 APR 2022' }),
      page('a Thai year', { expiryDate: '15 APR 2555' }),
      page('the month first', { expiryDate: '04/05/2012' }, passport([2, 22, '120405'])),
      page('another century', { expiryDate: '15 APR 2112' }),
    ],
    silent: [page('Spanish', { expiryDate: '15 ABR 2012' }), page('numbers', { expiryDate: '2012-04-15' })],
  },
  'x.sexnat': {
    fires: [page('M for F', { sex: 'M' }), page('another nationality', { nationality: 'FRA' })],
    silent: [
      page('F, in two languages', { sex: 'Ž/F', nationality: 'UTO' }),
      page('X for the filler', { sex: 'X' }, passport([2, 21, '<'])),
      page('a nationality as a word', { nationality: 'Utopian' }),
      page('Germany by three letters', { nationality: 'DEU' }, passport([2, 11, 'D<<'])),
    ],
  },
  'x.visa': {
    fires: [
      visa('another name', label([1, 6, 'ERIKSEN<'])),
      visa('given names first', label([1, 6, 'ANNA<MARIA<<ERIKSSON'])),
      visa('another spelling', label([1, 6, 'MUELLER<<ANNA<MARIA<']), {}, named('MULLER<<ANNA<MARIA')),
      visa('another nationality', label([2, 11, 'FRA'])),
      visa('a nationality left open', label([2, 11, 'XXX'])),
      visa('another birth', label([2, 14, '740813'])),
      visa('another sex', label([2, 21, 'M'])),
      visa('another passport, and another birth', label([2, 14, '740813']), { passportNumber: 'X1234567' }),
      visa('another passport of the same person', LABEL, { passportNumber: 'X1234567' }),
      visa('beginning after its end', LABEL, { validFrom: '16 APR 2012' }),
      visa('a stay longer than the window', LABEL, { validFrom: '01 APR 2012', stayDays: '16' }),
      visa('a visa that outlives the passport', label([2, 22, '120416'])),
    ],
    silent: [
      visa('label and passport of one person', LABEL, {
        passportNumber: 'L898902C3',
        validFrom: '01 APR 2012',
        stayDays: '15',
        entries: 'MULT',
      }),
      visa('a name cut by the shorter label', label([1, 6, 'ERIKSSON<<ANNA<MARIA<<<']), {}),
      visa('a year of birth alone', label([2, 14, '74<<<<'])),
      visa('no sex given', label([2, 21, '<'])),
      zone('a visa alone', MRV_A, { today: '1996-01-01' }),
      page('a passport alone', {}),
    ],
  },
  'x.alert': {
    fires: [
      warned('its range of numbers', { numberRange: { prefix: 'L898', length: 9 } }),
      warned('its kind alone', {}),
      warned('a digit that does not agree', { mrzPattern: ['mrz.cd.num'] }, altered(TD3, 2, 10, '7')),
    ],
    silent: [
      warned('another state', { issuers: ['ARC'] }),
      warned('another type', { types: ['passport_dip', 'visa_label'] }),
      warned('another beginning', { numberRange: { prefix: 'L899', length: 9 } }),
      warned('a longer number', { numberRange: { prefix: 'L898', length: 10 } }),
      warned('a digit that agrees', { mrzPattern: ['mrz.cd.num'] }),
      warned('one of two rules', { mrzPattern: ['mrz.cd.num', 'mrz.cd.dob'] }, altered(TD3, 2, 10, '7')),
      warned('a zone that was not read', {}, []),
    ],
  },
  'x.watch': {
    fires: [
      listed('a number that was lost', 'lost', ['number']),
      listed('a number on a stop list', 'stop', ['number']),
      listed('a number on a watch list', 'watch', ['number']),
      listed('a visa', 'lost', ['visa'], MRV_A),
      listed('a person', 'watch', ['person']),
    ],
    silent: [SPECIMEN, listed('lists that were asked in vain', 'lost', [])],
  },
};
