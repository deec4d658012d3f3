// Pictures at rest: nothing in clear, nothing changed unseen, nothing half written.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImageVault, openVault, sha256Of, type VaultImage } from '../../electron/images/vault.ts';
import { jpeg } from './samples.ts';

let folder: string;
let vault: ImageVault;
const key = randomBytes(32);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countercheck-test-'));
  vault = openVault(folder, new Map([[1, key]]));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (id: string): string => join(folder, `${id}.ccimg`);

async function sample(): Promise<VaultImage> {
  const bytes = new Uint8Array(await jpeg());
  return { facts: { sha256: sha256Of(bytes), format: 'jpeg', width: 96, height: 64 }, bytes };
}

async function stored(): Promise<{ id: string; image: VaultImage }> {
  const id = uuidv7();
  const image = await sample();
  await vault.put(id, image);
  return { id, image };
}

describe('a picture in the vault', () => {
  it('comes out as it went in', async () => {
    const { id, image } = await stored();
    const out = await vault.get(id);
    if (typeof out === 'string') throw new Error(out);
    expect(out.facts).toEqual(image.facts);
    expect(sha256Of(out.bytes)).toBe(image.facts.sha256);
    expect(statSync(fileOf(id)).mode & 0o777).toBe(0o600);
  });

  it('shows nothing of itself on the disk', async () => {
    const { id, image } = await stored();
    const file = readFileSync(fileOf(id));
    for (const clear of ['JFIF', 'sha256', 'jpeg', image.facts.sha256])
      expect(file.includes(clear)).toBe(false);
    expect(file.includes(Buffer.from(image.bytes.subarray(0, 4)))).toBe(false);
    await vault.put(id, image);
    // Never the same cipher text twice: a nonce is used once.
    expect(readFileSync(fileOf(id)).subarray(6, 60)).not.toEqual(file.subarray(6, 60));
  });

  it('is refused when any byte of it was changed, cut or added', async () => {
    const { id } = await stored();
    const file = readFileSync(fileOf(id));
    for (const place of [0, 7, 20, Math.floor(file.length / 2), file.length - 1]) {
      const changed = Buffer.from(file);
      changed[place] = (changed[place] ?? 0) ^ 1;
      writeFileSync(fileOf(id), changed);
      expect(await vault.get(id)).toBe('damaged');
    }
    for (const length of [0, 10, 30, file.length - 1]) {
      writeFileSync(fileOf(id), file.subarray(0, length));
      expect(await vault.get(id)).toBe('damaged');
    }
    writeFileSync(fileOf(id), Buffer.concat([file, Buffer.alloc(1)]));
    expect(await vault.get(id)).toBe('damaged');
  });

  it('is refused under another id and under another key', async () => {
    const { id } = await stored();
    const other = uuidv7();
    renameSync(fileOf(id), fileOf(other));
    expect(await vault.get(other)).toBe('damaged');
    expect(await vault.get(id)).toBe('missing');
    renameSync(fileOf(other), fileOf(id));
    expect(await openVault(folder, new Map([[1, randomBytes(32)]])).get(id)).toBe('damaged');
  });

  it('has an id and no path', async () => {
    for (const id of ['../../etc/passwd', '', 'a', `${uuidv7()}/x`, uuidv7().toUpperCase()]) {
      expect(await vault.get(id)).toBe('missing');
      await expect(vault.put(id, await sample())).rejects.toThrow(RangeError);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('sweeping', () => {
  it('removes what nobody names and what a cut left, and nothing else', async () => {
    const [kept, loose] = [await stored(), await stored()];
    writeFileSync(`${fileOf(uuidv7())}.tmp`, 'half');
    writeFileSync(join(folder, 'notes of somebody.txt'), 'x');
    const sweep = await vault.beforeSweep();
    const later = await stored();
    expect(await sweep(new Set([kept.id]))).toBe(2);
    expect(await vault.get(later.id)).not.toBeTypeOf('string');
    const left = [`${kept.id}.ccimg`, `${later.id}.ccimg`, 'notes of somebody.txt'];
    expect(readdirSync(folder).sort()).toEqual(left.sort());
    expect(await vault.get(loose.id)).toBe('missing');
    await vault.remove([kept.id, loose.id]);
    expect(await vault.get(kept.id)).toBe('missing');
  });
});

describe('keys that change', () => {
  const next = randomBytes(32);
  const both = new Map([
    [1, key],
    [2, next],
  ]);

  it('leave old pictures readable, and each is closed anew', async () => {
    const { id, image } = await stored();
    const later = openVault(folder, both);
    const second = uuidv7();
    await later.put(second, await sample());
    expect(await later.older()).toEqual([id]);
    await later.renew(id);
    expect(await later.older()).toEqual([]);
    const alone = await openVault(folder, new Map([[2, next]])).get(id);
    if (typeof alone === 'string') throw new Error(alone);
    expect(alone.facts).toEqual(image.facts);
    expect(sha256Of(alone.bytes)).toBe(image.facts.sha256);
    expect(await vault.get(id)).toBe('damaged');
  });

  it('never bring back what was removed, nor write over what is damaged', async () => {
    const { id } = await stored();
    const { id: hurt } = await stored();
    const bytes = readFileSync(fileOf(hurt)).fill(7, 30, 40);
    writeFileSync(fileOf(hurt), bytes);
    const later = openVault(folder, both);
    await Promise.all([later.remove([id]), later.renew(id), later.renew(hurt)]);
    expect(readdirSync(folder)).toEqual([`${hurt}.ccimg`]);
    expect(readFileSync(fileOf(hurt))).toEqual(bytes);
  });

  it('read pictures of a version that gave its key no number', async () => {
    const { id } = await stored();
    const sealed = readFileSync(fileOf(id));
    // That version wrote another mark, and no number behind it.
    writeFileSync(fileOf(id), Buffer.concat([Buffer.from('CCIMG1', 'latin1'), sealed.subarray(10)]));
    expect(await vault.get(id)).toMatchObject({ facts: { format: 'jpeg' } });
    expect(await openVault(folder, both).older()).toEqual([id]);
  });
});
