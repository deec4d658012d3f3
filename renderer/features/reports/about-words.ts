// Of which document a report is and of what kind of fraud, in words.
import type { ReportAbout } from '../../../shared/contract/reports.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';

/** Words for a row of a list; empty where nothing is known. */
export function useAboutWords(): {
  documentOf: (about: ReportAbout | null) => string;
  fraudOf: (about: ReportAbout | null) => string;
} {
  const text = useText();
  const has = useHasText();
  return {
    documentOf(about) {
      if (about === null) return '';
      const { issuer, type } = about;
      const named = type === null ? '' : text(CODE_WORDS.documentType(type));
      const state = issuer !== null && has(`state.${issuer}`) ? text(`state.${issuer}`) : (issuer ?? '');
      return text('reports.document', { type: named, issuer: state });
    },
    fraudOf(about) {
      const [main, ...others] = about?.fraud ?? [];
      return main === undefined
        ? ''
        : text('reports.fraud', { main: text(CODE_WORDS.fraud(main)), count: others.length });
    },
  };
}
