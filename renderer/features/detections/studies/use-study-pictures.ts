// Pictures of a study that is open, each asked for until it is here, as addresses of data.
import { useEffect, useRef, useState } from 'react';
import { call, listen } from '../../../lib/bridge.ts';

export interface StudyPictures {
  of: (sha256: string) => string | null;
  known: ReadonlyMap<string, string>;
  /** Every one has been answered, with its bytes or without. */
  isWhole: boolean;
}

const NONE: ReadonlyMap<string, string> = new Map();

export function useStudyPictures(id: string, sha256s: readonly string[]): StudyPictures {
  const [known, setKnown] = useState(NONE);
  const [isWhole, setWhole] = useState(false);
  /** Here, or asked for just now. */
  const begun = useRef(new Set<string>());
  const wanted = sha256s.join(' ');
  useEffect(() => {
    let isOver = false;
    begun.current = new Set();
    const ask = async (sha256: string): Promise<void> => {
      begun.current.add(sha256);
      try {
        const { mime, base64 } = await call('study.picture', { id, sha256 });
        if (!isOver) setKnown((old) => new Map(old).set(sha256, `data:${mime};base64,${base64}`));
      } catch {
        // It did not come yet: its place says so, and it is asked for again when something came.
        begun.current.delete(sha256);
      }
    };
    const askAll = async (): Promise<void> => {
      const missing = new Set(wanted.split(' ').filter((one) => one !== '' && !begun.current.has(one)));
      await Promise.all([...missing].map(ask));
      if (!isOver) setWhole(true);
    };
    void askAll();
    const stop = listen('received.changed', () => void askAll());
    return () => {
      isOver = true;
      stop();
    };
  }, [id, wanted]);
  return { of: (sha256) => known.get(sha256) ?? null, known, isWhole };
}
