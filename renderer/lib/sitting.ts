// One person's time at the window: what is kept before it ends, and what is forgotten when it has ended.

/** A part of the window that holds something of travellers or of whoever is signed in. */
export interface SittingPart {
  /** Hands over what the station does not hold yet; answers how many drafts it holds then. Must not reject. */
  keep?: () => Promise<number>;
  /** Lets go of everything; whose sitting it was. */
  forget: (officerId: string) => void;
  /** Somebody signed in. */
  begin?: () => void;
}

const parts = new Set<SittingPart>();
let number = 0;

/** Adds a part, for as long as the window is open. */
export function takePart(part: SittingPart): void {
  parts.add(part);
}

/** Tells one sitting from the next: an answer to a question of another one is nobody's. */
export function sittingNumber(): number {
  return number;
}

/** Before the end: everything that would be lost is handed over. Answers how many drafts wait in the station. */
export async function keepAll(): Promise<number> {
  const kept = await Promise.all([...parts].map(async (part) => (await part.keep?.()) ?? 0));
  return kept.reduce((sum, one) => sum + one, 0);
}

/** The end. */
export function forgetAll(officerId: string): void {
  number += 1;
  for (const part of parts) part.forget(officerId);
}

export function beginAll(): void {
  for (const part of parts) part.begin?.();
}
