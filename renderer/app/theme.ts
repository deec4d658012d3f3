// Applies the theme of the settings to the whole window, and the system's until the station has answered.
import type { StationSettings } from '../../shared/contract/records.ts';
import { useStation } from '../lib/store-station.ts';

type Theme = StationSettings['theme'];

/** The theme to draw: `system` becomes light or dark, the others are themselves. */
export function drawnTheme(theme: Theme, systemIsDark: boolean): Exclude<Theme, 'system'> {
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}

/** Follows both the settings and the system. */
export function startTheme(): void {
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    const theme = useStation.getState().state?.settings?.theme ?? 'system';
    document.documentElement.dataset.theme = drawnTheme(theme, dark.matches);
  };
  apply();
  dark.addEventListener('change', apply);
  useStation.subscribe(apply);
}
