// Whole cases with protection in them: no record, export, log or report tells of it. The measurement has two hundred.
import { afterAll, expect, it, vi } from 'vitest';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { createPdfPrinter } from '../../electron/host/print-pdf.ts';
import { hitsIn, protectionScan } from '../bench/protection/run.ts';

vi.setConfig({ testTimeout: 120_000 });
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'countercheck-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('four cases from the counter to the signed report on paper tell nothing of protection', async () => {
  const printPdf = createPdfPrinter(findBrowser() ?? '');
  const told = await protectionScan({ folder, count: 4, seed: 7, printPdf });
  expect(told.hits).toEqual([]);
  expect(told.missed).toEqual([]);
  expect(told.reports).toBe(4);
});

it('the search knows markers and words of protection when it sees them', () => {
  const told = hitsIn([
    ['a', 'x SHELTER-MARKER-0001 y'],
    ['b', 'Referred to the Protection officer'],
    ['c', '["TI05"]'],
    ['d', 'referred, given at second line'],
  ]);
  expect(told).toEqual(['a: a marker of protection', 'b: a word of protection', 'c: a word of protection']);
});
