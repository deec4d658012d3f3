// Settings of the administrator: which document types are known, and what is wrong with a file that adds some.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { shippedProcedure } from '../../electron/services/procedures.ts';
import type { Output } from '../../shared/contract/channels.ts';
import { PROBLEM_CODES } from '../../shared/procedures/validate.ts';
import { ADMINISTRATOR, createFakeStation, sessionOf } from './fake-station.ts';
import { closeBrowser, openWindow, prepare } from './harness.ts';

beforeAll(prepare, 120_000);
afterAll(closeBrowser);

const procedure = shippedProcedure();
const ANSWER = { procedure, words: {}, version: 'shipped', sha256: '0'.repeat(64), problems: [] };

async function openSettings(change: Partial<Output<'procedure.get'>> = {}) {
  const station = createFakeStation({}, { session: sessionOf(ADMINISTRATOR) });
  station.handlers['procedure.get'] = () => ({ ...ANSWER, ...change });
  const window = await openWindow(station);
  await window.page.waitForSelector('nav');
  await window.page.keyboard.press('F8');
  const panel = window.page.getByRole('region', { name: 'Document types' });
  await panel.waitFor();
  return { window, panel };
}

it('what is known is told, and how to add more', async () => {
  const { window, panel } = await openSettings();
  await panel.getByText('4 types are known. Your agency has added none of its own.').waitFor();
  await panel.getByText(/\*\.procedure\.json/).waitFor();
  expect(window.problems()).toEqual([]);
  await window.close();
});

it('a broken file is named, with everything that is wrong with it, whatever that is', async () => {
  const problems = PROBLEM_CODES.map((code) => ({
    file: 'agency.procedure.json',
    code,
    at: 'x-1: OVD.none',
  }));
  const own = procedure.types.slice(0, 1).map((type) => ({ ...type, id: 'own' }));
  const { window, panel } = await openSettings({
    procedure: { ...procedure, types: [...own, ...procedure.types] },
    words: { en: { 'type.own': 'Own' } },
    problems,
  });
  await panel.getByText('5 types are known, 1 of them added by your agency.').waitFor();
  await panel.getByText('agency.procedure.json is not used').waitFor();
  const lines = await panel.getByRole('listitem').allTextContents();
  expect(lines).toHaveLength(PROBLEM_CODES.length);
  expect(new Set(lines).size).toBe(PROBLEM_CODES.length);
  expect(lines.filter((line) => line.includes('procedure-files'))).toEqual([]);
  expect(lines).toContain('Nothing has this id: x-1: OVD.none');
  expect(window.problems()).toEqual([]);
  await window.close();
});
