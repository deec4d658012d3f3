// The frame of every page of the hub: menu, who is signed in, one main part. No script: it works as plain HTML.
import type { FastifyReply } from 'fastify';
import { type Html, html } from '../../shared/report/html.ts';
import type { PersonRole } from '../db/tables.ts';
import type { Person } from '../people.ts';
import { type HubWordId, word } from './words.ts';

/** Who may open what of the menu; the routes ask the same table. */
export const PAGES = [
  { path: '/', word: 'hub.overview', roles: ['administrator', 'agency-administrator', 'analyst'] },
  { path: '/reports', word: 'hub.reports', roles: ['administrator', 'agency-administrator', 'analyst'] },
  {
    path: '/trends',
    word: 'hub.trends',
    roles: ['administrator', 'agency-administrator', 'analyst'],
  },
  { path: '/alerts', word: 'hub.alerts', roles: ['administrator', 'agency-administrator', 'analyst'] },
  { path: '/studies', word: 'hub.studies', roles: ['administrator', 'agency-administrator', 'analyst'] },
  { path: '/bundles', word: 'hub.bundles', roles: ['administrator', 'agency-administrator'] },
  { path: '/agencies', word: 'hub.agencies', roles: ['administrator'] },
  { path: '/stations', word: 'hub.stations', roles: ['administrator', 'agency-administrator'] },
  { path: '/people', word: 'hub.people', roles: ['administrator', 'agency-administrator'] },
  { path: '/policy', word: 'hub.policy', roles: ['administrator'] },
] as const satisfies readonly { path: string; word: HubWordId; roles: readonly PersonRole[] }[];

export type PagePath = (typeof PAGES)[number]['path'];

/** Whether a role may open a page of the menu, and what lies below it. */
export const mayOpen = (role: PersonRole, path: PagePath): boolean =>
  PAGES.some((page) => page.path === path && page.roles.some((each) => each === role));

function whole(title: string, body: Html): string {
  const written = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>${title}</title>
      <link rel="stylesheet" href="/static/hub.css" />
    </head>
    ${body}
  </html>`;
  return `<!doctype html>\n${written.html}`;
}

/** A page inside the frame, for whoever is signed in. */
export function page(reply: FastifyReply, who: Person, path: PagePath, title: string, content: Html) {
  const items = PAGES.filter((each) => mayOpen(who.role, each.path)).map(
    (each) =>
      html`<a href="${each.path}" ${each.path === path ? html`aria-current="page"` : null}>${word(each.word)}</a>`,
  );
  const role = word(`hub.role.${who.role}`);
  const body = html`<body class="frame">
    <nav class="rail" aria-label="${word('hub.menu')}">
      <span class="name">${word('hub.name')}</span>
      ${items}
      <div class="who">
        <p>${word('hub.who', { name: who.name, role })}</p>
        <form method="post" action="/sign-out"><button>${word('hub.sign-out')}</button></form>
      </div>
    </nav>
    <main><h1>${title}</h1>${content}</main>
  </body>`;
  return reply.type('text/html; charset=utf-8').send(whole(`${title} · ${word('hub.name')}`, body));
}

/** A page without the frame: signing in, a link, an error. */
export function pageAlone(reply: FastifyReply, title: string, content: Html) {
  const body = html`<body class="alone"><main><h1>${title}</h1>${content}</main></body>`;
  return reply.type('text/html; charset=utf-8').send(whole(`${title} · ${word('hub.name')}`, body));
}

/** What was refused, above the form that it was refused in. */
export const notice = (text: string | null): Html | null =>
  text === null ? null : html`<p class="notice" role="alert">${text}</p>`;

/** One button that posts; `values` go with it. */
export function button(action: string, label: string, values: Record<string, string> = {}): Html {
  const hidden = Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
  return html`<form method="post" action="${action}">${hidden}<button>${label}</button></form>`;
}

/** What cannot be undone is asked on a page of its own: what it does, the one button that does it, and a way back. */
export const asking = (what: string, action: string, label: string, back: string): Html =>
  html`<section class="panel"><p>${what}</p><div class="row">
    <form method="post" action="${action}"><button class="main">${label}</button></form>
    <a class="button" href="${back}">${word('hub.cancel')}</a></div></section>`;

/** A link to such a page, in a list. */
export const asks = (path: string, label: string): Html =>
  html`<a class="button" href="${path}">${label}</a>`;

/** What is said of one thing, a line each. */
export const facts = (rows: readonly (readonly [name: string, value: string])[]): Html =>
  html`<dl class="rows">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** A table with a heading for each column; `empty` says what to do where there is no row. */
export function table(
  headings: readonly string[],
  rows: readonly (readonly (string | number | Html)[])[],
  empty: string,
): Html {
  if (rows.length === 0) return html`<p class="quiet">${empty}</p>`;
  return html`<div class="scroll"><table>
    <thead><tr>${headings.map((each) => html`<th scope="col">${each}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}
