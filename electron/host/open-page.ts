// The page that spends an opening key. The key stands behind `#`, so it reaches the host only by this page's POST.
import { words } from '../words.ts';

/** Served without a cookie; holds nothing of the station. */
export function openPage(): string {
  const text = words();
  const title = escape(text('shell.name'));
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<p id="opening" role="status">${escape(text('shell.open.opening'))}</p>
<p id="refused" role="alert" hidden>${escape(text('shell.open.refused'))}</p>
<script src="/open.js"></script>
</html>
`;
}

/** Spends the key and leaves for the window; the address with the key does not stay in the history. */
export const OPEN_SCRIPT = `'use strict';
const key = location.hash.slice(1);
history.replaceState(null, '', '/open');
fetch('/open', { method: 'POST', body: key })
  .then((answer) => {
    if (!answer.ok) throw new Error('refused');
    location.replace('/');
  })
  .catch(() => {
    document.getElementById('opening').hidden = true;
    document.getElementById('refused').hidden = false;
  });
`;

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
