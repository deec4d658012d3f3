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
@page { size: 148mm 105mm; margin: 8mm; }
* { box-sizing: border-box; }
:root { font: 12pt/1.35 'Atkinson Hyperlegible', 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111; }
body { margin: 0; }
main { display: flex; flex-direction: column; width: 132mm; min-height: 88mm; padding: 6mm 7mm; border: 0.75pt solid #777; border-radius: 3mm; }
h1 { font-size: 16pt; line-height: 1.2; margin: 0 0 2mm; overflow-wrap: anywhere; }
p { margin: 0 0 1.5mm; overflow-wrap: anywhere; }
.telephone { font-size: 22pt; line-height: 1.2; font-weight: bold; margin-bottom: 4mm; }
.free { margin: auto 0 0; padding-top: 3mm; border-top: 0.75pt solid #777; }
`;

/** The whole page: A6, on larger paper a frame to cut out; the same card for everybody. */
export function contactCard(contact: CardContact, { language, say }: CardWords): string {
  const row = (label: string, value: string): Html | null =>
    value === '' ? null : html`<p>${say(label)} ${value}</p>`;
  const body = html`<main><h1>${contact.name}</h1>
${contact.telephone === '' ? null : html`<p class="telephone">${contact.telephone}</p>`}
${row('protect.card.hours', contact.hours)}
${row('protect.card.address', contact.address)}
${row('protect.card.languages', contact.languages)}
<p class="free">${say('protect.card.free')}</p></main>`;
  return `<!doctype html>
<html lang="${html`${language}`.html}">
<head><meta charset="utf-8"><title>${html`${contact.name}`.html}</title><style>${STYLE}</style></head>
<body>${body.html}</body>
</html>
`;
}
