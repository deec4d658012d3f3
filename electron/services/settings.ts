// The station's settings.
import type { StationSettings, StationState } from '../../shared/contract/records.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { loadStation, saveSettings } from '../db/station.ts';
import { StationFailure } from '../failure.ts';
import { isTimeZone, type ServiceContext } from './context.ts';

export interface SettingsService {
  state(): StationState;
  save(settings: StationSettings): StationState;
  /** What whoever sits at the counter may set. */
  adjust(change: Pick<StationSettings, 'theme' | 'sound' | 'cameraLabel'>): StationState;
}

/** Refuses settings with a time zone that this runtime does not know. */
export function checkSettings(settings: StationSettings): void {
  if (!isTimeZone(settings.timeZone)) throw new StationFailure('bad-request', ['timeZone']);
}

export function createSettingsService(context: ServiceContext): SettingsService {
  const { db, now, actor, emit } = context;

  function state(): StationState {
    const { id, settings } = loadStation(db);
    return { stationId: id, settings };
  }

  function write(settings: StationSettings): StationState {
    const at = now().toISOString();
    db.transaction(() => {
      const { id, settings: before } = loadStation(db);
      if (before === null) throw new StationFailure('not-set-up');
      saveSettings(db, settings);
      const officerId = actor()?.officerId ?? null;
      appendAudit(db, { at, officerId, action: 'settings.saved', subjectId: id, digest: digestOf(settings) });
    }).immediate();
    emit('station.changed', {});
    return state();
  }

  return {
    state,
    save(settings) {
      checkSettings(settings);
      return write(settings);
    },
    adjust(change) {
      const { settings } = loadStation(db);
      if (settings === null) throw new StationFailure('not-set-up');
      return write({ ...settings, ...change });
    },
  };
}
