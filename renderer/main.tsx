// Starts the window: theme and frame at once, the station when it answers.
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import './app/fonts.ts';
import { startTheme } from './app/theme.ts';
import { startHotkeys } from './lib/hotkeys.ts';
import { startIdle } from './lib/idle.ts';
import { startStation } from './lib/store-station.ts';
import { startVault } from './lib/store-vault.ts';

startTheme();
startHotkeys(window);

// A picture dropped beside its place must not replace the window by the picture.
for (const kind of ['dragover', 'drop'] as const) {
  window.addEventListener(kind, (event) => event.preventDefault());
}

const place = document.getElementById('window');
if (place) {
  // React writes errors with their values to the console by default; values of travellers have no place there.
  const quiet = () => undefined;
  createRoot(place, { onCaughtError: quiet, onUncaughtError: quiet, onRecoverableError: quiet }).render(
    <App />,
  );
}
startStation();
startVault();
startIdle(window);
