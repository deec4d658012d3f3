// The map of the world, fetched from the window's own files when it is first shown: the first paint does without it.
import { useEffect, useState } from 'react';
import type { World } from '../../shared/trends/map.ts';

let loaded: World | null = null;

/** Null until it is there. */
export function useWorld(): World | null {
  const [world, setWorld] = useState(loaded);
  useEffect(() => {
    let isShown = true;
    void import('../../assets/map/world.json').then(({ default: map }) => {
      loaded = map;
      if (isShown) setWorld(map);
    });
    return () => {
      isShown = false;
    };
  }, []);
  return world;
}
