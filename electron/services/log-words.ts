// The words of the detection log: the same files that the window shows, for a station that writes one without it.
import logs from '../../assets/text/en/logs.json' with { type: 'json' };
import type { ReportWords } from '../../shared/report/case-parts.ts';
import { reportWords } from './report-words.ts';

export const logWords = (language: string, timeZone: string): ReportWords =>
  reportWords(language, timeZone, logs);
