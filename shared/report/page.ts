// A page of HTML for paper: whole, in the words' language, with nothing from outside and no script.
import { type Html, html } from './html.ts';

export function wholePage(of: { language: string; title: string; style: string; body: Html }): string {
  return `<!doctype html>
<html lang="${html`${of.language}`.html}">
<head>
<meta charset="utf-8">
<title>${html`${of.title}`.html}</title>
<style>${of.style}</style>
</head>
<body>
${of.body.html}
</body>
</html>
`;
}
