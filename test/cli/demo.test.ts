// `demo`: the whole main job, ending in pictures of the real window.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { photographWindow } from '../../electron/cli/demo/window.ts';
import { needBrowser } from '../../scripts/browser.ts';
import { buildWindow } from '../../scripts/build-window.ts';
import { textOfPdf } from '../pdf-text.ts';
import { runCli } from './run-cli.ts';

const SCREENS = ['sign-in', 'start', 'examine', 'history', 'record', 'settings'];

test('specimens are read, recorded, found again, and the window is photographed', {
  timeout: 300_000,
}, async () => {
  await buildWindow(process.cwd());
  process.env['COUNTERCHECK_BROWSER'] ??= needBrowser() ?? '';
  const out = mkdtempSync(join(tmpdir(), 'cli-demo-'));
  const before = readdirSync(tmpdir()).filter((name) => name.startsWith('countercheck-demo-'));
  try {
    const { code, stdout, stderr } = await runCli(['demo', '--out', out]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('The date of birth and its check digit do not agree');
    expect(stdout).toMatch(/Reason to look {2}.+\n {4}It may also be {2}.+/);
    expect(stdout).toContain('Decision: referred to second line');
    expect(stdout).toContain('Decision: cleared');
    expect(stdout).toContain('Signs of alteration: concluded by B. Specimen, signed by A. Specimen');
    const [report = ''] = readdirSync(out).filter((name) => name.endsWith('.pdf'));
    expect(stdout).toContain(`  ${join(out, report)}\n`);
    const printed = await textOfPdf(readFileSync(join(out, report)));
    for (const words of ['Signs of alteration', 'A. Specimen', 'B. Specimen'])
      expect(printed).toContain(words);
    expect(stdout).toContain('The audit chain fits the records.');
    const pictures = SCREENS.flatMap((screen) =>
      ['light', 'dark'].map((theme) => join(out, `${screen}-${theme}.png`)),
    );
    for (const picture of pictures) {
      expect(stdout).toContain(`  ${picture}\n`);
      const { width, height } = await sharp(picture).metadata();
      expect({ width, height }).toEqual({ width: 1366, height: 768 });
    }
    const [light, dark] = await Promise.all(
      ['light', 'dark'].map((theme) =>
        sharp(join(out, `start-${theme}.png`))
          .greyscale()
          .stats(),
      ),
    );
    expect(light?.channels[0]?.mean).toBeGreaterThan(180);
    expect(dark?.channels[0]?.mean).toBeLessThan(80);
    // Its own data is gone.
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('countercheck-demo-'))).toEqual(before);
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
});

test('without a browser it says so and makes no folder', async () => {
  const browser = process.env['COUNTERCHECK_BROWSER'];
  delete process.env['COUNTERCHECK_BROWSER'];
  const out = join(tmpdir(), 'cli-demo-never');
  try {
    await expect(photographWindow(tmpdir(), out)).rejects.toThrow('no-browser');
    expect(existsSync(out)).toBe(false);
  } finally {
    if (browser !== undefined) process.env['COUNTERCHECK_BROWSER'] = browser;
  }
});
