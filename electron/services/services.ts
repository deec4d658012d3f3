// All services of one station, built from what the composition root opened.
import type { ImageVault } from '../images/vault.ts';
import type { Queue } from '../queue.ts';
import { type AlertMeans, type AlertService, createAlertService } from './alerts.ts';
import { type AlertWriting, createAlertWriting } from './alert-writing.ts';
import { type AuditService, createAuditService } from './audit.ts';
import { type BasisService, createBasisService } from './bases.ts';
import { type BundleService, type Carrier, createBundleService } from './bundles.ts';
import { type BackupMeans, type BackupService, createBackupService } from './backup.ts';
import { type CaseExportService, createCaseExportService } from './case-export.ts';
import { type CaseService, createCaseService } from './cases.ts';
import { type CaseReportService, createCaseReportService } from './case-report.ts';
import type { ServiceContext } from './context.ts';
import { createDiagnosticsService, type DiagnosticsService } from './diagnostics.ts';
import { createDeskService, type DeskService } from './desk.ts';
import { createDirectoryService, type DirectoryService } from './directory.ts';
import { createDraftService, type DraftService } from './drafts.ts';
import { createExaminationService, type ExaminationService } from './examination.ts';
import { createHealthService, type HealthMeans, type HealthService } from './health.ts';
import { createHandoverTaking, type HandoverTaking } from './handover-take.ts';
import { createHandoverService, type HandoverService } from './handover.ts';
import { createHistoryService, type HistoryService } from './history.ts';
import { createHubService, type Enrol, type HubService } from './hub.ts';
import { createImages, type Images } from './images.ts';
import { createListService, type Importer, type ListService } from './lists.ts';
import { createLaneMemory, type LaneMemory } from './lane-seen.ts';
import { createLogService, type LogService } from './logs.ts';
import { createOutboxService, type OutboxService, type Sending } from './outbox.ts';
import { createPeopleService, type PeopleService, type PeopleVault } from './people.ts';
import { createProcedureService, type ProcedureService } from './procedures.ts';
import { createProtectionService, type ProtectionService } from './protection.ts';
import { createReceivedService, type ReceivedService } from './received.ts';
import { createReportService, type ReportService } from './reports.ts';
import { createRetentionService, type RetentionService } from './retention.ts';
import { createScanService, type ScanService } from './scans.ts';
import { createSettingsService, type SettingsService } from './settings.ts';
import { createSpecimenService, type SpecimenService } from './specimens.ts';
import { createStudyLibrary, type StudyLibrary } from './study-library.ts';
import { createStudyService, type StudyService } from './studies.ts';
import { createTrendService, type TrendService } from './trends.ts';
import type { WatchTimes } from './watched-folder.ts';

export interface Services {
  images: Images;
  settings: SettingsService;
  people: PeopleService;
  drafts: DraftService;
  examination: ExaminationService;
  history: HistoryService;
  procedures: ProcedureService;
  protection: ProtectionService;
  specimens: SpecimenService;
  scans: ScanService;
  audit: AuditService;
  retention: RetentionService;
  backup: BackupService;
  cases: CaseService;
  lane: LaneMemory;
  lists: ListService;
  caseExport: CaseExportService;
  caseReport: CaseReportService;
  diagnostics: DiagnosticsService;
  desk: DeskService;
  directory: DirectoryService;
  health: HealthService;
  bases: BasisService;
  logs: LogService;
  bundles: BundleService;
  handover: HandoverService & HandoverTaking;
  hub: HubService;
  outbox: OutboxService;
  reports: ReportService;
  received: ReceivedService;
  trends: TrendService;
  alerts: AlertService;
  alertWriting: AlertWriting;
  studies: StudyService;
  studyLibrary: StudyLibrary;
}

/** What leads to a hub, and who this station is there. */
export interface Network extends AlertMeans {
  sending: Sending;
  carrier: Carrier;
  enrol: Enrol;
  /** Null where the station never had a hub. */
  sign: (text: string) => string | null;
  boxKey: () => Uint8Array | null;
}

