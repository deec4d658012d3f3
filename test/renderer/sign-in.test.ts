// Signing in at the window: first run, the closed store, waiting, locking, what is forgotten, handing over.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Input } from '../../shared/contract/channels.ts';
import type { Draft } from '../../shared/contract/records.ts';
import type { Page } from 'playwright-core';
import { elapsedMs } from '../../renderer/lib/idle.ts';
import { personFaults, NO_PERSON } from '../../renderer/lib/person-form.ts';
import { askedGroups, groupsOf } from '../../renderer/lib/recovery-words.ts';
import { historyRows, recordOf } from './fake-history.ts';
import {
  ADMINISTRATOR,
  createFakeStation,
  OFFICER,
  RECOVERY_KEY,
  SECOND_OFFICER,
  sessionOf,
} from './fake-station.ts';
import { closeBrowser, openWindow, type OpenWindow, prepare } from './harness.ts';

// Many steps each: on a busy machine they take their time.
vi.setConfig({ testTimeout: 90_000 });
beforeAll(prepare, 120_000);
afterAll(closeBrowser);

const secretField = (page: Page) => page.getByLabel('Secret', { exact: true });

async function fillPerson(page: Page, name: string, signInName: string, secret: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByLabel('Sign-in name').fill(signInName);
  await page.getByLabel('New secret', { exact: true }).fill(secret);
  await page.getByLabel('The same once more', { exact: true }).fill(secret);
}

/** Types the two groups of the recovery key that the page asks for. */
async function typeBack(page: Page): Promise<void> {
  const groups = groupsOf(RECOVERY_KEY);
  for (const field of await page.getByLabel(/^Group \d+$/).all()) {
    const label = await field.evaluate((one) => (one as HTMLInputElement).labels?.[0]?.textContent ?? '');
    await field.fill((groups[Number(label.replaceAll(/\D/g, '')) - 1] ?? '').toLowerCase());
  }
}

describe('what the window can tell of a new person', () => {
  const whole = { name: 'J. Tan', signInName: 'tan', secret: '402917', again: '402917' };
  it.each([
    [whole, []],
    [{ ...whole, secret: 'seven green boats', again: 'seven green boats' }, []],
    [{ ...whole, secret: '40291', again: '40291' }, ['secret']],
    [{ ...whole, secret: '123456', again: '123456' }, ['secret']],
    [{ ...whole, secret: 'abcabcabcabc', again: 'abcabcabcabc' }, ['secret']],
    [{ ...whole, signInName: 'Port North 12', secret: 'port north 12', again: 'port north 12' }, ['secret']],
    [{ ...whole, secret: 'elevenchars', again: 'elevenchars' }, ['secret']],
    [{ ...whole, again: '402918' }, ['again']],
    [{ ...whole, name: '  ' }, ['name']],
    [{ ...whole, signInName: 'x' }, ['signInName']],
    [NO_PERSON, ['name', 'signInName', 'secret']],
  ])('%#', (values, fields) => {
    expect(Object.keys(personFaults(values))).toEqual(fields);
  });
});

it('the groups asked back are two different ones, wherever chance falls', () => {
  for (const draw of [0, 0.3, 0.5, 0.999]) {
    const [first, second] = askedGroups(13, () => draw);
    expect(first).toBeGreaterThan(0);
    expect(second).toBeGreaterThan(first);
    expect(second).toBeLessThan(12);
  }
});

it('time is over by whichever clock went further', () => {
  const since = { wallMs: 1_000, steadyMs: 100 };
  expect(elapsedMs(since, { wallMs: 61_000, steadyMs: 200 })).toBe(60_000);
  expect(elapsedMs(since, { wallMs: 0, steadyMs: 50_100 })).toBe(50_000);
});

