// The hub's own page: every route of it, its look, and headers that let nothing else in.
import { readFileSync } from 'node:fs';
import type { FastifyPluginAsync } from 'fastify';
import { html } from '../../shared/report/html.ts';
import { codeOf } from '../failure.ts';
import { refusalOf } from '../refusal.ts';
import { agencyPages } from './agencies.ts';
import { alertPages } from './alerts.ts';
import { bundlePages } from './bundles.ts';
import { notFound, type PageContext, takeForms } from './gate.ts';
import { pageAlone } from './layout.ts';
import { peoplePages } from './people.ts';
import { policyPages } from './policy.ts';
import { reportPages } from './reports.ts';
import { signInPages } from './sign-in.ts';
import { studyPages } from './studies.ts';
import { STYLE } from './style.ts';
import { trendPages } from './trends.ts';
import { takeFiles } from './upload.ts';
import { word } from './words.ts';

const SECURITY =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const FONT = '@fontsource/atkinson-hyperlegible/files/atkinson-hyperlegible-latin';

const ROUTES = [
  signInPages,
  reportPages,
  trendPages,
  alertPages,
  studyPages,
  bundlePages,
  agencyPages,
  peoplePages,
  policyPages,
];

/**
 * The pages for people, each by sessions and roles of its own; stations ask `/v1` instead.
 * @param report takes a fault of our own
 */
export function hubPages(context: PageContext, report: (error: unknown) => void): FastifyPluginAsync {
  return async (hub) => {
    takeForms(hub);
    takeFiles(hub);
    hub.addHook('onSend', async (_request, reply) => {
      reply.header('content-security-policy', SECURITY).header('referrer-policy', 'no-referrer');
    });
    hub.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      const refused = refusalOf(error);
      if (refused.code === 'too-large')
        return pageAlone(
          reply.code(refused.status),
          word('hub.refused.title'),
          html`<p>${word('hub.bundle.refused.too-large')}</p><p><a href="/">${word('hub.back')}</a></p>`,
        );
      // What the database cannot even read as a value (SQLSTATE 22), or refers to nothing that is there (23503).
      const isOfTheAsker = (error.statusCode ?? 500) < 500 || /^(22|23503)/u.test(codeOf(error));
      if (isOfTheAsker) return notFound(reply);
      const { code, status, headers, retryAfterSeconds: seconds } = refused;
      if (code === 'fault') report(error);
      return pageAlone(
        reply.code(status).headers(headers),
        word('hub.error.failed.title'),
        html`<p>${code === 'busy' ? word('hub.sign-in.wait', { seconds }) : word('hub.error.failed')}</p>`,
      );
    });
    hub.get('/static/hub.css', async (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
    for (const weight of [400, 700]) {
      const bytes = readFileSync(new URL(import.meta.resolve(`${FONT}-${weight}-normal.woff2`)));
      hub.get(`/static/text-${weight}.woff2`, async (_request, reply) =>
        reply.type('font/woff2').send(bytes),
      );
    }
    // Whoever mistypes an address in a browser is told in words; programs get the code of the interface.
    hub.get('/*', async (request, reply) => {
      const isPerson =
        (request.headers.accept ?? '').includes('text/html') && !request.url.startsWith('/v1/');
      return isPerson ? notFound(reply) : reply.callNotFound();
    });
    for (const routes of ROUTES) await hub.register(routes(context));
  };
}
