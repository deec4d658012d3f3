// A whole station that reports without end until it is killed; or that only waits until its outbox is empty. Prints each
// report before it is submitted and once that was answered.
import { flushCompileCache } from 'node:module';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from '../../electron/app.ts';
import type { Output } from '../../shared/contract/channels.ts';
import { createRandom } from '../../shared/specimen/prng.ts';
import { NO_SHELL } from '../electron/no-shell.ts';
import { ADMINISTRATOR, CHEAP, OFFICER } from '../electron/set-up.ts';
import { badNetwork } from './bad-network.ts';

const [folder = '', address = '', code = '', seed = '1', mode = 'work', pictureHex = ''] =
  process.argv.slice(2);
flushCompileCache();
const random = createRandom(Number(seed));
const network = badNetwork(
  (method, target, headers, body) =>
    fetch(`${address}${target}`, {
      method,
      headers,
      ...(body === null ? {} : { body: new Uint8Array(body) }),
    }),
  { random, rate: mode === 'work' ? random.range(0, 0.6) : 0, lateMs: 1600 },
);
const app = await createApp({
  dataFolder: folder,
  version: '0',
  shell: NO_SHELL,
  kdf: CHEAP,
  report: (fault) => console.error(fault),
  sync: {
    transport: network.transport,
    pace: { firstMs: 40, longestMs: 400, answerMs: 1500, lookMs: 2000, usualPauseMs: 50 },
  },
});

async function ask<T>(channel: string, input: unknown): Promise<T> {
  const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
  if (!reply.ok) throw new Error(`${channel} ${reply.error.code} ${reply.error.fields ?? ''}`);
  return reply.value;
}

const signIn = ({ id, secret }: { id: string; secret: string }): Promise<unknown> =>
  ask('vault.sign-in', { officerId: id, secret });

async function enrolled(): Promise<void> {
  const { hub } = await ask<Output<'hub.state'>>('hub.state', {});
  if (hub !== null) return;
  await signIn(ADMINISTRATOR);
  // The hub may be down just now, and the network is what it is: as a person does, again.
  for (;;) {
    const reply = JSON.parse(await app.dispatch('hub.enrol', JSON.stringify({ address, code })));
    if (reply.ok) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await signIn(OFFICER);
}

const lines = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];

async function newCase(): Promise<{ examinationId: string; imageId: string }> {
  const put = JSON.parse(await app.putImage(Buffer.from(pictureHex, 'hex')));
  const imageId: string = put.value.id;
  const reading = {
    source: 'image',
    lines,
    rawLines: lines,
    corrections: [],
    lowConfidence: [],
    confidence: 0.9,
    outline: null,
    imageId,
  };
  const images = [{ id: imageId, light: 'white', source: 'camera' }];
  const draft = {
    id: uuidv7(),
    startedAt: new Date().toISOString(),
    documents: [{ id: uuidv7(), images, reading }],
  };
  const decision = { id: uuidv7(), outcome: 'referred', reasons: ['mrz'], note: '' };
  const judgedOn = new Date().toISOString().slice(0, 10);
  await ask('examination.save', { ...draft, decision, judgedOn });
  return { examinationId: draft.id, imageId };
}

type Content = Output<'report.prepare'>['content'];

async function contentOf(examinationId: string, imageId: string): Promise<Content> {
  const { content } = await ask<Output<'report.prepare'>>('report.prepare', { examinationId });
  const at = { x: random.int(0, 40), y: random.int(0, 20), width: 30, height: 20 };
  const { sha256, bytes, mime } = await ask<Output<'report.crop'>>('report.crop', {
    examinationId,
    imageId,
    at,
  });
  const crop = { sha256, bytes, mime, light: 'white', imageId, width: 96, height: 64, at } as const;
  return {
    ...content,
    fraud: {
      ...content.fraud,
      types: ['FG.photo_sub'],
      findings: [{ item: 'F3', result: 'differs', tool: 'OBL', note: 'A second edge beside the portrait.' }],
      tip: `Look left of the portrait, place ${at.x}.`,
    },
    images: random.chance(0.4) ? [{ ...crop, portrait: 'none', zone: 'none', showsNobody: true }] : [],
  };
}

await signIn(OFFICER);
await enrolled();
console.log('ready');

if (mode === 'work') {
  for (let turn = 0; ; turn += 1) {
    const { examinationId, imageId } = await newCase();
    const content = await contentOf(examinationId, imageId);
    const both = [{ tier: 'T2' }, { tier: 'T3' }].slice(0, random.int(1, 2));
    const audiences = both.map((audience) => ({ audience, replaces: null }));
    console.log(`begin ${turn}`);
    const submission = { id: uuidv7(), examinationId, content, audiences };
    const { reports } = await ask<Output<'report.submit'>>('report.submit', submission);
    for (const { id } of reports) console.log(`submitted ${id}`);
    await new Promise((resolve) => setTimeout(resolve, random.range(0, 60)));
  }
}

for (;;) {
  await ask('outbox.send-now', {});
  await new Promise((resolve) => setTimeout(resolve, 150));
  const { waiting, parked } = await ask<Output<'outbox.state'>>('outbox.state', {});
  if (parked > 0) throw new Error('something was parked');
  if (waiting === 0) break;
}
const { ok } = app.verifyAudit();
console.log(ok ? 'empty' : 'broken');
await app.close();
