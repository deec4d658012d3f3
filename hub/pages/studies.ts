// Case studies of the network: the library, and one study with its marked pictures and its question.
import { Readable } from 'node:stream';
import type { FastifyPluginAsync } from 'fastify';
import { type Html, html } from '../../shared/report/html.ts';
import { type CaseStudy, caseStudy, type StudyImage } from '../../shared/sharing/case-study.ts';
import { CODE_WORDS } from '../../shared/sharing/preview.ts';
import { type Detached, findDetached, listDetached } from '../db/alerts.ts';
import { openImage } from '../db/images.ts';
import { forRole, idOf, notFound, type PageContext } from './gate.ts';
import { page, table } from './layout.ts';
import { olderLink, placeBelow } from './paging.ts';
import { codeWord, timeCell, word } from './words.ts';

const PATH = '/studies';
const PAGE = 50;
const SHA256 = /^[0-9a-f]{64}$/u;

/** The hub took it in, so it is one. */
const read = ({ body }: Detached): CaseStudy => caseStudy.parse(JSON.parse(body.toString('utf8')));

const documentWords = ({ document }: CaseStudy): string =>
  word('hub.study.document', {
    type: codeWord(CODE_WORDS.documentType(document.type), document.type),
    issuer: codeWord(`state.${document.issuer}`, document.issuer),
  });
const fraudWords = ({ fraud }: CaseStudy): string =>
  fraud.map((each) => codeWord(CODE_WORDS.fraud(each), each)).join(', ');

const percent = (part: number): string => `${Math.round(part * 10_000) / 100}%`;

/** A picture with what to look at in numbered frames, and the words of each below. */
function figure(id: string, { sha256, caption, marks }: StudyImage): Html {
  const frames = marks.map(
    ({ x, y, width, height }, at) =>
      html`<rect x="${percent(x)}" y="${percent(y)}" width="${percent(width)}" height="${percent(height)}" />
        <text x="${percent(x)}" y="${percent(y)}" dx="6" dy="20">${String(at + 1)}</text>`,
  );
  return html`<figure>
    <div class="marked"><img src="${PATH}/${id}/images/${sha256}" alt="${caption}" loading="lazy" />
      <svg aria-hidden="true">${frames}</svg></div>
    <figcaption>${caption}${marks.length === 0 ? null : html`<ol>${marks.map(({ label }) => html`<li>${label}</li>`)}</ol>`}</figcaption>
  </figure>`;
}

function content(id: string, study: CaseStudy): Html {
  const { happened, gaveAway, twelveSeconds, images, question } = study;
  const part = (title: string, text: string): Html =>
    html`<section class="panel"><h2>${title}</h2><p class="text">${text}</p></section>`;
  const answers = question.answers.map((answer) => html`<li>${answer}</li>`);
  return html`${part(word('hub.study.happened'), happened)}
    ${part(word('hub.study.gave-away'), gaveAway)}
    ${part(word('hub.study.twelve'), twelveSeconds)}
    ${images.length === 0 ? null : html`<section class="panel"><h2>${word('hub.study.pictures')}</h2><div class="figures">${images.map((each) => figure(id, each))}</div></section>`}
    <section class="panel"><h2>${word('hub.study.question')}</h2><p>${question.text}</p><ol>${answers}</ol>
      <details><summary>${word('hub.study.answer')}</summary>
        <p><strong>${question.answers[question.right] ?? ''}</strong></p><p>${question.because}</p></details></section>`;
}

export function studyPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;
  return async (hub) => {
    hub.get(
      PATH,
      forRole(context, PATH, async (request, reply, who) => {
        const found = await listDetached(db, who.agencyId, 'case-study', placeBelow(request), PAGE + 1);
        const shown = found.slice(0, PAGE);
        const rows = shown.map((one) => {
          const study = read(one);
          return [
            html`<a href="${PATH}/${one.id}">${study.title}</a>`,
            documentWords(study),
            fraudWords(study),
            one.agencyName,
            timeCell(one.receivedAt),
            one.state === 'current' ? word('hub.study.open') : word('hub.study.withdrawn'),
          ];
        });
        const headings = (['title', 'about', 'fraud', 'agency', 'received', 'state'] as const).map((each) =>
          word(`hub.study.${each}`),
        );
        return page(
          reply,
          who,
          PATH,
          word('hub.studies'),
          html`<section class="panel">${table(headings, rows, word('hub.study.empty'))}</section>
            ${olderLink(PATH, found.length > PAGE ? shown.at(-1) : undefined)}`,
        );
      }),
    );

    hub.get(
      `${PATH}/:id`,
      forRole(context, PATH, async (request, reply, who) => {
        const one = await findDetached(db, who.agencyId, 'case-study', idOf(request));
        if (one === null) return notFound(reply);
        const study = read(one);
        const taken =
          one.state === 'current' ? null : html`<p class="notice">${word('hub.study.taken-back')}</p>`;
        return page(
          reply,
          who,
          PATH,
          study.title,
          html`${taken}<p class="quiet">${documentWords(study)} · ${fraudWords(study)} · ${one.agencyName}</p>
            ${content(one.id, study)}
            <p><a href="/reports/${study.about}">${word('hub.study.report')}</a></p>`,
        );
      }),
    );

    hub.get(
      `${PATH}/:id/images/:sha256`,
      forRole(context, PATH, async (request, reply, who) => {
        const { sha256 } = request.params as { sha256: string };
        const one = await findDetached(db, who.agencyId, 'case-study', idOf(request));
        const isOurs =
          SHA256.test(sha256) && one !== null && read(one).images.some((each) => each.sha256 === sha256);
        const image = isOurs ? await openImage(db, who.agencyId, Buffer.from(sha256, 'hex')) : null;
        if (image === null) return notFound(reply);
        return reply
          .type(image.mime)
          .header('content-length', image.total)
          .send(Readable.from(image.bytes, { objectMode: false }));
      }),
    );
  };
}
