// The code lists of a report: those of the project's taxonomies, nothing of protection, and words for each.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { CASE_DISPOSITIONS } from '../../shared/contract/case-ids.ts';
import { LIGHTS } from '../../shared/procedures/procedure.ts';
import { RULE_BOOK } from '../../shared/examination/rules.ts';
import { PLACE_KINDS, ROLES } from '../../shared/contract/records.ts';
import * as codes from '../../shared/sharing/codes.ts';
import { FIELDS } from '../../shared/sharing/fields.ts';
import { CODE_WORDS, itemWord, preview } from '../../shared/sharing/preview.ts';
import { leaving } from '../../shared/sharing/leaving.ts';
import { catalogue } from '../house/catalogue.ts';
import items from '../../assets/procedures/items.json' with { type: 'json' };
import tools from '../../assets/procedures/tools.json' with { type: 'json' };
import { BASIS, FULL, MEANS, TO_NETWORK, TO_PARTNER, TO_STATISTICS } from './full.ts';

const { texts } = catalogue();
const lists: Record<string, { id: string }[]> = JSON.parse(readFileSync('assets/taxonomies.json', 'utf8'));
const ids = (list: string): string[] => (lists[list] ?? []).map(({ id }) => id);

describe('lists', () => {
  test.each([
    ['document types', codes.DOCUMENT_TYPES, ids('doctype')],
    ['kinds of fraud', codes.FRAUD_TYPES, ids('fraud')],
    ['tools', codes.REPORT_TOOLS, tools.tools.map(({ id }) => id)],
  ] as const)('%s are those of the project', (_, own, list) => {
    expect(list.length).toBeGreaterThan(5);
    expect([...own]).toEqual(list);
  });

  test('outcomes are those of the project that say something of a document', () => {
    const all = [...texts.keys()].flatMap((id) => /^procedure\.outcome\.(.+)$/.exec(id)?.[1] ?? []);
    expect(all).toContain('L1.protect');
    const unsaid = ['L1.clear', 'L1.protect', 'L1.skip'];
    expect([...codes.REPORT_OUTCOMES]).toEqual(all.filter((id) => !unsaid.includes(id)));
  });

  test('what was done is what a case may say, without what lives in the protection file', () => {
    expect(codes.REPORT_DISPOSITIONS).toEqual(CASE_DISPOSITIONS);
    expect(codes.REPORT_DISPOSITIONS.join()).not.toMatch(/asylum|protection|child|medical/);
  });

  test('lights, roles and kinds of place are those of the station, and more', () => {
    expect([...codes.REPORT_LIGHTS]).toEqual([...LIGHTS]);
    expect([...codes.REPORT_ROLES]).toEqual([...ROLES]);
    expect(codes.REPORT_PLACE_KINDS).toEqual(expect.arrayContaining([...PLACE_KINDS]));
  });
});

describe('words', () => {
  const WITH_WORDS = {
    role: codes.REPORT_ROLES,
    verification: codes.VERIFICATIONS,
    sourceGrade: codes.SOURCE_GRADES,
    informationGrade: codes.INFORMATION_GRADES,
    handling: codes.HANDLINGS,
    timeBand: codes.TIME_BANDS,
    placeKind: codes.REPORT_PLACE_KINDS,
    direction: codes.REPORT_DIRECTIONS,
    transport: codes.TRANSPORTS,
    detectedBy: codes.DETECTED_BY,
    documentType: codes.DOCUMENT_TYPES,
    fraud: codes.FRAUD_TYPES,
    result: codes.FINDING_RESULTS,
    tool: codes.REPORT_TOOLS,
    printedPart: codes.PRINTED_PARTS,
    printProcess: codes.PRINT_PROCESSES,
    quality: codes.QUALITIES,
    outcome: codes.REPORT_OUTCOMES,
    anchorZone: codes.ANCHOR_ZONES,
    modus: codes.MODUS_CODES,
    priceBand: codes.PRICE_BANDS,
    supplier: codes.SUPPLIERS,
    ageBand: codes.AGE_BANDS,
    groupBand: codes.GROUP_BANDS,
    sex: codes.SEXES,
    linkKey: codes.LINK_KEYS,
    linkStrength: codes.LINK_STRENGTHS,
    disposition: codes.REPORT_DISPOSITIONS,
    light: codes.REPORT_LIGHTS,
    basis: codes.BASIS_KINDS,
    withdrawal: codes.WITHDRAWAL_REASONS,
    problem:
      'missing name number date digits contact protection anchor-image crop-outside crop-large crop-portrait crop-zone crop-unmarked crop-unconfirmed no-basis no-station study-picture-gone study-portrait-open study-same-answers study-zone-found study-zone-open'.split(
        ' ',
      ),
  } satisfies Record<keyof typeof CODE_WORDS, readonly string[]>;

  test('every code of every list has them, and there are no others', () => {
    for (const [list, wordOf] of Object.entries(CODE_WORDS)) {
      const own: readonly string[] = WITH_WORDS[list as keyof typeof CODE_WORDS];
      for (const id of own) expect(texts.has(wordOf(id)), wordOf(id)).toBe(true);
      const area = wordOf('');
      if (!area.startsWith('report.')) continue;
      const there = [...texts.keys()].filter((id) => id.startsWith(area)).map((id) => id.slice(area.length));
      expect(there.toSorted(), area).toEqual([...own].toSorted());
    }
  });

  test('every field and group of the table, and whatever a preview shows', () => {
    for (const { group } of FIELDS) expect(texts.has(`report.group.${group}`), group).toBe(true);
    for (const [audience, basis] of [
      [TO_PARTNER, BASIS],
      [TO_NETWORK, null],
      [TO_STATISTICS, null],
    ] as const) {
      const { body, sealedPart } = leaving(FULL, audience, { ...MEANS, basis });
      if (body === null) throw new Error('no report');
      for (const { label, rows } of preview(body, sealedPart)) {
        const shown = rows.flatMap((row) => [
          row.label,
          ...row.lines.flat().flatMap((cell) => ('word' in cell ? [cell.word] : [])),
        ]);
        expect([label, ...shown].filter((id) => !texts.has(id))).toEqual([]);
      }
    }
  });

  test('every item and rule that a finding can name', () => {
    const named = [...items.items.map(({ id }) => id), ...RULE_BOOK.map(({ id }) => id)];
    expect(named.length).toBeGreaterThan(60);
    expect(named.map(itemWord).filter((id) => !texts.has(id))).toEqual([]);
  });
});
