// A refusal with its documented code, and how any error of a request becomes one.
import type { RefusalBody } from '../shared/wire/api.ts';
import { REFUSALS, type RefusalCode } from '../shared/wire/codes.ts';
import { codeOf } from './failure.ts';

/** The bound of `refusal` in shared/wire/api.ts. */
const DETAIL_LENGTH = 500;
/** How long a station rests that is told to pause. */
const PAUSE_SECONDS = 5;

/** What a request is refused with. `detail` names fields and numbers, never a value that was sent. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly detail: readonly string[] | undefined;
  /** What the answer says beside the error: a wrong clock is told the time. */
  readonly beside: object;
  /** For those that pause: when to come again. */
  readonly retryAfterSeconds: number;

  constructor(
    code: RefusalCode,
    detail?: readonly string[],
    { beside = {}, retryAfterSeconds = PAUSE_SECONDS }: { beside?: object; retryAfterSeconds?: number } = {},
  ) {
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.detail = detail;
    this.beside = beside;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  get status(): number {
    return REFUSALS[this.code].status;
  }

  /** The body of the answer. */
  get body(): RefusalBody {
    const detail = this.detail?.join(', ').slice(0, DETAIL_LENGTH);
    return { error: { code: this.code, ...(detail !== undefined && { detail }) }, ...this.beside };
  }

  /** The headers of the answer. */
  get headers(): Record<string, string> {
    return REFUSALS[this.code].does === 'pause' ? { 'retry-after': String(this.retryAfterSeconds) } : {};
  }
}

/** What the service itself refuses before a route is asked. */
const OF_THE_SERVICE: Record<string, RefusalCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'wrong-type',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'bad-request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-request',
  FST_ERR_BAD_URL: 'bad-request',
  FST_ERR_ASYNC_CONSTRAINT: 'bad-request',
  FST_ERR_MAX_PARAM_LENGTH: 'not-found',
};

/** Errors of PostgreSQL and of the way to it that pass by themselves: it starts, stops, fails over or is full. */
const NOT_READY = /^(08|53|57P|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|40001|40P01|25006)/u;
/** The pool and the driver give these no code. */
const LOST = /timeout exceeded when trying to connect|Connection terminated|client has encountered/iu;

/** Any error of a request as a refusal; `fault` where it is a mistake of our own. */
export function refusalOf(error: unknown): Refused {
  if (error instanceof Refused) return error;
  const code = codeOf(error);
  const known = OF_THE_SERVICE[code];
  if (known !== undefined) return new Refused(known);
  if (NOT_READY.test(code) || (error instanceof Error && LOST.test(error.message))) {
    return new Refused('not-ready');
  }
  return new Refused('fault');
}
