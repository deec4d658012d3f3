// What people of every role do at the window: lock, choose their name, and go to the pages of the vault.
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { pressUntil, see, tabTo, WAIT_MS } from './steps.ts';
import { text } from './words.ts';

export interface WhoSignsIn {
  name: string;
  signInName: string;
  secret: string;
}

export const field = (page: Page, id: string): Locator =>
  page.getByRole('textbox', { name: text(id), exact: true });

/** A field for a secret is no textbox to a screen reader: what stands in it is not read out. */
export const secret = (page: Page, id: string): Locator => page.getByLabel(text(id), { exact: true });

/** Fills the fields of a new person, by keyboard only. */
export async function typePerson(page: Page, person: WhoSignsIn): Promise<void> {
  await tabTo(page, field(page, 'person.name'));
  await page.keyboard.type(person.name);
  await tabTo(page, field(page, 'person.sign-in-name'));
  await page.keyboard.type(person.signInName);
  for (const id of ['secret-field.new', 'secret-field.again']) {
    await tabTo(page, secret(page, id));
    await page.keyboard.type(person.secret);
  }
}

/** Chooses a name by its key, as the list shows it, and types the secret. */
export async function chooseName(page: Page, name: string, words: string): Promise<void> {
  const option = page.getByRole('option', { name });
  await option.waitFor({ timeout: WAIT_MS });
  const key = (await option.locator('kbd').innerText()).trim();
  await pressUntil(page, key, page.getByRole('heading', { name }));
  await page.keyboard.type(words);
  await page.keyboard.press('Enter');
}

export async function lock(page: Page): Promise<void> {
  await page.keyboard.press('Control+l');
  await page.getByRole('heading', { name: text('sign-in.locked.title') }).waitFor({ timeout: WAIT_MS });
}

/** Whoever was given a secret for once puts their own in its place. */
export async function chooseOwnSecret(page: Page, given: string, own: string): Promise<void> {
  await see(page, text('sign-in.own-secret.why'));
  await secret(page, 'secret-field.old').fill(given);
  await secret(page, 'secret-field.new').fill(own);
  await secret(page, 'secret-field.again').fill(own);
  await page.keyboard.press('Enter');
}

/** The recovery key as the window shows it this once; types the groups back that it asks for. Answers its words. */
export async function keepRecoveryKey(page: Page): Promise<string> {
  const key = page.getByRole('list', { name: text('recovery.key') });
  await key.waitFor({ timeout: WAIT_MS });
  const groups = (await key.getByRole('listitem').allInnerTexts()).map((words) => words.slice(-5));
  expect(groups).toHaveLength(13);
  for (const asked of await page.getByRole('textbox').all()) {
    const label = await asked.evaluate((one) => (one as HTMLInputElement).labels?.[0]?.textContent ?? '');
    await tabTo(page, asked);
    await page.keyboard.type(groups[Number(label.replaceAll(/\D/g, '')) - 1] ?? '');
  }
  await page.keyboard.press('Enter');
  await key.waitFor({ state: 'detached' });
  return groups.join('-');
}

type VaultPage = 'people' | 'keys' | 'audit' | 'retention' | 'backup' | 'hub';

/** The pages of the vault that this person is shown. */
export const vaultPages = (page: Page): Locator =>
  page.getByRole('navigation', { name: text('screen.vault') }).getByRole('button');

/** Opens a page of the vault. */
export async function goToVault(page: Page, id: VaultPage): Promise<void> {
  await page.keyboard.press('F7');
  await vaultPages(page)
    .filter({ hasText: text(`vault-page.${id}`) })
    .click({ timeout: WAIT_MS });
}

/** A panel by its title: what is within is looked for there alone. */
export const panel = (page: Page, titleId: string): Locator =>
  page.getByRole('region', { name: text(titleId), exact: true });

/** A button by its word; the key it shows stands before it. */
export function button(within: Page | Locator, id: string, values: Record<string, string | number> = {}) {
  const word = text(id, values).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return within.getByRole('button', { name: new RegExp(`(?:^| )${word}$`) });
}

export async function press(
  within: Page | Locator,
  id: string,
  values: Record<string, string | number> = {},
): Promise<void> {
  await button(within, id, values).click({ timeout: WAIT_MS });
}

/** The code with which the station refuses what this window asks, or `ok`. */
export function askedAnyway(page: Page, channel: string, input: object): Promise<string> {
  return page.evaluate(
    async ([name, body]) => {
      const answer = await fetch(`/rpc/${name}`, { method: 'POST', body: body ?? '' });
      return ((await answer.json()) as { error?: { code: string } }).error?.code ?? 'ok';
    },
    [channel, JSON.stringify(input)],
  );
}