export function createServices(
  options: Omit<ServiceContext, 'images'> & {
    vault: ImageVault;
    /** One action after the other at the store: for what must not come between the steps of a save. */
    inTurn: Queue;
    people: PeopleVault;
    /** Closes the key of the protection file. */
    protectionWrap: Buffer;
    watchTimes?: WatchTimes;
    backup: Omit<BackupMeans, 'longestDays'>;
    health: Omit<HealthMeans, 'isLogLate' | 'hasBrokenProcedures' | 'hasMissingLists'>;
    network: Network;
    importer: Importer;
  },
): Services {
  const { vault, inTurn, people, protectionWrap, watchTimes, backup, health, network, importer, ...rest } =
    options;
  const images = createImages(vault, rest.now);
  const context: ServiceContext = {
    ...rest,
    images,
    emit(event, body) {
      rest.emit(event, body);
      // Reports were decided on here, or came by hand, or the station is another place: alerts follow from them.
      if (event === 'reports.changed' || event === 'received.changed' || event === 'station.changed')
        alerts.look();
    },
  };
  const alerts = createAlertService(context, network);
  const drafts = createDraftService(context);
  const retention = createRetentionService(context, drafts, inTurn);
  const backups = createBackupService(context, { ...backup, longestDays: () => retention.longestDays() });
  const persons = createPeopleService(context, people);
  const procedures = createProcedureService(context);
  const cases = createCaseService(context, { procedures, people: () => persons.list() });
  const lane = createLaneMemory(rest.now);
  const lists = createListService(context, importer);
  const bases = createBasisService(context);
  const { sending } = network;
  const outbox = createOutboxService(context, sending);
  const logs = createLogService(context, backup);
  const bundles = createBundleService(context, { ...network, bases });
  const { work } = bundles;
  return {
    images,
    settings: createSettingsService(context),
    people: persons,
    drafts,
    examination: createExaminationService(context, drafts, { lane, procedures, lists, alerts }),
    history: createHistoryService(context),
    procedures,
    protection: createProtectionService(context, protectionWrap),
    specimens: createSpecimenService(context),
    scans: createScanService(context, watchTimes),
    audit: createAuditService(context),
    retention,
    backup: backups,
    cases,
    lane,
    lists,
    caseExport: createCaseExportService(context, cases),
    caseReport: createCaseReportService(context, {
      open: (id) => cases.open(id),
      procedure: () => procedures.known(),
    }),
    directory: createDirectoryService(context),
    diagnostics: createDiagnosticsService(context, () => backups.state()),
    bases,
    bundles,
    handover: {
      ...createHandoverService(context, { work, bases }),
      ...createHandoverTaking(context, work),
    },
    hub: createHubService(context, sending, network.enrol),
    outbox,
    desk: createDeskService(context, outbox),
    logs,
    reports: createReportService(context, {
      procedures,
      bases,
      sending,
      sign: network.sign,
      openCase: (id) => cases.open(id),
      people: () => persons.list(),
    }),
    studies: createStudyService(context, {
      sending,
      sign: network.sign,
      openCase: (id) => cases.open(id),
      people: () => persons.list(),
      procedure: () => procedures.known(),
    }),
    studyLibrary: createStudyLibrary(context),
    received: createReceivedService(context, network.boxKey),
    trends: createTrendService(context),
    alerts,
    alertWriting: createAlertWriting(context, {
      sending,
      sign: network.sign,
      openCase: (id) => cases.open(id),
      people: () => persons.list(),
    }),
    health: createHealthService(context, {
      ...health,
      hasBrokenProcedures: () => procedures.known().problems.length > 0,
      hasMissingLists: () => lists.hasMissing(),
      isLogLate: () => logs.isInTrouble(),
    }),
  };
}
