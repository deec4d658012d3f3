// Who sees what: the rules of the policy, added and removed.
import { type FastifyPluginAsync } from 'fastify';
import { MESSAGE_KINDS } from '../../shared/sharing/codes.ts';
import { type Html, html } from '../../shared/report/html.ts';
import { listAgencies } from '../network.ts';
import { addRule, listRules, removeRule } from '../rules.ts';
import { fieldsOf, forRole, notFound, type PageContext } from './gate.ts';
import { asking, asks, notice, page, table } from './layout.ts';
import { word } from './words.ts';

const COUNTRY = /^(?:[A-Z]{3}|D)$/u;

export function policyPages(context: PageContext): FastifyPluginAsync {
  const { db } = context.database;

  async function content(refused: string | null, handedOn = 0): Promise<Html> {
    const agencies = await listAgencies(db);
    const nameOf = (id: string | null): string =>
      agencies.find((each) => each.id === id)?.name ?? word('hub.policy.every');
    const rules = await listRules(db);
    const rows = rules.map((rule) => [
      html`<span class="whole">${word(`hub.policy.effect.${rule.effect}`)}</span>`,
      nameOf(rule.from_agency),
      nameOf(rule.to_agency),
      rule.issuer ?? word('hub.policy.every'),
      rule.kind === null ? word('hub.policy.every') : word(`hub.policy.kind.${rule.kind}`),
      asks(`/policy/${rule.id}/remove`, word('hub.policy.remove')),
    ]);
    const headings = (['effect', 'from', 'to', 'issuer', 'kind'] as const).map((each) =>
      word(`hub.policy.${each}`),
    );
    const every = html`<option value="">${word('hub.policy.every')}</option>`;
    const options = agencies
      .filter(({ closedAt }) => closedAt === null)
      .map(({ id, name }) => html`<option value="${id}">${name}</option>`);
    const told =
      handedOn === 0 ? null : html`<p class="done">${word('hub.policy.handed-on', { count: handedOn })}</p>`;
    return html`${told}<p class="quiet">${word('hub.policy.what')}</p>
      <section class="panel">${notice(refused)}${table([...headings, word('hub.action')], rows, word('hub.policy.empty'))}</section>
      <section class="panel"><h2>${word('hub.policy.add')}</h2>
        <form class="fields" method="post" action="/policy">
          <label>${word('hub.policy.effect')}<select name="effect">
            <option value="deny">${word('hub.policy.effect.deny')}</option>
            <option value="allow">${word('hub.policy.effect.allow')}</option></select></label>
          <label>${word('hub.policy.from')}<select name="from">${every}${options}</select></label>
          <label>${word('hub.policy.to')}<select name="to">${every}${options}</select></label>
          <label>${word('hub.policy.issuer')}<input name="issuer" maxlength="3" size="4" placeholder="${word('hub.policy.every')}" /></label>
          <label>${word('hub.policy.kind')}<select name="kind">${every}${MESSAGE_KINDS.map((each) => html`<option value="${each}">${word(`hub.policy.kind.${each}`)}</option>`)}</select></label>
          <button class="main">${word('hub.policy.add')}</button>
        </form></section>`;
  }

  return async (hub) => {
    hub.get(
      '/policy',
      forRole(context, '/policy', async (request, reply, who) => {
        const { told } = request.query as { told?: unknown };
        const handedOn = /^\d{1,9}$/u.test(String(told)) ? Number(told) : 0;
        return page(reply, who, '/policy', word('hub.policy'), await content(null, handedOn));
      }),
    );

    hub.post(
      '/policy',
      forRole(context, '/policy', async (request, reply, who) => {
        const fields = fieldsOf(request);
        const issuer = (fields.issuer ?? '').trim().toUpperCase();
        const effect = (['allow', 'deny'] as const).find((each) => each === fields.effect);
        const agencies = await listAgencies(db);
        const agency = (given = ''): string | null => agencies.find(({ id }) => id === given)?.id ?? null;
        if (effect === undefined || (issuer !== '' && !COUNTRY.test(issuer)))
          return page(
            reply.code(422),
            who,
            '/policy',
            word('hub.policy'),
            await content(word('hub.refused.country')),
          );
        const rule = {
          effect,
          fromAgency: agency(fields.from),
          toAgency: agency(fields.to),
          issuer: issuer === '' ? null : issuer,
          kind: MESSAGE_KINDS.find((each) => each === fields.kind) ?? null,
        };
        const { handedOn } = await addRule(db, rule, who.id);
        return reply.redirect(`/policy?told=${handedOn}`, 303);
      }),
    );

    hub.get<{ Params: { id: string } }>(
      '/policy/:id/remove',
      forRole(context, '/policy', async (request, reply, who) => {
        const { id } = request.params as { id: string };
        if (!(await listRules(db)).some((rule) => rule.id === id)) return notFound(reply);
        return page(
          reply,
          who,
          '/policy',
          word('hub.policy.remove.ask'),
          asking(
            word('hub.policy.remove.what'),
            `/policy/${id}/remove`,
            word('hub.policy.remove'),
            '/policy',
          ),
        );
      }),
    );

    hub.post<{ Params: { id: string } }>(
      '/policy/:id/remove',
      forRole(context, '/policy', async (request, reply, who) => {
        const { id } = request.params as { id: string };
        const handedOn = await removeRule(db, id, who.id);
        return reply.redirect(`/policy?told=${handedOn ?? 0}`, 303);
      }),
    );
  };
}
