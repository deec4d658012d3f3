// Every way in which the hub itself cannot go on: a code, and a sentence for the person who runs it.

/** What each code says on the terminal. `{…}` is filled from the failure's details, which never hold personal data. */
const SENTENCES = {
  'address-in-use': 'Port {port} is in use by another program. Choose another: npm run hub -- --port N',
  'address-refused': 'The hub could not listen on {host}, port {port}: {reason}.',
  'backup-damaged': '{path} is damaged or cut: nothing of it was restored.',
  'backup-key': 'This recovery key does not open {path}, or the file is damaged.',
  'bundle-refused': '{path} was not taken. {reason}',
  'disk-full':
    'The disk that holds {folder} is full. Nothing that was accepted is lost; make room and start again.',
  'file-exists': '{path} is there already; give the name of a new file.',
  'file-unreadable': '{path} could not be read: {reason}.',
  'folder-in-use':
    'Another hub already works in {folder}. One folder serves one hub; choose another with --data.',
  'folder-unreachable':
    'PostgreSQL must run as the user {account} and that user cannot enter {folder}. Choose a folder that it can enter with --data, or another user with --postgres-user.',
  'hub-not-empty':
    'This hub already holds data. A backup is restored into an empty hub: choose a new --data folder or a new database.',
  'hub-runs': 'A hub runs on this database. End it first.',
  'name-taken': 'There is somebody or something of the name {name} already.',
  'needs-tls':
    'The hub does not serve {host} without encryption. Give --tls-cert and --tls-key, or put a proxy with TLS before it and say --behind-proxy.',
  'no-account':
    'PostgreSQL does not run as root and there is no user {account}. Name one with --postgres-user.',
  'no-backup': '{path} is not a backup of a hub.',
  'no-hub':
    'There is no hub in {place}. Name the folder of yours with --data, or begin a new one with npm run hub.',
  'no-permission': 'No permission for {path}. The hub needs a folder of its own: choose one with --data.',
  'no-postgres':
    'No PostgreSQL was found that runs on this computer. Install it from your system’s packages, name its folder with --postgres, or name a database with DATABASE_URL. {reason}',
  'not-revoked': 'There is no station {id} that was revoked and whose agency is open.',
  'postgres-failed': 'PostgreSQL could not start. Its last words are in {log}: {reason}',
  'postgres-old': 'The database is PostgreSQL {found}; the hub needs {needed} or newer.',
  'postgres-unreachable': 'The database does not answer: {reason}.',
  'postgres-version':
    'The data in {folder} belongs to PostgreSQL {cluster}, but only PostgreSQL {found} was found. Name the folder of PostgreSQL {cluster} with --postgres; docs/running-a-hub.md says how to move to a newer one.',
  'secret-missing':
    'The folder {folder} holds a database but not its file “secret”. Bring that file back, or restore a backup into a new folder.',
  'store-newer':
    'The database was written by a newer version of the hub (step {found}, this version knows {known}). Start that version.',
  'unknown-agency': 'There is no open agency {named}.',
  'unknown-person': 'There is no person {id}, or it is the last administrator.',
  'unknown-rule': 'There is no rule {id}.',
  'unknown-station': 'There is no station {id} that is not revoked.',
  'tls-files':
    'Certificate and key cannot be used: {reason}. Both are text files (PEM), the chain with the hub’s own certificate first, and the key is that of this certificate.',
} as const;

export type HubFailureCode = keyof typeof SENTENCES;

/** A refusal of the hub with a code. Its message is the sentence for the terminal. */
export class HubFailure extends Error {
  readonly code: HubFailureCode;

  constructor(code: HubFailureCode, details: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(
      SENTENCES[code].replace(/\{(\w+)\}/gu, (_whole, name: string) => String(details[name] ?? '')).trim(),
      options,
    );
    this.name = 'HubFailure';
    this.code = code;
  }
}

/** What the codes of the operating system, of PostgreSQL and of Node mean for who runs the hub. */
const REASONS: Record<string, string> = {
  '28000': 'it does not let this user in',
  '28P01': 'the user or the password is not right',
  '3D000': 'it has no database of this name',
  '53300': 'it has no connection left',
  '57P03': 'it is just starting',
  EACCES: 'no permission',
  EADDRNOTAVAIL: 'this computer has no such address',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection was broken off',
  EHOSTUNREACH: 'no way leads there',
  EISDIR: 'it is a folder',
  ENOENT: 'it is not there',
  ENOTFOUND: 'no computer of this name is known',
  EPERM: 'no permission',
  ETIMEDOUT: 'no answer came in time',
};

/** Why something failed, in words; the error's own where there are none for its code. */
export function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const said = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
  return REASONS[code] ?? (said || code);
}

/** The code of an error of the operating system, of PostgreSQL (SQLSTATE) or of Node; empty where it has none. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}
