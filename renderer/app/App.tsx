// Chooses what fills the window: opening, the station's own trouble, first run, signing in, or the frame with its screens.
import { useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import { FirstRun, Upgrade } from '../features/settings/FirstRun.tsx';
import { Locked } from '../features/sign-in/Locked.tsx';
import { OwnSecret } from '../features/sign-in/OwnSecret.tsx';
import { RecoveryKey } from '../features/sign-in/RecoveryKey.tsx';
import { Restore } from '../features/sign-in/Restore.tsx';
import { SignIn } from '../features/sign-in/SignIn.tsx';
import { useStation } from '../lib/store-station.ts';
import { useVault } from '../lib/store-vault.ts';
import { languageFor } from '../text/catalogue.ts';
import { TextProvider } from '../text/TextProvider.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { Frame } from './Frame.tsx';
import { Opening, StationFailed } from './Opening.tsx';

export function App() {
  const settings = useStation((station) => station.state?.settings ?? null);
  const language = settings?.language ?? languageFor(navigator.languages);
  return (
    <TextProvider language={language} timeZone={settings?.timeZone}>
      <I18nProvider locale={language}>
        <ErrorBoundary>
          <Contents />
        </ErrorBoundary>
      </I18nProvider>
    </TextProvider>
  );
}

function Contents() {
  const { phase, failure, state, isLocking } = useVault();
  const [isRestoring, setRestoring] = useState(false);
  if (phase === 'failed') return <StationFailed code={failure ?? 'internal'} />;
  if (phase === 'opening' || state === null) return <Opening />;
  // Until it was read what came back: the station is closed at once, and says so before.
  if (isRestoring) return <Restore onBack={() => setRestoring(false)} />;
  if (state.phase === 'new') return <FirstRun onRestore={() => setRestoring(true)} />;
  if (state.phase === 'upgrade') return <Upgrade people={state.people} />;
  if (state.phase === 'sealed') return <SignIn />;
  // One look at the screen of a colleague who is gone is one too many: it goes before the station has answered.
  if (isLocking || state.session === null) return <Locked />;
  return <Sitting />;
}

/** Somebody is signed in. */
function Sitting() {
  const session = useVault(({ state }) => state?.session ?? null);
  const recovery = useVault((vault) => vault.recovery);
  const isSetUp = useStation((station) => Boolean(station.state?.settings));
  if (session === null) return null;
  if (session.mustChange) return <OwnSecret name={session.name} />;
  if (recovery?.officerId === session.officerId) return <RecoveryKey recovery={recovery} />;
  // Nothing that one person left open is there for the next.
  return isSetUp ? <Frame key={session.signedInAt} role={session.role} /> : <Opening />;
}
