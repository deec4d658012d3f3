// Enrolling at a hub: a one-time code and the station's own keys, answered with who it is there.
import { fromGroupedCode, toGroupedCode } from '../../shared/contract/grouped-code.ts';
import { enrolment, type EnrolmentAnswer, ENROLMENT_BYTES } from '../../shared/wire/api.ts';
import { enrolmentText } from '../../shared/wire/sign.ts';
import { StationFailure } from '../failure.ts';
import { readJson } from '../json.ts';
import { hubAddress, type HubClient } from './hub-client.ts';
import type { Identity } from './identity.ts';

export interface EnrolmentRequest {
  address: string;
  /** As it was typed. */
  code: string;
  station: { code: string; place: string; country: string };
  /** Breaks it off. */
  signal: AbortSignal;
}

/** A code as it is sent; null where it cannot be one. */
export function codeAsSent(typed: string): string | null {
  const read = fromGroupedCode(typed, ENROLMENT_BYTES);
  return read.ok ? toGroupedCode(read.bytes) : null;
}

/**
 * Asks for enrolment; a repeated one with the same code and keys is answered the same. Throws `hub-address`, `hub-code`,
 * `hub-unreachable`, `hub-refused`.
 */
export async function enrolAt(
  client: HubClient,
  { signKey, boxKey, sign }: Identity,
  request: EnrolmentRequest,
): Promise<{ address: string; answer: EnrolmentAnswer }> {
  const address = hubAddress(request.address);
  if (address === null) throw new StationFailure('hub-address', ['address']);
  const code = codeAsSent(request.code);
  if (code === null) throw new StationFailure('hub-code', ['code']);
  const signature = sign(enrolmentText({ code, signKey, boxKey }));
  const heard = await client.askUnsigned(address, {
    method: 'POST',
    target: '/v1/enrolments',
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify({ code, signKey, boxKey, station: request.station, signature }), 'utf8'),
    signal: request.signal,
  });
  if (heard.kind === 'silence') throw new StationFailure('hub-unreachable', ['address']);
  const content = readJson(heard.body.toString('utf8'));
  if (heard.status === 200 || heard.status === 201) {
    const parsed = enrolment.answer.safeParse(content);
    if (parsed.success) return { address, answer: parsed.data };
  }
  if (!isRefusal(content)) throw new StationFailure('hub-unreachable', ['address']);
  if (content.error.code === 'code-refused') throw new StationFailure('hub-code', ['code']);
  throw new StationFailure('hub-refused');
}

/** The hub's own word: what a portal of some network says looks otherwise. */
function isRefusal(content: unknown): content is { error: { code: string } } {
  const error =
    typeof content === 'object' && content !== null && 'error' in content ? content.error : undefined;
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}
