// Who may ask what: one row for each channel and for the image door. The station checks it; the window only reads it.
import type { Channel } from './channels.ts';
import type { Role } from './vault.ts';

/** `anyone`: in every phase, also with nobody signed in; the station still refuses what the phase does not fit. */
export type Right = 'anyone' | 'signed-in' | readonly Role[];

/** They have the traveller in front of them. */
const FIRST_LINE = ['officer', 'examiner', 'supervisor'] as const;
/** They look at what others decided, and may decide again. */
const SECOND_LINE = ['examiner', 'supervisor'] as const;
/** They answer for the desk and its records. */
const CHIEF = ['supervisor'] as const;
/** They keep the station, and open no examination: whoever holds the keys does not read the travellers. */
const STATION = ['administrator'] as const;
/** Who gets a locked-out colleague back to work. */
const DESK = ['supervisor', 'administrator'] as const;

export const RIGHTS: { readonly [C in Channel]: Right } = {
  // Before anybody is signed in. Each of the last three asks for a proof of its own, or for an empty station.
  'vault.state': 'anyone',
  'vault.sign-in': 'anyone',
  'vault.recover': 'anyone',
  'station.setup': 'anyone',
  'station.upgrade': 'anyone',

  // Restoring only where no station is there yet, by the recovery key of the one that was. Where a station is, only those
  // are told what backups lie in a folder who may verify one: the station asks for that right by itself.
  'backup.find': 'anyone',
  'backup.restore': 'anyone',

  // What everybody needs for their own sitting.
  'vault.lock': 'signed-in',
  'vault.touch': 'signed-in',
  'vault.change-secret': 'signed-in',
  'station.state': 'signed-in',
  'health.state': 'signed-in',
  'settings.adjust': 'signed-in',
  'specimen.list': 'signed-in',
  'shell.print': 'signed-in',
  // Knowledge, no traveller: whoever keeps the station sees which of its own files are broken.
  'procedure.get': 'signed-in',

  // Keys, people and settings of the station.
  'vault.new-recovery-key': STATION,
  'vault.change-key': STATION,
  'people.save': STATION,
  'people.leave': STATION,
  'settings.save': STATION,
  'directory.save': STATION,
  'people.list': DESK,
  'people.release': DESK,
  // A supervisor may not set the secret of a supervisor or an administrator: it would be theirs to sign in with.
  'people.new-secret': DESK,
  // Who sets the clock of a machine is the system's to say; that it is right is said with one's name.
  'clock.confirm': DESK,

  // Which folder a scanner saves to, and whether its files are removed.
  'scans.watch': DESK,
  'shell.pickFolder': DESK,
  'scans.state': [...FIRST_LINE, ...STATION],

  // The traveller at the counter.
  'draft.load': FIRST_LINE,
  'draft.save': FIRST_LINE,
  'draft.take': FIRST_LINE,
  'draft.leave': FIRST_LINE,
  'draft.discard': FIRST_LINE,
  'examination.save': FIRST_LINE,
  'examination.undo': FIRST_LINE,
  'lane.seen': FIRST_LINE,
  'lane.listed': FIRST_LINE,
  'protection.record': FIRST_LINE,
  'directory.list': [...FIRST_LINE, ...STATION],
  'scans.take': FIRST_LINE,
  'scans.settle': FIRST_LINE,
  'scans.release': FIRST_LINE,
  'scans.drop': FIRST_LINE,
  'specimen.open': FIRST_LINE,
  'shell.pickImage': FIRST_LINE,

  // What was recorded.
  'history.search': FIRST_LINE,
  'history.open': FIRST_LINE,
  'decision.change': SECOND_LINE,
  'case.export': SECOND_LINE,
  'case.list': SECOND_LINE,
  'case.open': SECOND_LINE,
  'case.enter': SECOND_LINE,
  'case.print': SECOND_LINE,
  'case.hand-over': SECOND_LINE,
  'case.receive': SECOND_LINE,
  'case.acknowledge': SECOND_LINE,
  // It may make two of one case.
  'case.take-back': CHIEF,

  // Reports to others: made at second line, let go by whoever answers for the desk.
  'report.prepare': SECOND_LINE,
  'report.save-draft': SECOND_LINE,
  'report.crop': SECOND_LINE,
  'report.preview': SECOND_LINE,
  'report.submit': SECOND_LINE,
  'report.withdraw': SECOND_LINE,
  'report.list': SECOND_LINE,
  'report.open': SECOND_LINE,
  'report.image': SECOND_LINE,
  // Alerts are made like reports; whoever works at the counter goes by them.
  'alert.prepare': SECOND_LINE,
  'alert.preview': SECOND_LINE,
  'alert.submit': SECOND_LINE,
  'alert.list': FIRST_LINE,
  'alert.open': FIRST_LINE,
  'alert.reads': FIRST_LINE,
  'alert.lane': FIRST_LINE,
  'report.approve': CHIEF,
  'report.send-back': CHIEF,
  // Case studies are made like reports; whoever works at the counter learns from them.
  'study.prepare': SECOND_LINE,
  'study.save-draft': SECOND_LINE,
  'study.drafts': SECOND_LINE,
  'study.cut': SECOND_LINE,
  'study.preview': SECOND_LINE,
  'study.submit': SECOND_LINE,
  'study.library': FIRST_LINE,
  'study.open': FIRST_LINE,
  'study.picture': FIRST_LINE,
  'received.list': SECOND_LINE,
  'received.open': SECOND_LINE,

  // What is counted of reports: figures for everybody at the counter, the reports behind them for whoever may open them.
  'trends.view': FIRST_LINE,
  'trends.reports': SECOND_LINE,
  'trends.save': CHIEF,

  // What waits to be sent: numbers and codes, no traveller. Which hub and whom the law lets be told is the administrator's.
  'outbox.state': [...SECOND_LINE, ...STATION],
  'outbox.retry': [...SECOND_LINE, ...STATION],
  'outbox.pause': [...SECOND_LINE, ...STATION],
  'outbox.resume': [...SECOND_LINE, ...STATION],
  'outbox.send-now': [...SECOND_LINE, ...STATION],
  'hub.state': [...SECOND_LINE, ...STATION],
  'hub.enrol': STATION,
  'hub.leave': STATION,
  // The same by hand: sealed files, of which whoever carries them reads nothing.
  'bundle.recipients': [...SECOND_LINE, ...STATION],
  'bundle.state': [...SECOND_LINE, ...STATION],
  'bundle.write': [...SECOND_LINE, ...STATION],
  'bundle.find': [...SECOND_LINE, ...STATION],
  'bundle.read': [...SECOND_LINE, ...STATION],
  'bundle.cancel': [...SECOND_LINE, ...STATION],
  'basis.list': [...SECOND_LINE, ...STATION],
  'basis.save': STATION,

  // Lists of numbers: who answers for the desk or keeps the station imports them; nobody sees an entry of one.
  'list.state': DESK,
  'list.find': DESK,
  'list.inspect': DESK,
  'list.import': DESK,
  'list.cancel': DESK,
  'list.remove': DESK,
  'list.look': [...FIRST_LINE, ...STATION],

  // Whether the record of what was done is whole. It shows ids and numbers of entries, no traveller.
  'audit.verify': DESK,
  'audit.anchor': DESK,
  'audit.day-log': DESK,

  // The day at a glance and its log. A row of it is an examination, though it names nobody: not for who keeps the keys.
  'desk.day': CHIEF,
  'log.state': CHIEF,
  'log.plan': CHIEF,
  'log.export': CHIEF,
  'log.cancel': CHIEF,

  // Copies of everything, sealed: whoever makes them sees no traveller. Where they go is the administrator's to say.
  'backup.state': DESK,
  'backup.create': DESK,
  'backup.cancel': DESK,
  'backup.verify': DESK,
  'backup.plan': STATION,
  'diagnostics.save': DESK,

  // How long records are kept, and erasing them. Who may shorten the rules may not run them, and the other way round: a
  // record goes before its time only by two, or by one who made a second of themselves, which the audit chain shows.
  'retention.rules': DESK,
  'retention.save-rules': STATION,
  'retention.preview': CHIEF,
  'retention.run': CHIEF,
  'hold.list': CHIEF,
  'hold.set': CHIEF,
  'hold.release': CHIEF,
};

/** The image door: pictures of travellers, in and out. */
export const IMAGE_RIGHT: Right = FIRST_LINE;

/** What is answered to somebody who must change their secret before anything else. */
export const BEFORE_CHANGE: ReadonlySet<Channel> = new Set<Channel>([
  'vault.state',
  'vault.sign-in',
  'vault.lock',
  'vault.touch',
  'vault.change-secret',
  'station.state',
]);

/** Whether a right includes a role; null stands for nobody signed in. */
export function includes(right: Right, role: Role | null): boolean {
  if (right === 'anyone') return true;
  return role !== null && (right === 'signed-in' || right.includes(role));
}

/** Whether this role may ask this channel: the window hides what it may not. */
export function can(role: Role | null, channel: Channel): boolean {
  return includes(RIGHTS[channel], role);
}

/** Whether one role may set the secret of another for once. */
export function canRenew(own: Role, other: Role): boolean {
  return (
    own === 'administrator' || (own === 'supervisor' && !['supervisor', 'administrator'].includes(other))
  );
}
