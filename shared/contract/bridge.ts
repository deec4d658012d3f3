// What a shell gives the window: strings in, strings out, strings pushed; and how a reply looks inside the string.

/** The only thing a shell must supply to the window beside the image door. Both sides carry JSON text only. */
export interface Bridge {
  invoke(channel: string, body: string): Promise<string>;
  subscribe(listener: (event: string, body: string) => void): () => void;
}

/**
 * Every way a request can be refused. The window shows the catalogue text `error.<code>.*`;
 * no code and no failure ever carries a value of a traveller.
 */
export const FAILURE_CODES = [
  'bad-request', // the request does not fit the contract
  'unknown-channel',
  'internal', // a fault of ours; nothing was saved
  'not-ready', // the store is still opening
  'not-set-up', // the station has no settings yet
  'signed-out', // nobody is signed in
  'not-allowed', // the role of whoever is signed in does not include this
  'secret-must-change', // signed in with a secret that somebody else knows: it is to be changed first
  'sign-in-wrong', // name or secret
  'sign-in-wait', // too many wrong ones; `waitSeconds` says how long
  'sign-in-locked', // ten wrong ones in a row
  'secret-weak',
  'secret-same', // the new secret is the old one
  'name-taken', // somebody has this sign-in name
  'last-administrator', // without them nobody could manage the station
  'recovery-wrong', // not the recovery key of this station, or mistyped
  'keystore-refused', // the keystore of this machine and user does not open what it closed
  'key-changing', // the keys are being changed
  'draft-of-other', // somebody else began it
  'not-found',
  'already-saved', // the same id was saved before with another content, or the draft was closed, perhaps elsewhere
  'superseded', // the decision to be replaced was already replaced
  'case-held', // somebody else has this case in hand, or nobody: it is to be taken first
  'case-closed', // the case is concluded: it is to be reopened first
  'case-not-closed', // there is nothing to reopen
  'bearer-closed', // this officer has closed their own comparison
  'sign-own', // nobody signs an outcome of their own
  'sign-renewed', // of the two who would answer for an outcome, one has set the other's secret since the case began
  'case-full', // it holds as many entries as a case may
  'report-own', // somebody else is to approve it
  'alert-report', // an alert is made of a report of the network that was approved and is in force
  'study-report', // a case study is made of a report of the network that was approved and is in force
  'study-unseen', // its author has not confirmed every part of it as it leaves
  'report-problem', // a report that would say what its tier may not, or lacks what it needs; `fields` say where
  'hub-none', // this station has no hub
  'hub-there', // it has one already
  'hub-address', // not an address to which anything may be sent
  'hub-code', // the hub does not take this code
  'hub-unreachable', // no answer, or that of somebody else
  'hub-refused', // the hub does not take this station
  'case-handed', // another station has this case: here it is only read
  'handover-over', // a file of a case that does not follow on what is known here
  'handover-basis', // no legal basis is in force by which that agency may be given a person's data
  'bundle-empty', // nothing waits that could be written for this recipient
  'bundle-busy', // another file is being written or read
  'bundle-cancelled', // somebody ended the writing or the reading
  'bundle-none', // not a file of this kind
  'bundle-not-ours', // it is for somebody else
  'bundle-unknown', // nobody known here, or nobody trusted any more, wrote it
  'bundle-damaged', // cut short or changed
  'bundle-newer', // a newer Countercheck wrote it
  'bundle-too-large',
  'bundle-case', // a case that was handed over, where reports were expected, or the other way round
  'list-busy', // another list is being imported
  'list-cancelled', // somebody ended the import
  'list-columns', // no column of the table says what could be looked up
  'list-empty', // no row of the table could be taken
  'list-quote', // a quotation mark is opened and not closed in its row; `fields` has the line
  'file-gone', // the file that was named is not there (any more), or cannot be read
  'file-there', // a file of the name that was given is there already
  'log-busy', // another log is being written
  'log-cancelled', // somebody ended the writing of a log
  'log-shift', // no shift of this number is set
  'erased', // only the proof of this record is left
  'anchor-unreadable', // what was given as an anchor is none, or is mistyped
  'retention-changed', // what is due is not what the preview showed
  'too-late', // the time to undo is over
  'image-unknown', // the record names an image that the station does not hold
  'image-empty',
  'image-too-large', // more bytes or pixels than are accepted
  'image-not-supported', // not JPEG, PNG, WebP or TIFF
  'image-several-pages', // a TIFF of more than one page
  'image-damaged',
  'image-unreadable', // the file could not be opened
  'scan-folder-name', // not a whole path from the root on
  'scan-folder-gone',
  'scan-folder-unreadable',
  'scan-folder-read-only', // files were to be removed, and may not be
  'scan-folder-own', // the station's own data lies there
  'store-newer', // written by a newer Countercheck
  'store-damaged',
  'store-key', // the key file is missing or does not fit
  'store-locked', // another Countercheck uses this folder
  'store-read-only',
  'store-gone', // the database is no longer where it was opened
  'disk-full',
  'folder-gone', // the folder that was named is not there (any more), or is no whole path
  'folder-read-only', // the folder that was named takes no file
  'folder-not-empty', // something lies where only an empty folder is taken
  'folder-own', // the station's own data lies there
  'backup-damaged', // cut, or changed; or its records do not fit one another
  'backup-newer', // written by a newer Countercheck
  'backup-key', // neither this station's key nor the recovery key given opens it
  'backup-busy', // a backup, a check or an export is under way
  'pdf-unavailable', // this shell makes no PDF
  'pdf-failed', // the browser that was to make it ended, or took too long
  'backup-cancelled', // somebody ended the backup or the check
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

export interface Failure {
  code: FailureCode;
  /**
   * Places in the request at fault; never their values. With `bad-request` names without indexes. With `image-unknown`
   * and `image-damaged` of `examination.save` every picture that cannot be used, missing or damaged, as
   * `documents.<index>.images.<index>` from 0: without these the rest can be saved. With `already-saved` of
   * `examination.save` the ids that another record has, likewise, or `documents.<index>`, or `decision.id`.
   */
  fields?: string[];
  /** With `sign-in-wrong` and `sign-in-wait`: seconds until another try is taken; 0 for at once. */
  waitSeconds?: number;
}

export type Reply<T> = { ok: true; value: T } | { ok: false; error: Failure };
