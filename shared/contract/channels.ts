// Every question the window may ask and every event the station may push: one row each, both directions checked.
import { z } from 'zod';
import { alertChannels, alertEvents } from './alerts.ts';
import * as audit from './audit.ts';
import { backupChannels, exportChannels } from './backup.ts';
import { bundleChannels, bundleEvents } from './bundles.ts';
import { caseChannels, caseEvents, laneChannels } from './cases.ts';
import { directoryChannels } from './directory.ts';
import { handoverChannels } from './handover.ts';
import { healthChannels } from './health.ts';
import { listChannels, listEvents } from './lists.ts';
import { logChannels, logEvents } from './logs.ts';
import { protectionChannels } from './protection.ts';
import { procedureChannels } from './procedures.ts';
import * as records from './records.ts';
import { reportChannels } from './report.ts';
import { networkChannels, networkEvents } from './reports.ts';
import * as retention from './retention.ts';
import * as scans from './scans.ts';
import { studyChannels } from './studies.ts';
import { syncChannels, syncEvents } from './sync.ts';
import { trendChannels, trendEvents } from './trends.ts';
import * as vault from './vault.ts';

const nothing = z.object({});
const { id } = records;

export const contract = {
  /** How the station stands before and after anybody is signed in; the one question that every phase answers. */
  'vault.state': { input: nothing, output: vault.vaultState },
  /**
   * Refused with `sign-in-wrong` (name or secret; the same answer in the same time), `sign-in-wait` (with the seconds
   * left), `sign-in-locked`. Somebody who is signed in makes way for whoever signs in.
   */
  'vault.sign-in': { input: vault.signIn, output: vault.vaultState },
  /** Hides everything; whoever signs in next meets the draft as it is. */
  'vault.lock': { input: nothing, output: vault.vaultState },
  /** A hand is on the window. To be said at most twice a minute; without it the station locks by itself. */
  'vault.touch': { input: nothing, output: nothing },
  /** Opens the store with the recovery key and signs in as the administrator of this sign-in name, new or there. */
  'vault.recover': {
    input: z.object({ recoveryKey: z.string().max(200), administrator: vault.newPerson }),
    output: vault.vaultState,
  },
  /** The one before stops. The answer is the only time that it is shown. */
  'vault.new-recovery-key': {
    input: z.object({ secret: vault.secret }),
    output: z.object({ recoveryKey: z.string() }),
  },
  'vault.change-secret': {
    input: z.object({ secret: vault.secret, newSecret: vault.secret }),
    output: vault.vaultState,
  },
  /** A new data key for everything, as after a leaver. Takes as long as copying the database; pictures follow. */
  'vault.change-key': { input: z.object({ secret: vault.secret }), output: vault.vaultState },

  'people.list': { input: nothing, output: z.object({ people: z.array(vault.person) }) },
  'people.save': { input: vault.savePerson, output: z.object({ people: z.array(vault.person) }) },
  /** The person can never sign in again; what they recorded keeps their name. */
  'people.leave': { input: z.object({ id }), output: z.object({ people: z.array(vault.person) }) },
  /** Ends a lock-out; the secret stays. */
  'people.release': { input: z.object({ id }), output: z.object({ people: z.array(vault.person) }) },
  /** A secret for once, where theirs is forgotten: they must change it when they sign in. */
  'people.new-secret': {
    input: z.object({ id, secret: vault.secret }),
    output: z.object({ people: z.array(vault.person) }),
  },

  'station.state': { input: nothing, output: records.stationState },
  /**
   * First run: store, settings, the first administrator, who is signed in by it, and an officer where one is given.
   * The answer is the only time that the recovery key is shown.
   */
  'station.setup': {
    input: z.object({
      settings: records.stationSettings,
      administrator: vault.newPerson,
      officer: vault.firstOfficer.nullable(),
    }),
    output: z.object({ vault: vault.vaultState, recoveryKey: z.string() }),
  },
  /** The same for a store of an older version, whose data stays and whose key is changed. */
  'station.upgrade': {
    input: z.object({ administrator: vault.newPerson, officer: vault.firstOfficer.nullable() }),
    output: z.object({ vault: vault.vaultState, recoveryKey: z.string() }),
  },
  'settings.save': { input: records.stationSettings, output: records.stationState },
  /** What whoever sits at the counter may set for their eyes and ears. */
  'settings.adjust': {
    input: records.stationSettings.pick({ theme: true, sound: true, cameraLabel: true }),
    output: records.stationState,
  },

  /** The officer's own draft saved last; where there is none, one that somebody else began. */
  'draft.load': {
    input: nothing,
    output: z.object({
      draft: records.draft.nullable(),
      /** Who began it, where that is somebody else: nothing can be done with it before `draft.take`. */
      begunBy: z.object({ officerId: id, name: z.string() }).nullable(),
    }),
  },
  /** Takes over a draft that somebody else began. */
  'draft.take': { input: z.object({ id }), output: z.object({ draft: records.draft }) },
  /** Leaves it for whoever began it: it is not offered again to this officer until they sign in anew. */
  'draft.leave': { input: z.object({ id }), output: nothing },
  'draft.save': { input: records.draft, output: nothing },
  /** Drops the draft and the images that only it held. */
  'draft.discard': { input: z.object({ id }), output: nothing },

  'examination.save': {
    input: records.draft.extend({
      decision: records.decisionSubmission,
      /** The day against which the window judged what it showed; kept so where it is today or yesterday at the station. */
      judgedOn: records.isoDate,
    }),
    output: z.object({
      savedAt: z.iso.datetime(),
      /** False where only the count of a cleared traveller was kept. */
      recorded: z.boolean(),
      /** Until when `examination.undo` brings the draft back; null where it cannot. */
      undoUntil: z.iso.datetime().nullable(),
    }),
  },
  /** Takes back a clear of which only the count was kept; answers the draft as it was. */
  'examination.undo': { input: z.object({ id }), output: z.object({ draft: records.draft }) },
  'decision.change': {
    input: records.decisionSubmission.extend({ examinationId: id, replaces: id }),
    output: records.examinationRecord,
  },

  ...protectionChannels,
  ...directoryChannels,
  ...reportChannels,
  ...networkChannels,
  ...alertChannels,
  ...studyChannels,
  ...syncChannels,
  ...bundleChannels,
  ...trendChannels,

  ...caseChannels,
  ...handoverChannels,
  ...laneChannels,
  ...listChannels,

  'history.search': {
    input: records.historyFilter,
    output: z.object({
      rows: z.array(records.historyRow),
      /** How many fit, as far as they were counted. */
      total: z.int(),
      /** There are more than were counted. */
      more: z.literal(true).optional(),
      /** Travellers cleared today of whom only the count is kept. */
      clearedToday: z.int(),
    }),
  },
  'history.open': { input: z.object({ id }), output: records.examinationRecord },

  /** Holds the audit chain against itself, its anchors and every record. */
  'audit.verify': { input: audit.auditVerifyRequest, output: audit.auditVerdict },
  /** Anchors the chain as it stands; the same anchor again where nothing was added since. */
  'audit.anchor': { input: nothing, output: audit.auditAnchor },
  /** What the printed log of a day says; it anchors the chain. */
  'audit.day-log': { input: audit.dayLogRequest, output: audit.dayLog },

  'retention.rules': { input: nothing, output: retention.rulesInForce },
  'retention.save-rules': { input: retention.retentionRules, output: retention.rulesInForce },
  /** What a run would erase now. */
  'retention.preview': { input: nothing, output: retention.retentionPreview },
  /** Erases exactly what a preview of the last hour showed; `retention-changed` where that is not the same any more. */
  'retention.run': {
    input: z.object({ at: z.iso.datetime(), digest: z.string().max(64) }),
    output: retention.retentionResult,
  },
  'hold.list': { input: nothing, output: retention.legalHolds },
  /** Keeps a record from every rule; `erased` where only its proof is left, `already-saved` where it is on hold. */
  'hold.set': { input: retention.setHold, output: retention.legalHolds },
  'hold.release': { input: z.object({ id }), output: retention.legalHolds },

  ...procedureChannels,
  ...backupChannels,
  ...exportChannels,
  ...logChannels,
  ...healthChannels,

  'specimen.list': {
    input: nothing,
    output: z.object({
      specimens: z.array(z.object({ id: z.string(), titleId: z.string(), kind: z.string() })),
    }),
  },
  /** Draws a specimen, keeps it as an image and answers it as the image door would. */
  'specimen.open': {
    input: z.object({ id: z.string().max(60) }),
    output: z.object({ id, sha256: z.string(), width: z.int(), height: z.int() }),
  },

  'scans.state': { input: nothing, output: scans.scanState },
  /** Watches another folder or none. What lies in it already is left alone. */
  'scans.watch': { input: scans.watchSettings, output: scans.scanState },
  /** The scan that waits longest, or null; nobody else is given it meanwhile. A draft that names its picture settles it. */
  'scans.take': { input: nothing, output: z.object({ scan: scans.scan.nullable() }) },
  /**
   * What became of a scan that was taken: the picture that holds the page of a PDF, or null where no examination keeps
   * it. One that a draft or a record names is settled already. The file of a PDF is removed by policy only where it is
   * `whole`: every page of it is kept.
   */
  'scans.settle': {
    input: z.object({ id, imageId: id.nullable(), whole: z.boolean().default(false) }),
    output: nothing,
  },
  /** A scan that was taken and stands in no document: it waits again. */
  'scans.release': { input: z.object({ id }), output: nothing },
  /** Lets everything go that waits; files stay where they are. */
  'scans.drop': { input: nothing, output: scans.scanState },

  /** The shell's own folder dialog, where it has file dialogs. */
  'shell.pickFolder': { input: nothing, output: z.object({ folder: z.string().nullable() }) },
  /** The shell's own file dialog, where it has one; a chosen picture comes back as an image, a PDF as a scan. */
  'shell.pickImage': {
    input: nothing,
    output: z.object({
      image: z.object({ id, sha256: z.string(), width: z.int(), height: z.int() }).nullable(),
      /** The image door gives its bytes by this id as `original`, once. */
      pdf: id.nullable(),
    }),
  },
  'shell.print': { input: nothing, output: z.object({ printed: z.boolean() }) },
} as const;