describe('first run', () => {
  const fresh = () =>
    createFakeStation({ settings: null }, { phase: 'new', session: null, people: [], idleMinutes: null });

  async function throughStation(page: Page): Promise<void> {
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.type('Port North A-12');
    await page.keyboard.press('Tab');
    await page.keyboard.type('pn-a12');
    await page.keyboard.press('Tab');
    await page.keyboard.type('uto');
    await page.getByRole('option', { name: /Utopia/ }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.getByText('Step 2 of 3').waitFor();
  }

  it('makes station, administrator and officer in one step, asks the recovery key back, and locks for the officer', async () => {
    const window = await openWindow(fresh());
    const { page, station } = window;
    await throughStation(page);
    // Told at its own step: at the last one it would be taken for the officer's.
    await fillPerson(page, 'A. Keys', 'keys', '456789');
    await page.keyboard.press('Enter');
    await page.getByText('Too easy to guess').waitFor();
    await fillPerson(page, 'A. Keys', 'keys', '815294');
    await page.keyboard.press('Enter');
    await page.getByText('Step 3 of 3').waitFor();
    await fillPerson(page, 'J. Tan', 'tan', 'seven green boats');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recovery key' }).waitFor();
    const [sent] = station.inputsOf('station.setup') as Input<'station.setup'>[];
    expect(sent).toMatchObject({
      settings: { place: 'Port North A-12', stationCode: 'PN-A12', country: 'UTO', idleMinutes: 5 },
      administrator: { name: 'A. Keys', signInName: 'keys', secret: '815294' },
      officer: { name: 'J. Tan', signInName: 'tan', role: 'supervisor', secret: 'seven green boats' },
    });
    expect(await page.getByRole('list', { name: 'Recovery key' }).innerText()).toContain(
      groupsOf(RECOVERY_KEY)[0],
    );
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('This is not the group').first().waitFor();
    await typeBack(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(await page.content()).not.toContain(groupsOf(RECOVERY_KEY)[0]);
    await page.getByRole('option', { name: /J. Tan/ }).waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('without an officer leads to the people of the station', async () => {
    const window = await openWindow(fresh());
    const { page, station } = window;
    await throughStation(page);
    await fillPerson(page, 'A. Keys', 'keys', '815294');
    await page.keyboard.press('Enter');
    await page.getByText('Later', { exact: true }).click();
    await page.getByText(/Nobody can examine a document here/).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recovery key' }).waitFor();
    await typeBack(page);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'People of this station' }).waitFor();
    expect(station.inputsOf('station.setup')).toMatchObject([{ officer: null }]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('marks what is missing and sends nothing; Esc goes back and keeps every answer', async () => {
    const window = await openWindow(fresh());
    const { page, station } = window;
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await page.keyboard.press('Enter');
    await page.getByText('3 answers are missing').waitFor();
    await throughStation(page);
    await page.keyboard.press('Enter');
    await page.getByText('Give the name.').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.getByLabel('Place', { exact: true }).inputValue()).toBe('Port North A-12');
    expect(station.inputsOf('station.setup')).toEqual([]);
    await window.close();
  });

  it('keeps every answer when the disk is full, and repeats it with the same people', async () => {
    const station = fresh();
    station.failures.set('station.setup', 'disk-full');
    const window = await openWindow(station);
    const { page } = window;
    await throughStation(page);
    await fillPerson(page, 'A. Keys', 'keys', '815294');
    await page.keyboard.press('Enter');
    await fillPerson(page, 'J. Tan', 'tan', '402917');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    station.failures.clear();
    await page.getByRole('button', { name: 'Set up' }).click();
    await page.getByRole('heading', { name: 'Recovery key' }).waitFor();
    const sent = station.inputsOf('station.setup') as Input<'station.setup'>[];
    expect(sent).toHaveLength(2);
    expect(sent[0]).toEqual(sent[1]);
    await window.close();
  });

  it('of an older version asks for people alone and offers those of before', async () => {
    const window = await openWindow(
      createFakeStation({}, { phase: 'upgrade', session: null, people: [OFFICER, SECOND_OFFICER] }),
    );
    const { page, station } = window;
    await page.getByText('All records stay.').waitFor();
    await fillPerson(page, 'A. Keys', 'keys', '815294');
    await page.keyboard.press('Enter');
    await page.getByText('Step 2 of 2').waitFor();
    await page.getByText(`${SECOND_OFFICER.name} (Examiner)`).waitFor();
    await page.getByRole('button', { name: /^Somebody new/ }).click();
    await page.getByRole('option', { name: SECOND_OFFICER.name }).click();
    await page.getByLabel('Sign-in name').fill('perera');
    await page.getByLabel('New secret', { exact: true }).fill('402917');
    await page.getByLabel('The same once more', { exact: true }).fill('402917');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Recovery key' }).waitFor();
    expect(station.inputsOf('station.upgrade')).toMatchObject([
      { officer: { id: SECOND_OFFICER.id, name: SECOND_OFFICER.name, role: 'examiner' } },
    ]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

describe('the closed store', () => {
  const sealed = () => createFakeStation({}, { phase: 'sealed', session: null });

  it('opens by name and secret, shows no name of anybody before, and asks nothing but how it stands', async () => {
    const window = await openWindow(sealed());
    const { page, station } = window;
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.content()).not.toContain(OFFICER.name);
    expect(new Set(station.calls.map(({ channel }) => channel))).toEqual(new Set(['vault.state']));
    await page.keyboard.type('jtan');
    await page.keyboard.press('Tab');
    await page.keyboard.type('402917');
    await page.keyboard.press('Enter');
    await page.waitForSelector('nav');
    expect(station.inputsOf('vault.sign-in')).toEqual([{ name: 'jtan', secret: '402917' }]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('says how much waits, where that is known', async () => {
    const station = createFakeStation(
      {},
      { phase: 'sealed', session: null, waiting: { drafts: 2, scans: 1 } },
    );
    const window = await openWindow(station);
    const { page } = window;
    await page.getByText('2 examinations under way are kept.').waitFor();
    await page.getByText('1 scan waits.').waitFor();
    station.vault = { ...station.vault, waiting: null };
    await window.push('vault.changed', {});
    await page.getByText('1 scan waits.').waitFor({ state: 'detached' });
    expect(await page.getByText('under way').count()).toBe(0);
    await window.close();
  });

  it('shows nothing of a passport that is laid on a reader', async () => {
    const window = await openWindow(sealed());
    const { page, station } = window;
    await page.getByLabel('Sign-in name').and(page.locator(':focus')).waitFor();
    await swipe(page);
    // Check digits behind the last filler are all that is left, and the next name takes their place.
    expect((await page.getByLabel('Sign-in name').inputValue()).length).toBeLessThan(3);
    await page.getByText('A document reader typed here.').waitFor();
    expect(station.inputsOf('vault.sign-in')).toEqual([]);
    await window.close();
  });

  it('counts the seconds of a delay down, empties the field, and takes no try before they are over', async () => {
    const station = sealed();
    const window = await openWindow(station);
    const { page } = window;
    station.failures.set('vault.sign-in', { code: 'sign-in-wrong', waitSeconds: 2 });
    await page.getByLabel('Sign-in name').fill('jtan');
    await secretField(page).fill('999999');
    await page.keyboard.press('Enter');
    await page.getByText('The next try is taken in 2 seconds.').waitFor();
    station.failures.clear();
    expect(await secretField(page).inputValue()).toBe('');
    await secretField(page).fill('402917');
    await page.keyboard.press('Enter');
    expect(station.inputsOf('vault.sign-in')).toHaveLength(1);
    await page.getByRole('button', { name: 'Sign in' }).and(page.locator(':enabled')).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForSelector('nav');
    await window.close();
  });

  it.each(['sign-in-locked', 'keystore-refused', 'disk-full'] as const)(
    'that stays closed says why in three parts: %s',
    async (code) => {
      const station = sealed();
      station.failures.set('vault.sign-in', code);
      const window = await openWindow(station);
      const { page } = window;
      await page.getByLabel('Sign-in name').fill('jtan');
      await secretField(page).fill('999999');
      await page.keyboard.press('Enter');
      const told = page.getByRole(code === 'sign-in-locked' ? 'status' : 'alert').filter({ hasText: /./ });
      await told.last().waitFor();
      expect(await told.last().locator('p').count()).toBe(3);
      await window.close();
    },
  );

  it('tells of Caps Lock', async () => {
    const window = await openWindow(sealed());
    const { page } = window;
    await secretField(page).focus();
    await secretField(page).evaluate((field) =>
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'A', bubbles: true, modifierCapsLock: true })),
    );
    await page.getByText('Caps Lock is on').waitFor();
    await window.close();
  });

  it('opens by the recovery key, and says which group is mistyped before it is sent', async () => {
    const window = await openWindow(sealed());
    const { page, station } = window;
    await page.getByRole('button', { name: 'Use the recovery key' }).click();
    const groups = groupsOf(RECOVERY_KEY);
    const key = page.getByLabel('Recovery key');
    await key.fill([...groups.slice(0, 4), 'AAAAA', ...groups.slice(5)].join(' '));
    await page.getByText('Something is mistyped in group 5.').waitFor();
    await fillPerson(page, 'A. Keys', 'keys', '815294');
    await page.getByRole('button', { name: 'Open' }).click();
    expect(station.inputsOf('vault.recover')).toEqual([]);
    await key.fill(groups.join(' ').toLowerCase());
    await page.getByRole('button', { name: 'Open' }).click();
    await page.waitForSelector('nav');
    expect(station.inputsOf('vault.recover')).toHaveLength(1);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('asks whoever signed in with a secret of somebody else for one of their own, and for nothing else', async () => {
    const window = await openWindow(
      createFakeStation({}, { session: sessionOf(OFFICER, { mustChange: true }) }),
    );
    const { page, station } = window;
    await page.getByText('choose a secret of your own').waitFor();
    await page.keyboard.press('F3');
    await page.getByLabel('Secret until now', { exact: true }).fill('111213');
    await page.getByLabel('New secret', { exact: true }).fill('402917');
    await page.getByLabel('The same once more', { exact: true }).fill('402917');
    await page.keyboard.press('Enter');
    await page.waitForSelector('nav');
    expect(station.inputsOf('vault.change-secret')).toEqual([{ secret: '111213', newSecret: '402917' }]);
    await window.close();
  });
});

const DRAFT: Draft = {
  id: '01930000-0000-7000-8000-0000000000d1',
  startedAt: '2026-11-22T07:05:00.000Z',
  documents: [
    {
      id: '01930000-0000-7000-8000-0000000000d2',
      images: [],
      reading: {
        source: 'typed',
        lines: [
          'P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<',
          'L898902C36UTO7408122F1204159ZE184226B<<<<<10',
        ],
        rawLines: [],
        corrections: [],
        lowConfidence: [],
        confidence: null,
        outline: null,
        imageId: null,
      },
    },
  ],
};

async function signInAs(page: Page, key: string): Promise<void> {
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await page.keyboard.press(key);
  await secretField(page).fill('402917');
  await page.keyboard.press('Enter');
  await page.waitForSelector('nav');
}

/** Everything that the page holds, also what cannot be seen. */
async function everything({ page }: OpenWindow): Promise<string> {
  const fields = await page.evaluate(() =>
    [...document.querySelectorAll('input, textarea')].map((one) => (one as HTMLInputElement).value).join(' '),
  );
  return `${await page.content()} ${fields} ${await page.title()}`;
}

/** A passport on a reader that types, each row with Enter behind it. */
async function swipe(page: Page): Promise<void> {
  for (const line of DRAFT.documents[0]?.reading?.lines ?? []) {
    await page.keyboard.type(line, { delay: 2 });
    await page.keyboard.press('Enter');
  }
}

describe('the locked window', () => {
  it('holds nothing of the traveller who was on it; the draft was kept before and comes back to its officer', async () => {
    const station = createFakeStation();
    station.draft = DRAFT;
    const window = await openWindow(station);
    const { page } = window;
    await page.getByText('ERIKSSON').first().waitFor();
    await page.keyboard.press('Control+l');
    await page.getByText('1 examination under way is kept.').waitFor();
    const left = await everything(window);
    for (const part of ['ERIKSSON', 'L898902C3', 'ANNA']) expect(left).not.toContain(part);
    expect(station.inputsOf('draft.discard')).toEqual([]);
    await signInAs(page, '1');
    await page.getByText('ERIKSSON').first().waitFor();
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('takes no reader, no drop and no key of the lane', async () => {
    const window = await openWindow(createFakeStation());
    const { page, station } = window;
    await page.getByText('Put a passport').waitFor();
    await page.keyboard.press('F9');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    const before = station.calls.length;
    // The first row chooses a name, and what follows is typed into the field of the secret: no try is counted.
    for (let times = 0; times < 2; times += 1) await swipe(page);
    await page.getByText('A document reader typed here.').waitFor();
    expect(await secretField(page).inputValue()).toBe('');
    await page.keyboard.press('F1');
    await page.evaluate(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(8)], 'passport.jpg'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    });
    await page.waitForTimeout(600);
    const channels = station.calls.slice(before).map(({ channel }) => channel);
    expect(channels.filter((channel) => !['vault.lock', 'vault.state'].includes(channel))).toEqual([]);
    expect(await everything(window)).not.toContain('ERIKSSON');
    expect(window.images.stored.size).toBe(0);
    await window.close();
  });

  it('forgets the record that was open: the next person finds the list', async () => {
    const station = createFakeStation();
    station.rows = historyRows(3);
    const [row] = station.rows;
    if (row === undefined) throw new Error('no row');
    station.records.set(row.id, recordOf(row, 0, []));
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    await page.keyboard.press('F3');
    await page.locator(`tr[data-id="${row.id}"]`).click();
    await page.getByRole('button', { name: 'To the list' }).waitFor();
    await page.keyboard.press('Control+l');
    await signInAs(page, '2');
    await page.locator(`tr[data-id="${row.id}"]`).waitFor();
    expect(await page.getByRole('button', { name: 'To the list' }).count()).toBe(0);
    await window.close();
  });

  it('says as a problem that the hub refuses this station, and that a station which has ended answers no more', async () => {
    const station = createFakeStation();
    const window = await openWindow(station);
    const { page } = window;
    await page.getByText('Put a passport').waitFor();
    await page.keyboard.press('F9');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    const refused = page.getByText('The hub refuses this station: reports neither leave nor come.');
    expect(await refused.count()).toBe(0);
    station.vault = { ...station.vault, hubStopped: true };
    await window.push('vault.changed', {});
    await refused.waitFor();
    const gone = page.getByText('The station part of Countercheck did not answer.');
    expect(await gone.count()).toBe(0);
    // Nobody is there who could answer.
    const { invoke } = station;
    station.invoke = () => Promise.reject(new Error('ended'));
    await gone.waitFor();
    station.invoke = invoke;
    await gone.waitFor({ state: 'detached' });
    await window.close();
  });

  it('is hidden at once although the station is slow, and says so where it does not answer', async () => {
    const station = createFakeStation();
    station.draft = DRAFT;
    const window = await openWindow(station);
    const { page } = window;
    await page.getByText('ERIKSSON').first().waitFor();
    station.failures.set('vault.lock', 'internal');
    await page.keyboard.press('F9');
    await page.getByRole('alert').waitFor();
    expect(await everything(window)).not.toContain('ERIKSSON');
    station.failures.clear();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => station.vault.phase).toBe('locked');
    await page.getByRole('alert').waitFor({ state: 'detached' });
    await window.close();
  });

  it('takes a secret however fast it is typed', async () => {
    const window = await openWindow(createFakeStation());
    const { page, station } = window;
    await page.getByText('Put a passport').waitFor();
    await page.keyboard.press('F9');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    await page.keyboard.press('1');
    await secretField(page).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('seven green boats', { delay: 1 });
    await page.keyboard.press('Enter');
    await page.waitForSelector('nav');
    expect(station.inputsOf('vault.sign-in')).toEqual([
      { officerId: OFFICER.id, secret: 'seven green boats' },
    ]);
    await window.close();
  });

  it('comes by itself when no hand was there, and when the station says so', async () => {
    const station = createFakeStation();
    const window = await openWindow(station, { clock: true });
    const { page } = window;
    await page.waitForSelector('nav');
    await page.clock.fastForward('04:50');
    await page.mouse.move(300, 300);
    await page.mouse.move(310, 310);
    await page.clock.fastForward('04:50');
    expect(await page.locator('nav').count()).toBe(1);
    await page.clock.fastForward('00:20');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    expect(station.inputsOf('vault.touch').length).toBeGreaterThan(0);
    await signInAs(page, '1');
    station.vault = { ...station.vault, phase: 'locked', session: null };
    await window.push('vault.changed', {});
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    await window.close();
  });

  it('comes when the station answers that nobody is signed in', async () => {
    const station = createFakeStation();
    const window = await openWindow(station);
    const { page } = window;
    await page.waitForSelector('nav');
    station.vault = { ...station.vault, phase: 'locked', session: null };
    station.failures.set('history.search', 'signed-out');
    await page.keyboard.press('F3');
    await page.getByRole('heading', { name: 'Locked' }).waitFor();
    await window.close();
  });
});

describe('a draft that somebody else began', () => {
  const offered = () => {
    const station = createFakeStation();
    station.draft = DRAFT;
    station.handlers['draft.load'] = () => ({
      draft: DRAFT,
      begunBy: { officerId: SECOND_OFFICER.id, name: SECOND_OFFICER.name },
    });
    return station;
  };

  it('is taken over by one key', async () => {
    const window = await openWindow(offered());
    const { page, station } = window;
    await page.getByRole('dialog', { name: `An examination begun by ${SECOND_OFFICER.name}` }).waitFor();
    expect(await everything(window)).not.toContain('ERIKSSON');
    await page.keyboard.press('t');
    await page.getByText('ERIKSSON').first().waitFor();
    expect(station.inputsOf('draft.take')).toEqual([{ id: DRAFT.id }]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });

  it('is left by one key, and the lane is free', async () => {
    const window = await openWindow(offered());
    const { page, station } = window;
    await page.getByRole('dialog').waitFor();
    station.handlers['draft.load'] = () => ({ draft: null, begunBy: null });
    await page.keyboard.press('l');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /Doubt/ }).and(page.locator(':enabled')).waitFor();
    expect(station.inputsOf('draft.leave')).toEqual([{ id: DRAFT.id }]);
    expect(station.inputsOf('draft.discard')).toEqual([]);
    expect(window.problems()).toEqual([]);
    await window.close();
  });
});

it('a draft that the station could not take is kept in the window for its officer, and shown to nobody else', async () => {
  const station = createFakeStation();
  const window = await openWindow(station);
  const { page } = window;
  await page.getByText('Put a passport').waitFor();
  station.failures.set('draft.save', 'disk-full');
  await page.keyboard.press('m');
  await page.locator('input:focus').waitFor();
  await page.keyboard.type('P<UTOERIKSSON', { delay: 80 });
  await page.getByText('The draft is not kept on this machine at the moment.').first().waitFor();
  await page.keyboard.press('F9');
  await signInAs(page, '2');
  await page.getByText('Put a passport').waitFor();
  expect(await everything(window)).not.toContain('ERIKSSON');
  await page.keyboard.press('F9');
  station.failures.clear();
  await signInAs(page, '1');
  await expect.poll(() => JSON.stringify(station.draft)).toContain('P<UTOERIKSSON');
  await window.close();
});

it('a new recovery key waits for its administrator where the window locks meanwhile', async () => {
  const station = createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });
  const window = await openWindow(station);
  const { page } = window;
  await page.waitForSelector('nav');
  await page.keyboard.press('2');
  await page.getByRole('button', { name: 'Make a new recovery key' }).click();
  await secretField(page).fill('815294');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Recovery key' }).waitFor();
  station.vault = { ...station.vault, phase: 'locked', session: null };
  await window.push('vault.changed', {});
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  expect(await everything(window)).not.toContain(groupsOf(RECOVERY_KEY)[0]);
  await signInAs(page, '1');
  expect(await everything(window)).not.toContain(groupsOf(RECOVERY_KEY)[0]);
  await page.keyboard.press('F9');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await page.keyboard.press('3');
  await secretField(page).fill('815294');
  await page.keyboard.press('Enter');
  await page.getByRole('list', { name: 'Recovery key' }).waitFor();
  await window.close();
});
