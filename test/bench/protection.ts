// Two hundred cases, each with an entry of protection: nothing but the protection file tells of one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../../electron/host/find-browser.ts';
import { createPdfPrinter } from '../../electron/host/print-pdf.ts';
import type { BenchResult } from '../../scripts/bench-result.ts';
import { protectionScan } from './protection/run.ts';

const CASES = 200;

export async function bench({ seed }: { seed: number }): Promise<BenchResult> {
  const browser = findBrowser();
  if (browser === null) throw new Error('this measurement needs Chromium, Chrome or Edge');
  // Its name is searched like everything else.
  const folder = mkdtempSync(join(tmpdir(), 'countercheck-bench-'));
  try {
    const told = await protectionScan({ folder, count: CASES, seed, printPdf: createPdfPrinter(browser) });
    for (const hit of [...told.hits, ...told.missed]) process.stderr.write(`${hit}\n`);
    return {
      figures: {
        cases: told.cases,
        reports: told.reports,
        'places searched': told.places,
        hits: told.hits.length,
        'ordinary words not found': told.missed.length,
      },
      goals: {
        'no record, export, log or report tells of protection': told.hits.length === 0,
        'the search finds what it must': told.missed.length === 0 && told.reports === CASES,
      },
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
