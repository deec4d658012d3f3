// What an officer fills in, held against the shape of a full report: whatever a control takes, the station takes.
import { describe, expect, it } from 'vitest';
import {
  changed,
  type Control,
  EDITOR,
  type EditorField,
  placeOf,
  readAs,
  shownAs,
} from '../../renderer/features/reports/editor-fields.ts';
import { FIELDS, valueAt } from '../../shared/sharing/fields.ts';
import { fullReportFrom } from '../../shared/sharing/from-case.ts';
import { type FullReport, fullReport } from '../../shared/sharing/full.ts';
import { REFUSALS } from '../../shared/wire/codes.ts';
import { catalogue } from '../house/catalogue.ts';
import { testCases } from './case-window.ts';
import { caseViewOf } from './fake-cases.ts';

const fields: readonly EditorField[] = EDITOR.flatMap((group) => group.fields);
const controlAt = (path: string): Control => {
  const found = fields.find((one) => one.path === path);
  if (found === undefined) throw new Error(`no field ${path}`);
  return found.control;
};

async function draft(): Promise<FullReport> {
  const { station, ids } = await testCases();
  const facts = { country: 'UTO', placeKind: 'airport', direction: 'arrivals', language: 'en' };
  const view = caseViewOf(station, ids[0] ?? '');
  return fullReportFrom(view, { ...facts, role: 'examiner', day: '2026-11-22', hour: 14 }, []).full;
}

/** The least, the most and the emptiest that each control gives. */
function givenBy(control: Control): unknown[] {
  switch (control.by) {
    case 'choice':
      return [...control.ids, ...(control.isAlways ? [] : [null])];
    case 'several':
      return [[], control.ids.slice(0, control.most)];
    case 'state':
      return ['UTO', 'D', null];
    case 'day':
      return ['2031-12-31', null];
    case 'switch':
      return [true, false];
    case 'text':
      return ['x'.repeat(control.most), null];
    case 'code':
      return [readAs(control, 'x9'), null];
    case 'number':
      return [control.least, control.most, null];
    case 'lines':
      return [readAs(control, 'one\n two \n\n'), []];
    case 'route':
      return [readAs(control, 'bkk, DOH > lhr'), []];
    default:
      return [];
  }
}

describe('the table of what is filled in', () => {
  it('names every field of what leaves but what the station knows itself', () => {
    const covered = (path: string): boolean =>
      fields.some((one) => one.path === path || one.path.startsWith(`${path}.`));
    expect([...new Set(FIELDS.map(({ from }) => from))].filter((path) => !covered(path))).toEqual([
      'language',
      'createdByRole',
      'document.format',
      'document.mrzPattern',
    ]);
  });

  it('takes nothing at any control that the station would refuse', async () => {
    const plain = await draft();
    const content = changed(plain, 'document.visa.issuer', 'UTO');
    for (const { path, control } of fields)
      for (const value of givenBy(control)) {
        const parsed = fullReport.safeParse(changed(content, path, value));
        expect({ path, value, issues: parsed.error?.issues ?? [] }).toEqual({ path, value, issues: [] });
      }
    expect(fullReport.safeParse(changed(plain, 'detection.carrier', 'toolong')).success).toBe(false);
  });

  it('reads codes, numbers, routes and lines as soon as they are whole', () => {
    expect(readAs(controlAt('detection.placeCode'), ' bkk ')).toBe('BKK');
    expect(readAs(controlAt('detection.placeCode'), 'B')).toBeUndefined();
    expect(readAs(controlAt('detection.carrier'), 'T-')).toBeUndefined();
    expect(readAs(controlAt('detection.secondsToDoubt'), '86401')).toBeUndefined();
    expect(readAs(controlAt('detection.secondsToDoubt'), '12 s')).toBeUndefined();
    expect(readAs(controlAt('detection.route'), 'BKK')).toBeUndefined();
    expect(readAs(controlAt('detection.route'), '')).toEqual([]);
    expect(readAs(controlAt('modus.facilitators'), `${'x'.repeat(81)}`)).toBeUndefined();
  });

  it('shows a route again as it was typed, also one with a gap', async () => {
    const content = await draft();
    const route = controlAt('detection.route');
    const whole = changed(content, 'detection.route', readAs(route, 'BKK DOH LHR'));
    expect(shownAs(route, whole.detection.route, whole)).toBe('BKK DOH LHR');
    const gap = changed(content, 'detection.route', [
      { from: 'BKK', to: 'DOH' },
      { from: 'CDG', to: 'LHR' },
    ]);
    expect(shownAs(route, gap.detection.route, gap)).toBe('BKK DOH CDG LHR');
  });

  it('begins and ends a visa with its issuer, and never writes null where a text stands', async () => {
    const content = changed(await draft(), 'document.visa.issuer', 'UTO');
    const named = changed(content, 'document.visa.post', 'Embassy');
    expect(changed(named, 'document.visa.issuer', 'D').document.visa).toMatchObject({
      issuer: 'D',
      post: 'Embassy',
    });
    expect(changed(named, 'document.visa.post', null).document.visa?.post).toBe('');
    expect(changed(named, 'document.visa.issuer', null).document.visa).toBeNull();
  });

  it('leads from the place of a problem to its field', () => {
    expect(placeOf('fraud.findings.2.note')).toMatchObject({
      group: 'fraud',
      field: { path: 'fraud.findings' },
    });
    expect(placeOf('narrative.lesson')?.group).toBe('narrative');
    expect(placeOf('basis')).toBeNull();
  });

  it('changes nothing else', async () => {
    const content = await draft();
    const next = changed(content, 'fraud.tip', 'Look at the zone');
    expect(valueAt(next, 'fraud.tip')).toBe('Look at the zone');
    expect(changed(next, 'fraud.tip', content.fraud.tip)).toEqual(content);
  });
});

describe('words', () => {
  it('has a sentence for every reason why something waits', () => {
    const words = catalogue().texts;
    // Those that are no refusals of the hub: what the station itself heard, or found in its own store.
    const own = [
      'no-answer',
      'too-slow',
      'too-long',
      'not-the-hub',
      'changed-here',
      'no-progress',
      'hub-left',
    ];
    const codes = [...Object.keys(REFUSALS), ...own, 'status', 'other'];
    expect(codes.filter((code) => !words.has(`outbox.reason.${code}`))).toEqual([]);
  });

  it('has a name for every field and every group of the draft', () => {
    const words = catalogue().texts;
    const labels = [...fields.map(({ label }) => label), ...EDITOR.map(({ id }) => `report.group.${id}`)];
    expect(labels.filter((id) => !words.has(id))).toEqual([]);
  });
});
