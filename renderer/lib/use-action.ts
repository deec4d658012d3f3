// One question to the station at a time: whether it is under way, and why it failed.
import { useCallback, useRef, useState } from 'react';
import { type CallFailureCode, failureCodeOf } from './bridge.ts';

export interface Action {
  isBusy: boolean;
  failure: CallFailureCode | null;
  /** Does nothing while another one is under way. Answers whether it went well. The same function at every render. */
  run: (work: () => Promise<void>) => Promise<boolean>;
  /** Shows the failure no longer. */
  forgive: () => void;
}

export function useAction(): Action {
  // Beside the state, which a second press within the same render would not see.
  const underWay = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<CallFailureCode | null>(null);
  const run = useCallback(async (work: () => Promise<void>): Promise<boolean> => {
    if (underWay.current) return false;
    underWay.current = true;
    setBusy(true);
    setFailure(null);
    try {
      await work();
      return true;
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
      return false;
    } finally {
      underWay.current = false;
      setBusy(false);
    }
  }, []);
  return { isBusy, failure, run, forgive: () => setFailure(null) };
}
