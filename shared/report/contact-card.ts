// A card for the pocket: where help can be had. It says nothing of who carries it, nor why.
import { type Html, html } from './html.ts';

export interface CardContact {
  name: string;
  telephone: string;
  address: string;
  hours: string;
  languages: string;
}

export interface CardWords {
  language: string;
  say(id: string): string;
}

const STYLE = `
@page { size: A6 landscape; margin: 9mm; }
:root { font: 12pt/1.4 'Atkinson Hyperlegible', 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111; }
h1 { font-size: 15pt; margin: 0 0 3mm; }
p { margin: 0 0 2mm; overflow-wrap: anywhere; }
.telephone { font-size: 17pt; font-weight: bold; }
`;

/** The whole page: A6, the same card for everybody. */
export function contactCard(contact: CardContact, { language, say }: CardWords): string {
  const row = (label: string, value: string): Html | null =>
    value === '' ? null : html`<p>${say(label)} ${value}</p>`;
  const body = html`<h1>${contact.name}</h1>
${contact.telephone === '' ? null : html`<p class="telephone">${contact.telephone}</p>`}
${row('protect.card.hours', contact.hours)}
${row('protect.card.address', contact.address)}
${row('protect.card.languages', contact.languages)}
<p>${say('protect.card.free')}</p>`;
  return `<!doctype html>
<html lang="${html`${language}`.html}">
<head><meta charset="utf-8"><title>${html`${contact.name}`.html}</title><style>${STYLE}</style></head>
<body>${body.html}</body>
</html>
`;
}
