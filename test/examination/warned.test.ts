// Alerts beside a document: each that fits is a finding of its own, they cost the lane nothing, and a record judges them again.
import { expect, test } from 'vitest';
import { judgeAgain } from '../../shared/examination/judge-again.ts';
import { judgeDocuments } from '../../shared/examination/judge-documents.ts';
import { RULES_VERSION } from '../../shared/examination/rules.ts';
import { fits, type LiveAlert } from '../../shared/examination/warned.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import { TD3 } from '../mrz/specimens.ts';
import { altered } from './zones.ts';

const DAY = '2012-04-15';
const alertOf = (id: string, of: Partial<LiveAlert> = {}): LiveAlert => ({
  id,
  tip: `Look at ${id}.`,
  from: 'Police of Arcadia',
  expiresAt: '2012-05-01T00:00:00.000Z',
  types: ['passport_ord'],
  issuers: ['UTO'],
  numberRange: { prefix: 'L898', length: 9 },
  mrzPattern: [],
  ...of,
});
const found = (alerts: readonly LiveAlert[]) =>
  (judgeDocuments([{ lines: TD3, alerts }], DAY)[0]?.findings ?? []).filter(({ id }) => id === 'x.alert');

test('each that fits says its own sentence, whose it is, and points at the number', () => {
  const findings = found([alertOf('first'), alertOf('other', { issuers: ['ARC'] }), alertOf('second')]);
  expect(findings.map(({ values }) => values?.['tip'])).toEqual(['Look at first.', 'Look at second.']);
  expect(findings[0]).toMatchObject({
    class: 'list',
    fields: ['number'],
    places: [{ row: 1, start: 0, end: 9 }],
    values: { alert: 'first', from: 'Police of Arcadia', until: '2012-05-01T00:00:00.000Z' },
  });
});

test('a state is one by each of its codes: zones print D where a report may say DEU', () => {
  const reading = parseMrz(altered(TD3, 1, 3, 'D<<'), { today: DAY });
  if (!reading.ok) throw new Error(reading.problem);
  const kind = { ...alertOf('kind'), numberRange: null };
  const isFor = (issuer: string): boolean => fits({ ...kind, issuers: [issuer] }, reading, new Set());
  expect(['D', 'DEU', 'DNK'].map(isFor)).toEqual([true, true, false]);
});

test('what is noted of a whole kind comes behind what is to be looked at', () => {
  const alerts = [alertOf('kind', { numberRange: null }), alertOf('range')];
  expect(found(alerts).map(({ severity, values }) => [severity, values?.['alert']])).toEqual([
    ['look', 'range'],
    ['note', 'kind'],
  ]);
});

test('what tells where to look stands before what the zone says by itself', () => {
  const [judged] = judgeDocuments([{ lines: altered(TD3, 2, 10, '7'), alerts: [alertOf('range')] }], DAY);
  const shown = (judged?.findings ?? []).filter(({ severity }) => severity === 'look');
  expect(shown.map(({ id }) => id)).toEqual(['x.alert', 'mrz.cd.num']);
});

test('a record keeps its alerts: judged again when they are over, nothing is gone and nothing is new', () => {
  const alerts = [alertOf('kept')];
  const [judged] = judgeDocuments([{ lines: TD3, alerts }], DAY);
  const findings = judged?.findings ?? [];
  const record = { reading: { lines: TD3, alerts }, findings, rulesVersion: RULES_VERSION, judgedOn: DAY };
  expect(judgeAgain([record], () => undefined)).toMatchObject([{ added: [], gone: [], changed: [] }]);
});

test('a thousand alerts cost a document less than a millisecond', () => {
  const alerts = Array.from({ length: 1000 }, (_, index) =>
    alertOf(String(index), {
      issuers: [index % 2 === 0 ? 'UTO' : 'ARC'],
      numberRange: { prefix: 'X', length: 9 },
    }),
  );
  const time = (given: readonly LiveAlert[]): number => {
    const from = performance.now();
    for (let round = 0; round < 200; round += 1) judgeDocuments([{ lines: TD3, alerts: given }], DAY);
    return (performance.now() - from) / 200;
  };
  time(alerts);
  const without = time([]);
  expect(time(alerts) - without).toBeLessThan(1);
});
