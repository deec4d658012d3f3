// What a message says more than its tier may: asked before a station sends it, and by the hub before it is taken.
import { type Alert, alertTexts } from './alert.ts';
import { type CaseStudy, caseStudyTexts } from './case-study.ts';
import { leaksOfFull } from './fields.ts';
import type { WireReport } from './report.ts';
import { faultsOf, type Known } from './scan.ts';

/** Who knows no case finds what always tells of somebody: long numbers, addresses, telephones, words of protection. */
const NOBODY: Known = { names: [], numbers: [], dates: [] };

/** Free texts of an alert or a case study by their places. */
export const textsOfDetached = (message: Alert | CaseStudy): { path: string; text: string }[] =>
  message.kind === 'alert' ? alertTexts(message) : caseStudyTexts(message);

/**
 * Places in which a message says more than its tier may, or lacks what its tier asks for (partner and legal basis); empty
 * where it may leave.
 */
export function tierLeaks(report: WireReport): string[] {
  switch (report.kind) {
    case 'withdrawal':
      return (report.tier === 'T1') === (report.to !== null) ? [] : ['to'];
    case 'alert':
    case 'case-study':
      return textsOfDetached(report).flatMap(({ path, text }) =>
        faultsOf(text, NOBODY).length > 0 ? [path] : [],
      );
    case 'report':
    case 'correction':
      return leaksOfFull(report);
  }
}
