// Why a bundle was not taken, or not all of it, in words: for the page and for the command line.
import type { Refused } from '../refusal.ts';
import { type HubWordId, word } from './words.ts';

/** By code, and by what its detail says where that matters. */
const WHOLE: Record<string, HubWordId> = {
  'schema not-a-bundle': 'hub.bundle.refused.not-a-bundle',
  'schema newer': 'hub.bundle.refused.newer',
  schema: 'hub.bundle.refused.damaged',
  'not-yours agency': 'hub.bundle.refused.other-agency',
  'not-yours': 'hub.bundle.refused.other-hub',
  'unknown-station': 'hub.bundle.refused.unknown-station',
  revoked: 'hub.bundle.refused.unknown-station',
  'too-large': 'hub.bundle.refused.too-large',
  busy: 'hub.bundle.refused.busy',
};

/** Why none of it, or only its beginning, was taken. */
export function refusedWords({ code, detail = [] }: Refused): string {
  const id = WHOLE[`${code} ${detail.join(' ')}`] ?? WHOLE[code] ?? 'hub.bundle.refused.failed';
  return word(id);
}

const ONE: Record<string, HubWordId> = {
  'tier-leak': 'hub.bundle.left.tier-leak',
  'different-bytes': 'hub.bundle.left.different-bytes',
  'not-yours': 'hub.bundle.left.not-yours',
  'report-first': 'hub.bundle.left.report-first',
  'wrong-hash': 'hub.bundle.left.wrong-hash',
};

/** Why one report or picture of it stayed with its station. */
export const leftWords = (code: string): string => word(ONE[code] ?? 'hub.bundle.left.schema');
