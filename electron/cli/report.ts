// What the command line prints for people: one reading or one checked row as a few aligned lines.
import type { CheckedRow, FailedRow, PlainFinding } from '../../shared/examination/check.ts';
import type { FaultyRow } from './commands/check.ts';
import type { PlainExplanation } from '../../shared/mrz/detective/plain.ts';
import { holderName } from '../../shared/mrz/names.ts';
import type { ReadRow, ReadZoneRow } from './read-file.ts';
import { say } from './text.ts';

type Judged = Pick<CheckedRow, 'fields' | 'checkDigits' | 'findings'>;

const INDENT = '  ';

function table(rows: readonly (readonly [label: string, value: string, note?: string])[]): string[] {
  const shown = rows.filter(([, value]) => value !== '');
  const labels = Math.max(0, ...shown.map(([label]) => label.length));
  const values = Math.max(0, ...shown.filter(([, , note]) => note).map(([, value]) => value.length));
  return shown.map(([label, value, note]) =>
    `${INDENT}${label.padEnd(labels)}  ${value.padEnd(note ? values : 0)}${note ? `  ${note}` : ''}`.trimEnd(),
  );
}

/** A day, else its characters as they stand; nothing where the zone has none, as the French card has no expiry. */
const dayOf = (day: string | null, raw: string): string => day ?? (/^<*$/.test(raw) ? '' : raw);

/** Fields in plain words, each with the standing of its check digit. */
export function fieldLines({ fields, checkDigits }: Omit<Judged, 'findings'>): string[] {
  const digit = (id: keyof typeof checkDigits): string => say(`cli.digit.${checkDigits[id]}`);
  return table([
    [say('cli.field.type'), say(`document-type.${fields.documentType}`)],
    [say('cli.field.issuer'), fields.issuer],
    [say('cli.field.number'), fields.number, digit('number')],
    [say('cli.field.name'), holderName(fields)],
    [say('cli.field.nationality'), fields.nationality],
    [say('cli.field.birth'), dayOf(fields.birthDate, fields.birthDateRaw), digit('birth')],
    [say('cli.field.sex'), fields.sex === null ? '' : say(`history.sex.${fields.sex}`)],
    [say('cli.field.expiry'), dayOf(fields.expiryDate, fields.expiryDateRaw), digit('expiry')],
    [say('cli.field.optional'), [fields.optional, fields.optional2].join(' ').trim(), digit('optional')],
    [say('cli.field.composite'), checkDigits.composite === 'not-applicable' ? '' : digit('composite')],
  ]);
}

/**
 * Every finding with both of its readings, or how to read again; one calm line where there is none. `doubtful`: characters
 * that were not read surely, which are no finding but something to look at.
 */
export function findingLines(findings: readonly PlainFinding[], doubtful = 0): string[] {
  if (findings.length === 0) {
    const id = doubtful > 0 ? 'examine.findings.doubtful' : 'examine.findings.none';
    return [`${INDENT}${say(id, { count: doubtful })}`];
  }
  return findings.flatMap(({ severity, title, fraud, innocent, retake }) => [
    `${INDENT}${say(`cli.finding.${severity}`, { title })}`,
    ...table([
      [say('examine.finding.reason'), fraud ?? ''],
      [say('examine.finding.innocent'), innocent ?? ''],
      [say('cli.finding.retake-how'), retake ?? ''],
    ]).map((line) => `${INDENT}${line}`),
  ]);
}

/** What may be behind a failure: the best explanation of each kind; all of them are in the JSON. */
function explanationLines(explanations: readonly PlainExplanation[]): string[] {
  const best = explanations.filter(
    ({ kind, standing }, i) =>
      standing !== 'remote' && explanations.findIndex((other) => other.kind === kind) === i,
  );
  return table(best.map(({ standing, title }) => [say(`detective.standing.${standing}`), title]));
}

/** The answer to one row of `check`. */
export function checkReport(row: number, answer: CheckedRow | FailedRow | FaultyRow): string {
  const lines = [say('cli.row', { row })];
  if ('error' in answer && answer.error) lines.push(`${INDENT}${answer.error.message}`);
  if ('fields' in answer) lines.push(`${INDENT}${answer.format}`, ...fieldLines(answer));
  if ('findings' in answer && answer.findings) lines.push(...findingLines(answer.findings));
  if ('explanations' in answer) lines.push(...explanationLines(answer.explanations));
  return lines.join('\n');
}

/** What one zone says and what gives reason for doubt. */
function zoneLines(zone: ReadZoneRow): string[] {
  const { fields, checkDigits, lowConfidence, corrections, findings, explanations } = zone;
  const lines = zone.lines.map((line) => `${INDENT}${INDENT}${line}`);
  if (zone.mirrored) lines.push(`${INDENT}${say('zones.mirrored')}`);
  if (fields && checkDigits) lines.push(...fieldLines({ fields, checkDigits }));
  const places = lowConfidence.map(({ line, column }) =>
    say('cli.place', { row: line + 1, column: column + 1 }),
  );
  if (corrections.length > 0) lines.push(`${INDENT}${say('cli.corrections', { count: corrections.length })}`);
  if (places.length > 0) {
    lines.push(`${INDENT}${say('cli.unsure', { count: places.length, places: places.join('; ') })}`);
  }
  return [...lines, ...findingLines(findings, doubtfulCount(zone)), ...explanationLines(explanations)];
}

/** Places that are unsure or were changed; what was taken out has no place. */
function doubtfulCount({ lowConfidence, corrections }: ReadZoneRow): number {
  const places = [
    ...lowConfidence.map(({ line, column }) => `${line} ${column}`),
    ...corrections.filter(({ to }) => to !== '').map(({ row, column }) => `${row} ${column}`),
  ];
  return new Set(places).size;
}

/** The answer to one file of `read`. */
export function readReport(row: ReadRow): string {
  const lines = [row.file];
  if (row.status === 'unreadable') lines.push(`${INDENT}${row.error.message}`);
  if (row.status === 'not-found') {
    lines.push(`${INDENT}${say(row.outOfTime ? 'cli.status.out-of-time' : 'cli.status.not-found')}`);
  }
  if (row.status === 'read') {
    lines.push(
      `${INDENT}${say('cli.status.read', { format: row.format, ms: Math.round(row.timing.totalMs) })}`,
    );
    lines.push(...zoneLines(row));
    for (const other of row.others) {
      lines.push(`${INDENT}${say('cli.status.read-also', { format: other.format })}`, ...zoneLines(other));
    }
  }
  return lines.join('\n');
}
