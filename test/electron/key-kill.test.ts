// Keys that change while the process is killed, again and again: each time everything opens, and under one key.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { openProtection } from '../../electron/db/protection-file.ts';
import { deriveKey } from '../../electron/keys.ts';
import { readKeyFile } from '../../electron/vault/key-file.ts';
import { ALL, dataKeyOf, draftOf, newId, openAgain, openReady, refer, TODAY } from './fixtures.ts';

/** More in a run by hand. */
const KILLS = Number(process.env['COUNTERCHECK_KILLS'] ?? 3);

async function killWhileChanging(folder: string, afterMs: number): Promise<void> {
  const script = join(import.meta.dirname, 'key-kill-child.ts');
  const child = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close');
  let said = '';
  child.stderr.on('data', (text: Buffer) => (said += text.toString('utf8')));
  createInterface({ input: child.stdout }).once('line', () =>
    setTimeout(() => child.kill('SIGKILL'), afterMs),
  );
  await ended;
  expect([child.signalCode, said]).toEqual(['SIGKILL', '']);
}

it('a kill at any moment of a change leaves a station that opens, whole', {
  timeout: Math.max(300_000, KILLS * 60_000),
}, async () => {
  const app = await openReady();
  const { folder } = app;
  const draft = draftOf((await app.image()).id);
  await app.ask('protection.record', {
    id: newId(),
    examinationId: draft.id,
    signs: ['VT.01'],
    note: 'kept',
  });
  await app.ask('examination.save', { ...draft, judgedOn: TODAY, decision: refer() });
  await app.close();
  for (let kill = 0; kill < KILLS; kill += 1) {
    // Most of a change's steps lie close together; later kills fall into later changes.
    await killWhileChanging(folder, (kill * 37) % 230);
    const later = await openAgain(folder);
    expect(await later.ask('history.search', ALL)).toMatchObject({ total: 1 });
    const [image] = draft.documents[0]?.images ?? [];
    expect(await later.getImage(image?.id ?? '', 'original')).toMatchObject({ ok: true });
    expect(later.verifyAudit()).toMatchObject({ ok: true });
    expect(later.faults).toEqual([]);
    const own = openProtection(folder, deriveKey(await dataKeyOf(folder), 'protection'), () => new Date());
    expect(own.prepare('SELECT note FROM protection').pluck().all()).toEqual(['kept']);
    own.close();
    await later.close();
    expect(readKeyFile(join(folder, 'station.keys'))).toMatchObject({ nextSalt: null, people: [{}, {}] });
    expect(readdirSync(folder).filter((name) => /\.(next|new|tmp)/.test(name))).toEqual([]);
  }
});
