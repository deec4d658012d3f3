// Whether an assembled reading is a machine-readable zone at all.
import { documentCodeKnown } from '../mrz/document-code.ts';
import { type Format, FORMATS, fieldRow, textAt } from '../mrz/formats.ts';
import { findState } from '../mrz/states.ts';
import type { Assembly } from './assemble.ts';

function namesState(lines: readonly string[], format: Format): boolean {
  return (['issuer', 'nationality'] as const).some((id) => {
    const at = fieldRow(format, id);
    return at !== null && findState(textAt(lines, at)) !== null;
  });
}

/** True when enough speaks for it: letters in the name, check digits, few changes. */
export function isZone(assembly: Assembly): boolean {
  const format = FORMATS[assembly.format];
  const name = textAt(assembly.lines, fieldRow(format, 'name')!);
  const letters = assembly.lines.join('').replace(/[^A-Z]/g, '').length;
  if (!/^[A-Z]/.test(name) || letters < 6) return false;
  const { holds, fails } = assembly.digits;
  const { cost, confidence } = assembly;
  if (holds >= 3 && fails === 0 && cost < 9) return true;
  if (holds >= 3 && cost < 7.5) return true;
  if (holds >= 2 && cost < 5) return true;
  // Rows that read well and say nothing that is known are part of something else. One digit holds by chance in one row of
  // three: only what names a document and a state is a zone whose digits were altered.
  const code = textAt(assembly.lines, fieldRow(format, 'documentCode')!);
  const isNamed = documentCodeKnown(assembly.format, code) && namesState(assembly.lines, format);
  return cost < 3.2 && confidence > 0.75 && isNamed;
}
