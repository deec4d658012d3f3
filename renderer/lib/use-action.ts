// One question to the station at a time: whether it is under way, and why it failed.
import { useState } from 'react';
import { type CallFailureCode, failureCodeOf } from './bridge.ts';

export interface Action {
  isBusy: boolean;
  failure: CallFailureCode | null;
  /** Does nothing while another one is under way. Answers whether it went well. */
  run: (work: () => Promise<void>) => Promise<boolean>;
  forgive: () => void;
}

export function useAction(): Action {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailureCode | null>(null);
  const run = async (work: () => Promise<void>): Promise<boolean> => {
    if (isBusy) return false;
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, failure, run, forgive: () => setFailure(null) };
}
