// The vault's pages: people, keys, audit, retention, holds, backups; each for the roles it concerns and for no other.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Page } from 'playwright-core';
import { BURST_GAP_MS } from '../../renderer/lib/hotkeys.ts';
import { daysOf, rulesOf } from '../../renderer/features/vault/RulesForm.tsx';
import type { Output } from '../../shared/contract/channels.ts';
import { retentionRules } from '../../shared/contract/retention.ts';
import { historyRows, recordOf } from './fake-history.ts';
import {
  ADMINISTRATOR,
  createFakeStation,
  type FakeStation,
  OFFICER,
  SECOND_OFFICER,
  sessionOf,
} from './fake-station.ts';
import { closeBrowser, openWindow, type OpenWindow, prepare } from './harness.ts';

// Many steps each: on a busy machine they take their time.
vi.setConfig({ testTimeout: 90_000 });
beforeAll(prepare, 120_000);
afterAll(closeBrowser);

async function openVault(station: FakeStation, page?: string): Promise<OpenWindow> {
  const window = await openWindow(station);
  await window.page.waitForSelector('nav');
  await window.page.keyboard.press('F7');
  if (page !== undefined) await window.page.locator('main nav').getByRole('button', { name: page }).click();
  return window;
}

const asAdministrator = () => createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });
const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

