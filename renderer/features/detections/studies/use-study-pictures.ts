// Pictures of a study that is open, each asked for once, as addresses of data.
import { useEffect, useState } from 'react';
import { call } from '../../../lib/bridge.ts';

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
  const wanted = sha256s.join(' ');
  useEffect(() => {
    let isOver = false;
    const ask = async (sha256: string) => {
      try {
        const { mime, base64 } = await call('study.picture', { id, sha256 });
        if (!isOver) setKnown((old) => new Map(old).set(sha256, `data:${mime};base64,${base64}`));
      } catch {
        // It did not come yet: its place says so.
      }
    };
    void Promise.all([...new Set(wanted.split(' ').filter(Boolean))].map(ask)).then(
      () => !isOver && setWhole(true),
    );
    return () => {
      isOver = true;
    };
  }, [id, wanted]);
  return { of: (sha256) => known.get(sha256) ?? null, known, isWhole };
}
