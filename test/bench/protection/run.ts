// Cases of the second line from the counter to the signed report, each with an entry of protection; and whether anything
// but the protection file tells of it.
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { v7 as uuidv7 } from 'uuid';
import { type App, createApp } from '../../../electron/app.ts';
import { dayIn } from '../../../electron/services/context.ts';
import type { Channel, Input, Output } from '../../../shared/contract/channels.ts';
import { TI_SIGNS } from './signs.ts';
import { CASE_DISPOSITIONS, CASE_OUTCOMES, ITEM_ANSWERS } from '../../../shared/contract/case-ids.ts';
import {
  CHEAP,
  databaseOf,
  EXAMINER,
  OFFICER,
  SETTINGS,
  setupOf,
  ADMINISTRATOR,
} from '../../electron/set-up.ts';
import { NO_SHELL } from '../../electron/no-shell.ts';
import { textOfPdf } from '../../pdf-text.ts';

export interface Told {
  cases: number;
  /** Places that were searched: replies, files of exports, reports, rows of the ordinary store, events and faults. */
  places: number;
  reports: number;
  /** What told of protection, and where; no words of it. */
  hits: string[];
  /** Words of the case that had to be found where they belong, and were not: a search that finds nothing proves nothing. */
  missed: string[];
}

/** Nothing ordinary has a reason to say these. */
const WORDS = /protect|victim|asylum|child_procedure|\bTI\d\d\b|apart-from-companion/iu;

