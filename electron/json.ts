// JSON that others wrote: read without throwing, and looked at by a schema afterwards.

/** What the text says; undefined where it is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
