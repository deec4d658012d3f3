// Chooses what fills the window: opening, the station's own trouble, first run, or the frame with its screens.
import { I18nProvider } from 'react-aria-components';
import { FirstRun } from '../features/settings/FirstRun.tsx';
import { useStation } from '../lib/store-station.ts';
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
  const phase = useStation((station) => station.phase);
  const failure = useStation((station) => station.failure);
  const isSetUp = useStation((station) => Boolean(station.state?.settings));
  if (phase === 'failed') return <StationFailed code={failure ?? 'internal'} />;
  if (phase === 'opening') return <Opening />;
  return isSetUp ? <Frame /> : <FirstRun />;
}