/** Same numbers for the same seed. */
function draws(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Desk {
  app: App;
  ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>>;
  /** Every reply that is not about protection, with its channel. */
  replies: [string, string][];
  others: string[];
}

async function openDesk(folder: string, printPdf: (page: string) => Promise<Uint8Array>): Promise<Desk> {
  const others: string[] = [];
  const app = await createApp({
    dataFolder: folder,
    version: '0.0.0-bench',
    kdf: CHEAP,
    shell: { ...NO_SHELL, can: { ...NO_SHELL.can, pdf: true }, printPdf },
    report: (fault) => others.push(fault),
  });
  app.subscribe((event, body) => others.push(`${event} ${body}`));
  const replies: [string, string][] = [];
  const ask = async <C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> => {
    const text = await app.dispatch(channel, JSON.stringify(input));
    replies.push([channel, text]);
    const reply = JSON.parse(text);
    if (reply.ok !== true)
      throw new Error(`${channel}: ${reply.error.code} ${reply.error.fields?.join() ?? ''}`);
    return reply.value;
  };
  return { app, ask, replies, others };
}

async function signIn({ ask }: Desk, { id, secret }: { id: string; secret: string }): Promise<void> {
  await ask('vault.sign-in', { officerId: id, secret });
}

async function staff(desk: Desk): Promise<void> {
  const { ask } = desk;
  await ask('station.setup', setupOf());
  const { secret, ...examiner } = EXAMINER;
  await ask('people.save', { ...examiner, secret: 'walks in for once' });
  await signIn(desk, { id: EXAMINER.id, secret: 'walks in for once' });
  await ask('vault.change-secret', { secret: 'walks in for once', newSecret: secret });
  await signIn(desk, OFFICER);
}

const mark = (kind: string, at: number): string => `${kind}-MARKER-${String(at).padStart(4, '0')}`;

type Protected = Input<'protection.record'>;

function entryOf(examinationId: string, at: number, draw: (below: number) => number): Protected {
  return {
    id: uuidv7(),
    examinationId,
    signs: [TI_SIGNS[draw(TI_SIGNS.length)] ?? 'TI30'],
    note: mark('NOTICED', at),
    needs: ['apart-from-companion'],
    answers: ['Q02', 'Q20'].map((questionId) => ({ questionId, note: mark('ANSWERED', at) })),
    referral: {
      contactId: null,
      contactName: mark('SHELTER', at),
      consent: 'yes',
      dispositions: ['asylum', 'protection_referral', 'child_procedure'],
    },
  };
}

/** From the counter to the signature; protection is recorded at the counter or at second line, whichever it falls on. */
async function walkCase(
  desk: Desk,
  at: number,
  image: string,
  draw: (below: number) => number,
): Promise<string> {
  const { ask } = desk;
  const [examinationId, documentId] = [uuidv7(), uuidv7()];
  const lines = [
    'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
    'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
  ];
  const reading = {
    source: 'image' as const,
    lines,
    rawLines: lines,
    corrections: [],
    lowConfidence: [],
    confidence: 0.98,
    outline: null,
    imageId: image,
  };
  const images = [{ id: image, light: 'white' as const, source: 'file' as const }];
  const draft = {
    id: examinationId,
    startedAt: new Date().toISOString(),
    documents: [{ id: documentId, images, reading }],
  };
  const early = draw(2) === 0;
  await ask('draft.save', draft);
  if (early) await ask('protection.record', entryOf(examinationId, at, draw));
  const decision = { id: uuidv7(), outcome: 'referred' as const, reasons: ['at-second-line'], note: '' };
  const judgedOn = dayIn(SETTINGS.timeZone, new Date());
  await ask('examination.save', { ...draft, judgedOn, decision });

  const enter = (entry: object) =>
    ask('case.enter', { examinationId, entry: { id: uuidv7(), ...entry } as Input<'case.enter'>['entry'] });
  await enter({ kind: 'taken' });
  const { documents } = await ask('case.open', { id: examinationId });
  const items = documents[0]?.itemIds ?? [];
  const differing: string[] = [];
  for (let count = 0; count < 8; count += 1) {
    const itemId = items[draw(items.length)] ?? '';
    const answer = ITEM_ANSWERS[draw(2)] ?? 'matched';
    if (differing.includes(itemId)) continue;
    if (answer === 'differs') differing.push(itemId);
    await enter({ kind: 'answer', documentId, itemId, answer, note: mark('ORDINARY', at), marks: [] });
    if (answer === 'matched' && differing.includes(itemId)) differing.splice(differing.indexOf(itemId), 1);
  }
  await enter({ kind: 'question', questionId: 'Q07', note: mark('ASKED', at) });
  if (!early) await ask('protection.record', entryOf(examinationId, at, draw));
  await enter({
    kind: 'outcome',
    outcome: CASE_OUTCOMES[draw(CASE_OUTCOMES.length)],
    dispositions: [CASE_DISPOSITIONS[draw(CASE_DISPOSITIONS.length)]],
    reasons: differing.map((itemId) => ({ documentId, itemId })),
    note: mark('CONCLUDED', at),
  });
  return examinationId;
}

/** Walks `count` cases in this folder, which is new, and searches everything that is not the protection file. */
export async function protectionScan(options: {
  folder: string;
  count: number;
  seed: number;
  printPdf: (page: string) => Promise<Uint8Array>;
}): Promise<Told> {
  const { folder, count, seed, printPdf } = options;
  const draw = draws(seed);
  const [data, out] = [join(folder, 'data'), join(folder, 'out')];
  mkdirSync(out, { recursive: true });
  const desk = await openDesk(data, printPdf);
  const { app, ask, replies, others } = desk;
  const places: [string, string][] = [];
  let reports = 0;
  try {
    await staff(desk);
    const ids: string[] = [];
    for (let at = 0; at < count; at += 1) {
      const bytes = await sharp({
        create: { width: 96, height: 64, channels: 3, background: { r: at % 256, g: 99, b: 99 } },
      })
        .png()
        .toBuffer();
      const { value } = JSON.parse(await app.putImage(bytes));
      ids.push(await walkCase(desk, at, value.id, draw));
    }
    await signIn(desk, EXAMINER);
    for (const [at, id] of ids.entries()) {
      const { outcomeId } = await ask('case.open', { id });
      const entry = { id: uuidv7(), kind: 'signed' as const, entryId: outcomeId ?? '' };
      await ask('case.enter', { examinationId: id, entry });
      await ask('history.open', { id });
      const exported = await ask('case.export', { examinationId: id, folder: out });
      for (const name of readdirSync(exported.path, { recursive: true, encoding: 'utf8' })) {
        if (/\.(json|txt)$/u.test(name))
          places.push([`export ${at} ${name}`, readFileSync(join(exported.path, name), 'utf8')]);
      }
      const printed = await ask('case.print', { examinationId: id, folder: out });
      const { page } = await ask('case.print', { examinationId: id, folder: null });
      places.push([`page ${at}`, page ?? '']);
      if (printed.path !== null) {
        places.push([`report ${at}`, await textOfPdf(readFileSync(printed.path))]);
        reports += 1;
      }
    }
    await ask('history.search', {
      text: '',
      state: '',
      from: null,
      to: null,
      outcome: null,
      limit: 500,
      offset: 0,
    });
    await ask('case.list', { show: 'all', limit: 200, offset: 0 });
    await signIn(desk, OFFICER);
    await ask('audit.verify', {});
    await ask('audit.day-log', { day: null });
    await signIn(desk, ADMINISTRATOR);
    await ask('diagnostics.save', { folder: out });
  } finally {
    await app.close();
  }
  for (const name of readdirSync(out))
    if (name.endsWith('.json') || name.endsWith('.txt'))
      places.push([`file ${name}`, readFileSync(join(out, name), 'utf8')]);
  const db = await databaseOf(data);
  const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all();
  for (const table of tables)
    places.push([`table ${table}`, JSON.stringify(db.prepare(`SELECT * FROM "${table}"`).all())]);
  db.close();
  for (const [channel, text] of replies)
    if (channel !== 'protection.record') places.push([`reply ${channel}`, text]);
  for (const said of others) places.push(['event or fault', said]);
  return {
    cases: count,
    places: places.length,
    reports,
    hits: hitsIn(places),
    missed: missedIn(places, count),
  };
}

const SECRET = /(NOTICED|ANSWERED|SHELTER)-MARKER/u;

/** Where something tells of protection; never its words. */
export function hitsIn(places: readonly [string, string][]): string[] {
  return places.flatMap(([where, text]) => [
    ...(SECRET.test(text) ? [`${where}: a marker of protection`] : []),
    ...(WORDS.test(text) ? [`${where}: a word of protection`] : []),
  ]);
}

/** Each ordinary note must stand in the report, the page and the export of its case, and in the store. */
function missedIn(places: readonly [string, string][], count: number): string[] {
  const missed: string[] = [];
  const store = places
    .filter(([where]) => where.startsWith('table case_entry'))
    .map(([, text]) => text)
    .join();
  for (let at = 0; at < count; at += 1) {
    const wanted = mark('CONCLUDED', at);
    for (const kind of ['report', 'page', 'export']) {
      const own = places.filter(([where]) => where === `${kind} ${at}` || where.startsWith(`${kind} ${at} `));
      if (!own.some(([, text]) => text.replaceAll(/\s+/gu, ' ').includes(wanted)))
        missed.push(`${kind} ${at}`);
    }
    if (!store.includes(wanted)) missed.push(`store ${at}`);
  }
  return missed;
}
