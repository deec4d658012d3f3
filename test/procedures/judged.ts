// What the machine says of a specimen without drawing it: fields of its zone and findings.
import { judge } from '../../shared/examination/judge.ts';
import type { Finding } from '../../shared/examination/findings.ts';
import { parseMrz } from '../../shared/mrz/parse.ts';
import type { TypeFields } from '../../shared/procedures/procedure.ts';
import { makeRecord } from '../../shared/specimen/record.ts';
import type { SetEntry } from '../../shared/specimen/set.ts';

const TODAY = '2026-11-22';

export function judgeLines({ seed, kind, fault }: SetEntry): {
  fields: TypeFields | null;
  findings: Finding[];
} {
  const { lines } = makeRecord(seed, kind, TODAY, fault);
  const reading = parseMrz([...lines], { today: TODAY });
  const findings = judge(reading, { today: TODAY });
  if (!reading.ok) return { fields: null, findings };
  const { documentType, issuer } = reading.fields;
  return { fields: { format: reading.format, kind: documentType, issuer }, findings };
}
