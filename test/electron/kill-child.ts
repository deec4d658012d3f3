// A station that saves without end until it is killed; prints each id once its save was answered.
import { flushCompileCache } from 'node:module';
import { v7 as uuidv7 } from 'uuid';
import { createApp } from '../../electron/app.ts';
import { NO_SHELL } from './no-shell.ts';
import { CHEAP, OFFICER, setupOf } from './set-up.ts';

const [folder = '', pictureHex = ''] = process.argv.slice(2);
// Whoever is killed never gets to keep what was compiled.
flushCompileCache();
console.log('opening');
const app = await createApp({
  dataFolder: folder,
  version: '0',
  shell: NO_SHELL,
  kdf: CHEAP,
  report: (fault) => console.error(fault),
});
const ask = async (channel: string, input: unknown): Promise<unknown> => {
  const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
  if (!reply.ok) throw new Error(`${channel} ${reply.error.code}`);
  return reply.value;
};

// Whoever sets the station up is cut as often as whoever uses it.
const { phase } = (await ask('vault.state', {})) as { phase: string };
if (phase === 'new') await ask('station.setup', setupOf({ timeZone: 'UTC' }));
await ask('vault.sign-in', { officerId: OFFICER.id, secret: OFFICER.secret });
console.log('ready');

interface Draft {
  id: string;
}

async function save(draft: Draft, clear: boolean): Promise<void> {
  const decision = {
    id: uuidv7(),
    outcome: clear ? 'clear' : 'referred',
    reasons: clear ? [] : ['mrz'],
    note: '',
  };
  console.log(`begin ${draft.id}`);
  const judgedOn = new Date().toISOString().slice(0, 10);
  await ask('examination.save', { ...draft, decision, judgedOn });
  console.log(`${clear ? 'counted' : 'saved'} ${draft.id}`);
}

const lines = [
  'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
  'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
];

async function newDraft(): Promise<Draft> {
  const pictures: string[] = [];
  for (let i = 0; i < 2; i += 1) {
    const reply = JSON.parse(await app.putImage(Buffer.from(pictureHex, 'hex')));
    if (!reply.ok) throw new Error(reply.error.code);
    pictures.push(reply.value.id);
  }
  const reading = {
    source: 'image',
    lines,
    rawLines: lines,
    corrections: [],
    lowConfidence: [],
    confidence: 0.9,
    outline: null,
    imageId: pictures[0] ?? null,
  };
  const images = pictures.map((id) => ({ id, light: 'white', source: 'camera' }));
  const documents = [{ id: uuidv7(), images, reading }];
  const draft = { id: uuidv7(), startedAt: new Date().toISOString(), documents };
  await ask('draft.save', draft);
  console.log(`draft ${draft.id}`);
  return draft;
}

// As the window does: what was under way when the power went is taken up again.
const { draft: left } = (await ask('draft.load', {})) as { draft: Draft | null };
if (left !== null) await save(left, false);
// Every third traveller is cleared and only counted, so that files are also removed under the knife.
for (let turn = 0; ; turn += 1) await save(await newDraft(), turn % 3 === 2);