export const events = {
  /** Something of `vault.state` changed: the phase, who is signed in, who can. */
  'vault.changed': nothing,
  /** The store has opened, or settings or people changed. */
  'station.changed': nothing,
  'history.changed': nothing,
  ...caseEvents,
  ...networkEvents,
  ...alertEvents,
  ...syncEvents,
  ...bundleEvents,
  ...trendEvents,
  ...listEvents,
  ...logEvents,
  /** Something of `scans.state` changed. */
  'scans.changed': nothing,
  /** Something of `backup.state` changed. */
  'backup.changed': nothing,
  /** Something of `health.state` changed. */
  'health.changed': nothing,
  /** The store could not be opened, or cannot be used any more; the code says why. */
  'station.failed': z.object({ code: z.string() }),
} as const;

export type Channel = keyof typeof contract;
export type EventName = keyof typeof events;
export type Input<C extends Channel> = z.input<(typeof contract)[C]['input']>;
export type Request<C extends Channel> = z.output<(typeof contract)[C]['input']>;
export type Output<C extends Channel> = z.output<(typeof contract)[C]['output']>;
export type Event<E extends EventName> = z.output<(typeof events)[E]>;
export type Handlers = { [C in Channel]: (input: Request<C>) => Output<C> | Promise<Output<C>> };
