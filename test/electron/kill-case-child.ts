// Two officers who work at cases without end until they are killed; prints each entry before it is sent and once it was answered. May stop after one.
import { flushCompileCache } from 'node:module';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from '../../electron/app.ts';
import { NO_SHELL } from './no-shell.ts';
import { CHEAP, EXAMINER, OFFICER } from './set-up.ts';

const [folder = '', pictureHex = '', stopAfter = '0'] = process.argv.slice(2);
flushCompileCache();
console.log('opening');
const app = await createApp({
  dataFolder: folder,
  version: '0',
  shell: NO_SHELL,
  kdf: CHEAP,
  report: (fault) => console.error(fault),
});

type Call = (channel: string, body: string) => Promise<string>;

const asker =
  (call: Call) =>
  async (channel: string, input: unknown): Promise<Record<string, unknown>> => {
    const reply = JSON.parse(await call(channel, JSON.stringify(input)));
    if (!reply.ok) throw new Error(`${channel} ${reply.error.code} ${reply.error.fields ?? ''}`);
    return reply.value;
  };

const first = asker(app.dispatch);
const second = asker(app.command().dispatch);
await first('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });
await second('vault.sign-in', { officerId: EXAMINER.id, secret: EXAMINER.secret });
console.log('ready');

async function picture(): Promise<string> {
  const reply = JSON.parse(await app.putImage(Buffer.from(pictureHex, 'hex')));
  if (!reply.ok) throw new Error(reply.error.code);
  return reply.value.id;
}

const lines = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];

async function refer(): Promise<{ examinationId: string; documentId: string }> {
  const [examinationId, documentId, imageId] = [uuidv7(), uuidv7(), await picture()];
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
  const now = new Date().toISOString();
  const decision = { id: uuidv7(), outcome: 'referred', reasons: ['mrz'], note: '' };
  const documents = [{ id: documentId, images, reading }];
  await first('examination.save', {
    id: examinationId,
    startedAt: now,
    documents,
    decision,
    judgedOn: now.slice(0, 10),
  });
  return { examinationId, documentId };
}

let answered = 0;

/** One case from the counter to its second signature, every kind of entry on the way. */
async function workAt(): Promise<void> {
  const { examinationId, documentId } = await refer();
  const enter = async (ask: typeof first, entry: Record<string, unknown>): Promise<string> => {
    const id = uuidv7();
    console.log(`begin ${id}`);
    await ask('case.enter', { examinationId, entry: { id, ...entry } });
    console.log(`entered ${id}`);
    answered += 1;
    // Between two steps, for as long as it takes to be killed there.
    if (answered === Number(stopAfter)) await new Promise(() => setInterval(() => undefined, 1000));
    return id;
  };
  const answer = { kind: 'answer', documentId, itemId: 'A1', answer: 'differs', note: 'a note', marks: [] };
  const outcome = {
    kind: 'outcome',
    outcome: 'L2.forged',
    dispositions: ['police'],
    reasons: [{ documentId, itemId: 'A1' }],
    note: '',
  };
  await enter(first, { kind: 'taken' });
  await enter(first, {
    kind: 'image',
    documentId,
    image: { id: await picture(), light: 'macro', source: 'camera' },
  });
  await enter(first, answer);
  await enter(first, { kind: 'question', questionId: 'Q03', note: '' });
  await enter(second, { kind: 'taken' });
  await enter(second, { ...answer, note: 'another' });
  await enter(first, { kind: 'bearer', componentId: 'FC10', answer: 'similar', note: '' });
  await enter(first, { kind: 'bearer-done', verdict: 'supported', note: '' });
  const given = await enter(second, outcome);
  await enter(first, { kind: 'signed', entryId: given });
  await enter(first, { kind: 'reopened', reason: 'another look' });
  await enter(first, outcome);
}

for (;;) await workAt();