describe('people', () => {
  it('are added with a secret for once, and what the station refuses keeps what was typed', async () => {
    const station = asAdministrator();
    station.failures.set('people.save', 'name-taken');
    const window = await openVault(station);
    const { page } = window;
    await page.getByRole('button', { name: 'Add a person' }).click();
    await page.getByLabel('Name', { exact: true }).fill('S. Nair');
    await page.getByLabel('Sign-in name').fill('nair');
    await page.keyboard.press('Enter');
    await page.getByText('At least six digits, or at least twelve characters.').waitFor();
    await page.getByText('Examiner', { exact: true }).last().click();
    await page.getByLabel('New secret', { exact: true }).fill('402917');
    await page.getByLabel('The same once more', { exact: true }).fill('402917');
    await page.keyboard.press('Enter');
    await page.getByText('Somebody at this station already has this sign-in name.').waitFor();
    station.failures.clear();
    await page.keyboard.press('Enter');
    await page.getByText('S. Nair is saved.').waitFor();
    const sent = station.inputsOf('people.save') as { id: string }[];
    expect(sent[0]).toEqual(sent[1]);
    expect(sent[1]).toMatchObject({
      name: 'S. Nair',
      signInName: 'nair',
      role: 'examiner',
      secret: '402917',
    });
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('change without a secret, and leave', async () => {
    const window = await openVault(asAdministrator());
    const { page, station } = window;
    await page.getByRole('button', { name: `Change ${OFFICER.name}` }).click();
    await page.getByLabel('Name', { exact: true }).fill('Jun Tan');
    await page.keyboard.press('Enter');
    await page.getByText('Jun Tan is saved.').waitFor();
    expect(station.inputsOf('people.save')).toMatchObject([
      { id: OFFICER.id, name: 'Jun Tan', secret: null },
    ]);
    await page.getByRole('button', { name: `${SECOND_OFFICER.name} leaves` }).click();
    await page.getByText('can never sign in here again').waitFor();
    await page.keyboard.press('Escape');
    expect(station.inputsOf('people.leave')).toEqual([]);
    await page.getByRole('button', { name: `${SECOND_OFFICER.name} leaves` }).click();
    await page.getByRole('button', { name: 'They have left' }).click();
    await page.getByRole('heading', { name: 'Left' }).waitFor();
    expect(station.inputsOf('people.leave')).toEqual([{ id: SECOND_OFFICER.id }]);
    // Nobody can put themselves out.
    expect(await page.getByRole('button', { name: `${ADMINISTRATOR.name} leaves` }).count()).toBe(0);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('who are locked are released by a supervisor, who adds nobody and renews no equal', async () => {
    const station = createFakeStation();
    station.people = station.people.map((one) => ({ ...one, lockedOut: one.id === SECOND_OFFICER.id }));
    const window = await openVault(station);
    const { page } = window;
    const locked = rowOf(page, SECOND_OFFICER.name);
    await locked.getByText('Locked: ten wrong secrets').waitFor();
    await locked.getByRole('button', { name: 'Release' }).click();
    await page.getByText(`${SECOND_OFFICER.name} can try again.`).waitFor();
    await page.getByRole('button', { name: `A new secret for ${SECOND_OFFICER.name}` }).click();
    await page.getByLabel('New secret', { exact: true }).fill('402917');
    await page.getByLabel('The same once more', { exact: true }).fill('402917');
    await page.keyboard.press('Enter');
    await locked.getByText('Must choose a secret').waitFor();
    expect(station.inputsOf('people.new-secret')).toEqual([{ id: SECOND_OFFICER.id, secret: '402917' }]);
    expect(await page.getByRole('button', { name: 'Add a person' }).count()).toBe(0);
    expect(await rowOf(page, ADMINISTRATOR.name).getByRole('button').count()).toBe(0);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

describe('the hub', () => {
  it('is enrolled at from the first field on; an address without encryption is told while it is typed', async () => {
    const station = asAdministrator();
    station.reports.hub = { hub: null, partners: [] };
    const window = await openVault(station, 'Hub');
    const { page } = window;
    const address = page.getByLabel('Address of the hub');
    await address.and(page.locator(':focus')).waitFor();
    const unsafe = page.getByText('It has to begin with https://');
    for (const [typed, isUnsafe] of [
      ['h', false],
      ['https://hub.utopia.example', false],
      ['http://localhost:8443', false],
      ['HTTP://127.0.0.1:8443', false],
      ['hub.utopia.example', true],
      ['http://hub.utopia.example', true],
    ] as const) {
      await address.fill(typed);
      await expect.poll(() => unsafe.count(), { message: typed }).toBe(isUnsafe ? 1 : 0);
    }
    await page.getByRole('button', { name: 'Enrol this station' }).click();
    expect(station.inputsOf('hub.enrol')).toEqual([]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('of a partner is asked for first where a legal basis is added', async () => {
    const window = await openVault(asAdministrator(), 'Hub');
    const { page } = window;
    await page.getByRole('button', { name: 'Add a basis' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /Partner/ })
      .and(page.locator(':focus'))
      .waitFor();
    await window.close();
  });
});

describe('a new secret', () => {
  it('is typed from field to field; what shows it comes after the last one', async () => {
    const window = await openVault(asAdministrator());
    const { page } = window;
    await page.getByRole('button', { name: `A new secret for ${OFFICER.name}` }).click();
    const dialog = page.getByRole('dialog');
    const first = dialog.getByLabel('New secret', { exact: true });
    const again = dialog.getByLabel('The same once more', { exact: true });
    await first.fill('402917');
    await first.press('Tab');
    await again.and(page.locator(':focus')).fill('402917');
    await again.press('Tab');
    const show = dialog.getByRole('button', { name: 'Show what is typed' });
    await show.and(page.locator(':focus')).waitFor();
    await page.waitForTimeout(2 * BURST_GAP_MS);
    await page.keyboard.press('Space');
    await dialog.getByRole('button', { name: 'Hide what is typed' }).waitFor();
    expect([await first.getAttribute('type'), await again.getAttribute('type')]).toEqual(['text', 'text']);
    expect(await dialog.getByRole('button', { name: /^Show: / }).count()).toBe(0);
    await window.close();
  });
});

describe('keys', () => {
  it('change only for whoever types their secret again; the pictures that follow are shown', async () => {
    const station = asAdministrator();
    station.failures.set('vault.change-key', 'sign-in-wrong');
    const window = await openVault(station, 'Keys');
    const { page } = window;
    await page.getByRole('button', { name: 'Change the key' }).click();
    await page.getByLabel('Secret', { exact: true }).fill('999999');
    await page.keyboard.press('Enter');
    await page.getByText('The name or the secret is not right.').waitFor();
    station.failures.clear();
    station.handlers['vault.change-key'] = () => {
      station.vault = { ...station.vault, oldPictures: { left: 40, total: 60 } };
      return station.vault;
    };
    await page.getByLabel('Secret', { exact: true }).fill('815294');
    await page.keyboard.press('Enter');
    await page.getByText('Pictures still to be closed with the new key: 40 of 60').waitFor();
    await page.getByText('The key is changed.').waitFor();
    station.vault = { ...station.vault, oldPictures: null };
    await window.push('vault.changed', {});
    await page.getByText('Pictures still to be closed').waitFor({ state: 'detached' });
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

describe('the audit chain', () => {
  it('is verified with anchors from paper, and says where it breaks', async () => {
    const station = createFakeStation();
    const window = await openVault(station, 'Audit');
    const { page } = window;
    await page.getByLabel(/Anchors from printed logs/).fill('AAAAA-BBBBB\n\n CCCCC ');
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('Whole: 12 entries').waitFor();
    expect(station.inputsOf('audit.verify')).toEqual([{ anchors: ['AAAAA-BBBBB', 'CCCCC'] }]);
    station.handlers['audit.verify'] = () => ({
      ok: false,
      entries: 12,
      signedFrom: 1,
      anchors: 2,
      restoredAt: [4],
      breaks: [
        { seq: 7, kind: 'removed', subjectId: null },
        { seq: null, kind: 'record-unknown', subjectId: 'x-1' },
        { seq: null, kind: 'anchor-damaged', subjectId: null },
      ],
      more: 3,
    });
    await page.getByRole('button', { name: 'Verify now' }).click();
    await page.getByText('6 places do not fit, of 12 entries.').waitFor();
    for (const words of [
      'Entry 7: it is not there.',
      '(x-1)',
      'An anchor that the station kept',
      '3 places more',
      'at entry 4',
    ])
      expect(await page.getByText(words).count(), words).toBe(1);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('gives the log of a day, of which only the log is printed', async () => {
    const window = await openVault(createFakeStation(), 'Audit');
    const { page } = window;
    await page.getByRole('button', { name: 'Make the log' }).click();
    await page.getByText('Cleared 40, referred 2, not completed 1').waitFor();
    await page
      .getByText('2 of wrong secrets or names, 1 of names locked after ten, 0 of recovery keys')
      .waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Verify now' }).isVisible()).toBe(false);
    expect(await page.getByText('Name and signature:').isVisible()).toBe(true);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

describe('retention', () => {
  it('rules become days by outcome and back', () => {
    const before = [
      { id: 'kept', outcomes: ['clear', 'skip'] as ('clear' | 'skip')[], days: 30 },
      { id: 'referred', outcomes: ['referred' as const], days: 1095 },
      { id: 'draft', outcomes: ['draft' as const], days: 14 },
    ];
    expect(daysOf(before)).toEqual({ clear: '30', referred: '1095', skip: '30', draft: '14' });
    expect(rulesOf(daysOf(before), before)).toEqual(before);
    const changed = rulesOf({ clear: '7', referred: '', skip: '30', draft: '3' }, before);
    expect(changed).toEqual([
      { id: 'clear-7', outcomes: ['clear'], days: 7 },
      { id: 'skip-30', outcomes: ['skip'], days: 30 },
      { id: 'draft-3', outcomes: ['draft'], days: 3 },
    ]);
    expect(retentionRules.safeParse({ rules: changed }).success).toBe(true);
  });

  it('shows a preview, asks, and erases exactly that', async () => {
    const window = await openVault(createFakeStation(), 'Retention');
    const { page, station } = window;
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByRole('button', { name: 'Erase 2 records' }).click();
    await page.getByText('It cannot be taken back').waitFor();
    await page.keyboard.press('Escape');
    expect(station.inputsOf('retention.run')).toEqual([]);
    await page.getByRole('button', { name: 'Erase 2 records' }).click();
    await page.getByText('It cannot be taken back').waitFor();
    station.failures.set('retention.run', 'retention-changed');
    await page.keyboard.press('e');
    await page.getByText('no longer what the preview showed').waitFor();
    station.failures.clear();
    await page.getByRole('button', { name: 'Erase 2 records' }).click();
    await page.getByText('It cannot be taken back').waitFor();
    await page.keyboard.press('e');
    await page.getByText('2 records were erased down to the proof, and 4 pictures removed.').waitFor();
    expect(station.inputsOf('retention.run').at(-1)).toEqual({
      at: '2026-11-22T07:00:00.000Z',
      digest: 'ab'.repeat(32),
    });
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('rules are set by the administrator, who erases nothing', async () => {
    const window = await openVault(asAdministrator(), 'Retention');
    const { page, station } = window;
    await page.getByLabel('Days: Cleared').fill('0');
    await page.getByText('1 to 36500 days, or nothing.').waitFor();
    await page.getByLabel('Days: Cleared').fill('14');
    await page.keyboard.press('Enter');
    await page.getByText(`Set by ${ADMINISTRATOR.name}`).waitFor();
    expect(station.inputsOf('retention.save-rules')).toMatchObject([
      { rules: [{ id: 'referred' }, { id: 'clear-14', outcomes: ['clear'], days: 14 }] },
    ]);
    expect(await page.getByRole('button', { name: 'Preview' }).count()).toBe(0);
    expect(station.calls.some(({ channel }) => channel === 'hold.list')).toBe(false);
    await window.close();
  });
});

describe('backups', () => {
  it('are made now, told when they were not, planned and verified', async () => {
    const station = asAdministrator();
    station.backup = { ...station.backup, folder: '/media/stick', trouble: 'folder-gone' };
    const window = await openVault(station, 'Backup');
    const { page } = window;
    await page.getByText('This station was never backed up.').waitFor();
    await page.getByText('The folder is not there, or the stick was taken out.').waitFor();
    await page.getByRole('button', { name: 'Back up now' }).click();
    await page.getByText('Backed up and verified: 120 records, 260 pictures, 12 MB.').waitFor();
    expect(station.inputsOf('backup.create')).toEqual([{ folder: null }]);
    await page.getByLabel('Hours from one to the next').fill('200');
    await page.getByText('1 to 168.').waitFor();
    await page.getByLabel('Hours from one to the next').fill('12');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => station.inputsOf('backup.plan'))
      .toEqual([{ folder: '/media/stick', everyHours: 12, keep: 7 }]);
    station.backup = { ...station.backup, running: { step: 'writing', share: 0.4 } };
    await window.push('backup.changed', {});
    await page.getByText('Writing the backup').waitFor();
    await page
      .locator('main')
      .first()
      .click({ position: { x: 2, y: 2 } });
    await page.keyboard.press('x');
    await expect.poll(() => station.inputsOf('backup.cancel')).toEqual([{}]);
    await window.push('backup.changed', {});
    await page.getByText('Writing the backup').waitFor({ state: 'detached' });
    const onStick = {
      path: '/media/stick/countercheck.ccbackup',
      bytes: 12_000_000,
      stationId: station.state.stationId,
      madeAt: '2026-11-21T20:00:00.000Z',
      version: '0.1.0',
    };
    const found = Promise.withResolvers<Output<'backup.find'>>();
    station.handlers['backup.find'] = () => found.promise;
    await page.getByRole('button', { name: 'Look for backups' }).click();
    await expect.poll(() => page.getByRole('button', { name: 'Look for backups' }).isDisabled()).toBe(true);
    // Looking into a folder verifies nothing, and nothing of it can be stopped.
    expect(await page.getByText('Verifying the backup').count()).toBe(0);
    found.resolve({ files: [onStick] });
    await page.getByRole('button', { name: 'Verify', exact: true }).click();
    await page.getByText('The backup can be restored.').waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('restore a station where none is', async () => {
    const station = createFakeStation({}, { phase: 'new', session: null, people: [] });
    const window = await openWindow(station);
    const { page } = window;
    await page.getByRole('button', { name: 'Restore from a backup instead' }).click();
    await page.getByLabel('Folder of the backup').fill('/media/stick');
    await page.getByLabel('Recovery key').fill('ABC');
    await page.getByRole('button', { name: 'Look for backups' }).click();
    station.failures.set('backup.restore', 'backup-key');
    await page.getByRole('button', { name: 'Restore this one' }).click();
    await page.getByText('This key does not open the backup.').waitFor();
    station.failures.clear();
    await page.getByRole('button', { name: 'Restore this one' }).click();
    const came = page.getByText('1 record had been erased since the backup');
    await came.waitFor();
    // The station says at once that it is closed now; what came back is read first.
    const asked = station.inputsOf('vault.state').length;
    await window.push('vault.changed', {});
    await expect.poll(() => station.inputsOf('vault.state').length).toBeGreaterThan(asked);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))));
    expect(await came.isVisible()).toBe(true);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('The records of this station are closed').waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

describe('one record', () => {
  async function openRecordAs(role: 'officer' | 'supervisor'): Promise<OpenWindow> {
    const station = createFakeStation({}, { session: sessionOf({ ...OFFICER, role }) });
    station.rows = historyRows(1);
    for (const row of station.rows) station.records.set(row.id, recordOf(row, 0, []));
    const window = await openWindow(station);
    await window.page.waitForSelector('nav');
    await window.page.keyboard.press('F3');
    await window.page.locator('tbody tr').click();
    await window.page.getByRole('button', { name: 'Print' }).waitFor();
    return window;
  }

  it('is put on hold and exported by a supervisor', async () => {
    const window = await openRecordAs('supervisor');
    const { page, station } = window;
    await page.keyboard.press('h');
    await page.getByLabel('Reason').fill('Court of Zenda, 12/26');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(station.inputsOf('hold.set')).toMatchObject([
      { examinationId: station.rows[0]?.id, reason: 'Court of Zenda, 12/26' },
    ]);
    await page.keyboard.press('e');
    await page.getByLabel('Folder', { exact: true }).fill('/media/stick');
    await page.keyboard.press('Enter');
    await page.getByText('6 files in /media/stick/case').waitFor();
    await page.getByText('cdcdcdcd cdcdcdcd').waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('has neither for an officer, and its decision stays', async () => {
    const window = await openRecordAs('officer');
    const { page, station } = window;
    // As a hand presses them: keys of a reader's burst would do nothing anyway.
    await page.keyboard.type('hed', { delay: BURST_GAP_MS + 30 });
    await page.waitForTimeout(150);
    expect(await page.getByRole('dialog').count()).toBe(0);
    for (const name of ['Legal hold', 'Export', 'Change decision'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(window.problems()).toEqual([]);
    expect(station.inputsOf('hold.set')).toEqual([]);
    await window.close();
  });

  it('that was erased says so, and nothing can be done with it', async () => {
    const station = createFakeStation();
    station.rows = historyRows(1).map((row) => ({ ...row, erasedAt: row.at, name: '', number: '' }));
    for (const row of station.rows)
      station.records.set(row.id, { ...recordOf(row, 0, []), documents: [], erasedAt: row.at });
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F3');
    await page.getByText('Erased by rule').click();
    await page.getByText('erased by a rule of retention').waitFor();
    expect(await page.getByRole('button', { name: /Export|Change decision|Legal hold/ }).count()).toBe(0);
    await window.close();
  });
});
