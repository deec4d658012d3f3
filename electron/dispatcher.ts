// From one request string to one reply string: every question and every answer is checked against the contract.
import type { z } from 'zod';
import type { Failure, Reply } from '../shared/contract/bridge.ts';
import { contract, type Channel, type Handlers } from '../shared/contract/channels.ts';
import { describeFault, failureOf, StationFailure } from './failure.ts';
import { readJson } from './json.ts';
import { replyText } from './shell.ts';

/** `permit` throws where whoever asks may not; what they sent is not looked at before. */
export type Dispatch = (channel: string, body: string, permit: (channel: Channel) => void) => Promise<string>;

/** Longer requests are refused unread; pictures do not come this way. */
export const MAX_BODY_CHARACTERS = 4 * 1024 * 1024;

const isChannel = (name: string): name is Channel => Object.hasOwn(contract, name);

/** Names of the fields at fault, the first part of each path; a path holds no value. */
function fieldsOf(error: z.ZodError): string[] {
  const names = error.issues.map(({ path }) => path.filter((part) => typeof part === 'string').join('.'));
  return [...new Set(names)].filter((name) => name !== '');
}

/**
 * Makes the one door of the station. The promise never rejects: every refusal is a `Reply` with a code, and a fault
 * of our own is `internal`, told to `report` without a word of data.
 */
export function createDispatcher(options: {
  /** As they are now; a channel without one needs a store that is not open. */
  handlers: () => Partial<Handlers>;
  report: (fault: string) => void;
  /** The database said that it is damaged. */
  damaged: () => void;
}): Dispatch {
  async function answer(...[channel, body, permit]: Parameters<Dispatch>): Promise<Reply<unknown>> {
    if (!isChannel(channel)) return { ok: false, error: { code: 'unknown-channel' } };
    try {
      permit(channel);
      if (body.length > MAX_BODY_CHARACTERS) throw new StationFailure('bad-request');
      const { input, output } = contract[channel];
      const request = input.safeParse(readJson(body));
      if (!request.success) throw new StationFailure('bad-request', fieldsOf(request.error));
      // The table ties each handler to its own schema; the union over all channels cannot say so.
      const handle = options.handlers()[channel] as ((request: unknown) => unknown) | undefined;
      if (handle === undefined) throw new StationFailure('signed-out');
      return { ok: true, value: output.parse(await handle(request.data)) };
    } catch (error) {
      const failure: Failure = failureOf(error);
      // The protection file is told of where it is written: a line in the log would say that something was to be.
      const isTold = channel !== 'protection.record';
      if (failure.code === 'internal' && isTold) options.report(describeFault(channel, error));
      // And the station goes on without it.
      if (failure.code === 'store-damaged' && isTold) options.damaged();
      return { ok: false, error: failure };
    }
  }
  return async (...asked) => replyText(await answer(...asked));
}
