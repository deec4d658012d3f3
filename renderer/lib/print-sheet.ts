// Puts a page of our own on paper that is not the window: it is laid out beside it, seen by the printer alone.
import { printPage } from './print.ts';

const ASIDE = `
@media screen { .print-sheet { display: none; } }
@media print { body > :not(.print-sheet) { display: none !important; } }
`;

/**
 * Prints a whole page of HTML (`shared/report`). Its style goes into a style sheet made by code and its pictures become
 * blobs: the window's policy takes neither from markup. Nothing of it stays.
 */
export async function printSheet(page: string): Promise<void> {
  const [style = '', css = ''] = /<style>(.*?)<\/style>/su.exec(page) ?? [];
  const parsed = new DOMParser().parseFromString(page.replace(style, ''), 'text/html');
  const inner = new CSSStyleSheet();
  // Inside a shadow tree the root of the page is its host.
  inner.replaceSync(css.replaceAll(':root', ':host'));
  const outer = new CSSStyleSheet();
  outer.replaceSync(ASIDE + pageRules(inner));
  const host = document.createElement('div');
  host.className = 'print-sheet';
  const root = host.attachShadow({ mode: 'closed' });
  root.adoptedStyleSheets = [inner];
  const addresses = takePictures(parsed);
  root.append(...parsed.body.childNodes);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, outer];
  document.body.append(host);
  try {
    await Promise.all(
      [...root.querySelectorAll('img')].map((image) => image.decode().catch(() => undefined)),
    );
    await printPage();
  } finally {
    host.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== outer);
    for (const address of addresses) URL.revokeObjectURL(address);
  }
}

/** Rules about the paper count only outside a shadow tree. */
function pageRules(sheet: CSSStyleSheet): string {
  return [...sheet.cssRules]
    .filter((rule) => rule instanceof CSSPageRule)
    .map(({ cssText }) => cssText)
    .join('\n');
}

/** Gives each picture of the page its bytes as a blob; answers the addresses. */
function takePictures(page: Document): string[] {
  return [...page.querySelectorAll('img')].flatMap((image) => {
    const [, mime, base64] = /^data:([\w/+.-]+);base64,(.*)$/su.exec(image.getAttribute('src') ?? '') ?? [];
    if (mime === undefined || base64 === undefined) return [];
    const bytes = Uint8Array.from(atob(base64), (each) => each.charCodeAt(0));
    const address = URL.createObjectURL(new Blob([bytes], { type: mime }));
    image.setAttribute('src', address);
    return [address];
  });
}
