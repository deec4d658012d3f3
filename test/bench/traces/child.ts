// A station that examines so many travellers, says so, and then stays until it is killed.
import { createApp } from '../../../electron/app.ts';
import { NO_SHELL } from '../../electron/no-shell.ts';
import { CHEAP, OFFICER, setupOf } from '../../electron/set-up.ts';
import { traveller } from './travellers.ts';

const [dataFolder = '', count = '0'] = process.argv.slice(2);
const app = await createApp({
  dataFolder,
  version: '0',
  shell: NO_SHELL,
  kdf: CHEAP,
  report: (fault) => console.error(fault),
});

async function ask(channel: string, input: unknown): Promise<unknown> {
  const reply = JSON.parse(await app.dispatch(channel, JSON.stringify(input)));
  if (reply.ok !== true) throw new Error(`${channel} ${reply.error.code}`);
  return reply.value;
}

await ask('station.setup', setupOf({ timeZone: 'UTC' }));
await ask('vault.sign-in', { name: OFFICER.signInName, secret: OFFICER.secret });
for (let place = 0; place < Number(count); place += 1) {
  const { picture, draft, decision, note } = await traveller(place);
  const image = JSON.parse(await app.putImage(picture));
  const begun = draft(image.value.id);
  await ask('draft.save', begun);
  await ask('protection.record', {
    id: decision.id,
    examinationId: begun.id,
    signs: ['A1'],
    note,
  });
  await ask('examination.save', { ...begun, decision, judgedOn: new Date().toISOString().slice(0, 10) });
  await app.getImage(image.value.id, 'thumb');
}
console.log('examined');
// The next traveller is under way when it ends.
const { picture, draft } = await traveller(Number(count));
await ask('draft.save', draft(JSON.parse(await app.putImage(picture)).value.id));
console.log('waiting');
setInterval(() => undefined, 60_000);
