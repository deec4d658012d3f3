// First run, settings, officers, and who is at the counter.
import type { Officer, StationSettings, StationState } from '../../shared/contract/records.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { loadOfficers, loadStation, saveOfficer, saveSettings, setCurrentOfficer } from '../db/station.ts';
import { StationFailure } from '../failure.ts';
import { isTimeZone, type ServiceContext } from './context.ts';

export interface SettingsService {
  state(): StationState;
  setUp(settings: StationSettings, officer: Officer): StationState;
  save(settings: StationSettings): StationState;
  saveOfficer(officer: Officer): StationState;
  chooseOfficer(id: string): StationState;
}

export function createSettingsService(context: ServiceContext): SettingsService {
  const { db, shell, dataFolder, version, now, emit } = context;

  function state(): StationState {
    const { id, settings, currentOfficerId } = loadStation(db);
    const { kind, can } = shell;
    return {
      version,
      dataFolder,
      stationId: id,
      settings,
      officers: loadOfficers(db),
      currentOfficerId,
      shell: { kind, pickFile: can.pickFile, print: can.print },
    };
  }

  /** One change, its audit entries and the news of it. */
  function change(
    write: (at: string, note: (action: string, subjectId: string, content: unknown) => void) => void,
  ) {
    const at = now().toISOString();
    db.transaction(() => {
      write(at, (action, subjectId, content) => {
        const { currentOfficerId } = loadStation(db);
        appendAudit(db, { at, officerId: currentOfficerId, action, subjectId, digest: digestOf(content) });
      });
    }).immediate();
    emit('station.changed', {});
    return state();
  }

  function checked(settings: StationSettings): StationSettings {
    if (!isTimeZone(settings.timeZone)) throw new StationFailure('bad-request', ['timeZone']);
    return settings;
  }

  return {
    state,
    setUp(settings, officer) {
      checked(settings);
      const before = loadStation(db).settings;
      if (before !== null) {
        // A repeated request whose answer was lost is no second first run.
        if (digestOf(before) === digestOf(settings)) return state();
        throw new StationFailure('already-saved');
      }
      return change((at, note) => {
        const { id } = loadStation(db);
        saveOfficer(db, id, officer, at);
        setCurrentOfficer(db, officer.id);
        saveSettings(db, settings);
        note('officer.saved', officer.id, officer);
        note('settings.saved', id, settings);
      });
    },
    save(settings) {
      checked(settings);
      return change((_at, note) => {
        const { id, settings: before } = loadStation(db);
        if (before === null) throw new StationFailure('not-set-up');
        saveSettings(db, settings);
        note('settings.saved', id, settings);
      });
    },
    saveOfficer(officer) {
      return change((at, note) => {
        saveOfficer(db, loadStation(db).id, officer, at);
        note('officer.saved', officer.id, officer);
      });
    },
    chooseOfficer(id) {
      return change((_at, note) => {
        if (!loadOfficers(db).some((officer) => officer.id === id)) throw new StationFailure('not-found');
        setCurrentOfficer(db, id);
        note('officer.chosen', id, id);
      });
    },
  };
}
