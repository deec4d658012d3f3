// What officers write: sentences that say nothing of anybody, and all the ways in which one lets something slip.
import type { Random } from '../../../shared/specimen/prng.ts';
import type { Traveller } from './travellers.ts';

const CLEAN = [
  'The emblem stays dark when the page is tilted under one light.',
  'A step can be felt along the lower edge of the picture.',
  'Under ultraviolet light the paper shines; it should stay dull.',
  'The lines of the background are made of dots, seen at ten times.',
  'Page 7 and page 26 are of another paper; the thread was sewn anew.',
  'Series 2015-2019 has a solid line here.',
  'Look at the third leaf of the emblem first, then at the edge.',
  'Do tilt the page. Do not bend it.',
];

export const cleanText = (random: Random): string => random.pick(CLEAN);

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
);

function dayForms(iso: string): string[] {
  const [year = '', month = '', date = ''] = iso.split('-');
  const [m, d] = [String(Number(month)), String(Number(date))];
  const name = MONTHS[Number(month) - 1] ?? '';
  return [
    iso,
    `${date}.${month}.${year}`,
    `${d}/${m}/${year}`,
    `${month}/${date}/${year}`,
    `${d} ${name} ${year}`,
    `${name} ${d}, ${year}`,
    `${d}. ${name.slice(0, 3)} ${year}`,
    `${date}${name.slice(0, 3).toUpperCase()}${year}`,
    `${year.slice(2)}${month}${date}`,
    `${date}${month}${year}`,
    `${date} ${month} ${year.slice(2)}`,
    `${year}.${month}.${date}`,
  ];
}

const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');
const proper = (text: string): string =>
  text.toLowerCase().replaceAll(/(^|[ -])\p{L}/gu, (each) => each.toUpperCase());

function nameForms({ latin, printed }: Traveller): string[] {
  const parts = [latin.primary, latin.secondary, printed.primary, printed.secondary].filter(
    (part) => part.length > 3,
  );
  const whole = `${printed.secondary} ${printed.primary}`;
  return [
    ...parts.flatMap((part) => [part, part.toLowerCase(), proper(part), plain(part), `${proper(part)}’s`]),
    whole,
    proper(whole),
    whole.replaceAll(/[ -]/gu, ''),
    [...latin.primary].join(' '),
    latin.primary.replace(/^(..)/u, '$1-'),
  ];
}

function numberForms({ number, personalNumber, visaNumber }: Traveller): string[] {
  return [number, personalNumber, visaNumber].flatMap((each) => [
    each,
    each.toLowerCase(),
    each.replaceAll(/(...)/gu, '$1 ').trim(),
    each.replaceAll(/(..)/gu, '$1-').replace(/-$/u, ''),
    `the last five are ${each.slice(-5)}`,
  ]);
}

const PROTECTION = [
  'She asked for asylum.',
  'A victim of trafficking, sign TI06.',
  'Sent to the protection officer.',
  'Exploited by an employer.',
];

/** A text that lets something slip. */
export function leakyText(random: Random, of: Traveller): string {
  const slips = random.pick([
    nameForms(of),
    numberForms(of),
    dayForms(of.birthDate),
    dayForms(of.expiresOn),
    [of.phone, of.phone.replaceAll(' ', ''), 'agent.nine@mail.example.org', '@agent_nine'],
    PROTECTION,
    [of.officers[0]?.split(' ')[1] ?? ''],
  ]);
  const slip = random.pick(slips);
  return random.pick([
    `${cleanText(random)} ${slip}`,
    `${slip}: ${cleanText(random)}`,
    `It was ${slip}, as the officer saw.`,
    slip,
  ]);
}
