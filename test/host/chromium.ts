// Chromium for tests: launched by playwright-core, headless, with everything it complains about written down.
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { canSandbox } from '../../electron/host/browser.ts';
import { findBrowser } from '../../electron/host/find-browser.ts';

export interface TestBrowser {
  context: BrowserContext;
  page: Page;
  /** Addresses asked for that are not of the expected origin. */
  strangers: string[];
  /** Refusals by the content-security policy, errors of the console and of the page. */
  complaints: string[];
  close(): Promise<void>;
}

/** Opens a page in a passing profile; `origin` is the only place that it should talk to. */
export async function openBrowser(origin: string, args: readonly string[] = []): Promise<TestBrowser> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('this test needs Chromium, Chrome or Edge');
  const browser = await chromium.launch({
    executablePath,
    chromiumSandbox: canSandbox(),
    args: ['--disable-gpu', '--disable-background-networking', '--disable-component-update', ...args],
  });
  const context = await browser.newContext({ viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const strangers: string[] = [];
  const complaints: string[] = [];
  context.on('request', (request) => {
    const { protocol } = new URL(request.url());
    if (new URL(request.url()).origin !== origin && protocol !== 'blob:') strangers.push(request.url());
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      // The console carries this to the test, also from pages that are left at once.
      globalThis.reportError(new Error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
    });
  });
  return { context, page, strangers, complaints, close: () => browser.close() };
}
