// A station in a process of its own that imports a table while its lane is asked, and then answers for near numbers.
import { createApp } from '../../../electron/app.ts';
import { checkDigit } from '../../../shared/mrz/check-digit.ts';
import type { Channel, Input, Output } from '../../../shared/contract/channels.ts';
import { NO_SHELL } from '../../electron/no-shell.ts';
import { OFFICER } from '../../electron/set-up.ts';
import { numbersOf } from './numbers.ts';

export interface StationFigures {
  importMs: number;
  /** Of the whole process, above what it held before the import. */
  memoryMiB: number;
  told: number;
  taken: number;
  entries: number;
  refused: number;
  /** Of one question of the lane while the import went on, and afterwards. */
  duringMs: number[];
  lookupMs: number[];
  missed: number;
  falseMatches: number;
  unlisted: number;
}

const [folder = '', table = '', seedText = '1', rowsText = '0', unlistedText = '0'] = process.argv.slice(2);
const [seed, rows, unlisted] = [seedText, rowsText, unlistedText].map(Number) as [number, number, number];
const SAMPLE_MS = 20;
const DURING_EVERY_MS = 50;
const LISTED = 20_000;
/** As many documents as one question may have. */
const AT_ONCE = 20;

const app = await createApp({
  dataFolder: folder,
  version: '0',
  shell: NO_SHELL,
  report: (fault) => process.stderr.write(`${fault}\n`),
});

// A command is not locked for want of a hand at the window.
const { dispatch, end } = app.command();

async function ask<C extends Channel>(channel: C, input: Input<C>): Promise<Output<C>> {
  const reply: { ok: boolean; value: Output<C>; error?: { code: string } } = JSON.parse(
    await dispatch(channel, JSON.stringify(input)),
  );
  if (!reply.ok) throw new Error(`${channel}: ${reply.error?.code}`);
  return reply.value;
}

/** The zone of a passport or card with this number. */
function zoneOf(number: string, state: string, type: string): string[] {
  const issuer = state.padEnd(3, '<');
  if (type === 'ID')
    return [
      `ID${issuer}${number}${checkDigit(number)}`.padEnd(30, '<'),
      `7408122F3204159${issuer}`.padEnd(29, '<') + '0',
      'ERIKSSON<<ANNA<MARIA'.padEnd(30, '<'),
    ];
  return [
    `P<${issuer}ERIKSSON<<ANNA<MARIA`.padEnd(44, '<'),
    `${number}${checkDigit(number)}${issuer}7408122F3204159`.padEnd(43, '<') + '0',
  ];
}

await ask('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });

const numbers = numbersOf(seed, rows);
const documentOf = (place: number, number?: string) => {
  const listed = numbers.listed(place);
  return { lines: zoneOf(number ?? listed.number, listed.state, listed.type) };
};
const isFound = (lists: Output<'lane.listed'>['documents'][number]): boolean =>
  lists.some(({ matched }) => matched.includes('number'));

async function timedLook(place: number): Promise<{ ms: number; found: boolean }> {
  const input = { documents: [documentOf(place)] };
  const begun = performance.now();
  const { documents } = await ask('lane.listed', input);
  return { ms: performance.now() - begun, found: isFound(documents[0] ?? []) };
}

// As warm as a station that has seen its first travellers.
for (let place = 0; place < 200; place += 1) await timedLook(place);
globalThis.gc?.();

const figures: StationFigures = {
  importMs: 0,
  memoryMiB: 0,
  told: 0,
  taken: 0,
  entries: 0,
  refused: 0,
  duringMs: [],
  lookupMs: [],
  missed: 0,
  falseMatches: 0,
  unlisted: 0,
};

app.subscribe((event) => {
  if (event === 'list.changed') figures.told += 1;
});
const before = process.memoryUsage.rss();
let most = before;
const sampling = setInterval(() => {
  most = Math.max(most, process.memoryUsage.rss());
}, SAMPLE_MS);
const begun = performance.now();
let isOver = false;
const wanted = { path: table, kind: 'lost', source: 'Measured', until: '2099-12-31' } as const;
const importing = ask('list.import', wanted).finally(() => {
  isOver = true;
});
while (!isOver) {
  figures.duringMs.push((await timedLook(figures.duringMs.length)).ms);
  await new Promise((resolve) => setTimeout(resolve, DURING_EVERY_MS));
}
const done = await importing;
figures.importMs = performance.now() - begun;
clearInterval(sampling);
figures.memoryMiB = (Math.max(most, process.memoryUsage.rss()) - before) / 2 ** 20;
figures.taken = done.taken;
figures.entries = done.entries;
figures.refused = done.rows - done.taken;

for (let look = 0; look < Math.min(rows, LISTED); look += 1) {
  const { ms, found } = await timedLook((look * 7919) % rows);
  figures.lookupMs.push(ms);
  if (!found) figures.missed += 1;
}

let waiting: { lines: string[] }[] = [];
async function lookAll(): Promise<void> {
  const { documents } = await ask('lane.listed', { documents: waiting });
  figures.unlisted += waiting.length;
  figures.falseMatches += documents.filter(isFound).length;
  waiting = [];
}
for (let place = 0; figures.unlisted + waiting.length < unlisted; place = (place + 104_729) % rows) {
  for (const number of numbers.near(numbers.listed(place).number)) {
    if (!numbers.isListed(number)) waiting.push(documentOf(place, number));
    if (waiting.length === AT_ONCE) await lookAll();
  }
}
await lookAll();
end();
await app.close();
process.stdout.write(`${JSON.stringify(figures)}\n`);
