// The report as the print dialogue gets it: laid out beside the window, under the window's own policy, pictures and all.
import { expect, it, vi } from 'vitest';
import { caseReport } from '../../shared/report/case-report.ts';
import { reportWords } from '../../electron/services/report-words.ts';
import { textOfPdf } from '../pdf-text.ts';
import { PICTURE, wholeCase } from '../report/case.ts';
import { closeCasesAfterEach, openFirst, testCases } from './case-window.ts';
import { press } from './lane-window.ts';

vi.setConfig({ testTimeout: 120_000 });
closeCasesAfterEach();

it('is printed whole, without the window behind it, and nothing of it stays', async () => {
  const cases = await testCases();
  const { station } = cases;
  const [jpeg = new Uint8Array()] = cases.pictures.values();
  const url = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`;
  const pictures = new Map([[PICTURE, { url, width: 1500, height: 1000 }]]);
  const report = caseReport({ ...wholeCase(), pictures }, reportWords('en', 'UTC', {}));
  let paper: Uint8Array | null = null;
  station.vault.shell = { kind: 'electron', pickFile: false, print: true };
  station.handlers['case.print'] = ({ folder }) => {
    expect(folder).toBeNull();
    return { path: null, bytes: report.length, sha256: 'ab'.repeat(32), page: report, missing: 0 };
  };
  station.handlers['shell.print'] = async () => {
    paper = await window.page.pdf({ preferCSSPageSize: true, printBackground: true });
    return { printed: true };
  };
  const window = await openFirst(cases);
  await press(window, 'Control+p');
  await window.page.getByRole('dialog').waitFor();
  await press(window, 'Enter');
  await expect.poll(() => paper, { timeout: 20_000 }).not.toBeNull();
  const bytes = paper ?? new Uint8Array();
  const text = (await textOfPdf(bytes)).replaceAll(/\s+/gu, ' ');
  expect(text).toContain('Case report');
  expect(text).toContain('Signs of alteration');
  expect(text).toContain('Who did what');
  expect(text).not.toContain('LIVE');
  // The picture is in it, as large as it came.
  expect(bytes.length).toBeGreaterThan(jpeg.length);
  await expect.poll(() => window.page.locator('.print-sheet').count()).toBe(0);
  await window.page.getByRole('dialog').waitFor({ state: 'detached' });
});
