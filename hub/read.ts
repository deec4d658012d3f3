// Reads what a request brings by the shapes of the wire; a refusal names the fields that do not fit, never their values.
import { isUtf8 } from 'node:buffer';
import type { z } from 'zod';
import type { RefusalCode } from '../shared/wire/codes.ts';
import { Refused } from './refusal.ts';

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.') || 'body';

/** A value in its shape; otherwise refused with the names of the fields. */
export function inShape<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  code: RefusalCode,
): z.output<Shape> {
  const read = shape.safeParse(value);
  if (read.success) return read.data;
  // A key that does not belong there is somebody's own word, so its place alone is named.
  throw new Refused(
    code,
    read.error.issues.map((issue) => `${pathOf(issue.path)}: ${issue.code}`),
  );
}

/** The JSON text of a body, and what it says. */
export function readJson(body: Buffer, code: RefusalCode): { text: string; value: unknown } {
  if (!isUtf8(body)) throw new Refused(code, ['utf-8']);
  const text = body.toString('utf8');
  try {
    return { text, value: JSON.parse(text) };
  } catch {
    throw new Refused(code, ['json']);
  }
}
