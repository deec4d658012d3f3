// Shapes of signing in, of the people of a station and of its keys, as zod schemas.
import { z } from 'zod';
import { id, officer, ROLES } from './records.ts';

/** What a person types to say who they are at a cold start; spaces around it and its case do not count. */
export const signInName = z.string().trim().min(2).max(40);
/** As typed. Which secrets are too weak the station says with `secret-weak`; this only bounds the text. */
export const secret = z.string().min(1).max(200);

/**
 * `new`: nothing is there yet, `station.setup` makes it. `upgrade`: the key of an older version lies in clear,
 * `station.upgrade` sets the first secret. `sealed`: after a start, no key in memory. `open`: somebody is signed in.
 * `locked`: nobody is at the window, the key stays in memory for what runs by itself.
 */
export const PHASES = ['new', 'upgrade', 'sealed', 'open', 'locked'] as const;

export const session = z.object({
  officerId: id,
  name: z.string(),
  role: z.enum(ROLES),
  signedInAt: z.iso.datetime(),
  /** Signed in with a secret that somebody else knows: nothing but `vault.change-secret` is answered until then. */
  mustChange: z.boolean(),
});

const few = z.int().min(0).max(1_000_000);

/** What waits for an officer. */
export const waiting = z.strictObject({
  /** Examinations under way. */
  drafts: few,
  /** From the scanner's folder. */
  scans: few,
});

export const vaultState = z.object({
  phase: z.enum(PHASES),
  version: z.string(),
  dataFolder: z.string(),
  /** What the shell can do for the window; the window hides what it cannot. */
  shell: z.object({
    kind: z.enum(['electron', 'host', 'none']),
    pickFile: z.boolean(),
    print: z.boolean(),
    /** Absent where it makes no PDF. */
    pdf: z.literal(true).optional(),
  }),
  /** The operating system's keystore wraps the keys too: the folder alone is no use on another machine. */
  keystore: z.boolean(),
  /** Who can be chosen: at `locked` and `open` all who can sign in, at `upgrade` the older version's officers. */
  people: z.array(officer),
  /** Who is at the window. */
  session: session.nullable(),
  /** Minutes without a hand on the window until it locks; null while the settings cannot be read. */
  idleMinutes: z.int().nullable(),
  /** Pictures still closed with a key from before the last change of keys, and how many there were; null for none. */
  oldPictures: z.object({ left: z.int(), total: z.int() }).nullable(),
  /** The hub refuses this station: whoever looks at a locked window is told. Absent where it does not, or nothing says so. */
  hubStopped: z.literal(true).optional(),
  /** What waits in the closed store, as it was closed; null at every other phase, and where nothing tells it. */
  waiting: waiting.nullable(),
});

/** By name at a cold start; by id where the names are shown. */
export const signIn = z
  .object({ name: signInName.optional(), officerId: id.optional(), secret })
  .refine(({ name, officerId }) => (name === undefined) !== (officerId === undefined), { path: ['name'] });

/** A person with the first secret of their own. */
export const newPerson = z.object({
  id,
  name: z.string().trim().min(1).max(80),
  signInName,
  secret,
});

/** One who also examines; `id` may be an officer's of the older version. */
export const firstOfficer = newPerson.extend({ role: z.enum(['officer', 'examiner', 'supervisor']) });

export const person = officer.extend({
  /** Null for an officer of an older version who was never given one. */
  signInName: z.string().nullable(),
  /** Whether a secret is set for them: without one they cannot sign in. */
  canSignIn: z.boolean(),
  mustChange: z.boolean(),
  /** Ten wrong secrets in a row; `people.release` or `people.new-secret` ends it. */
  lockedOut: z.boolean(),
  leftAt: z.iso.datetime().nullable(),
});

/** A new person needs a secret, which they must change when they first sign in; for one who is there it must be null. */
export const savePerson = officer.extend({ signInName, secret: secret.nullable() });

export type Phase = (typeof PHASES)[number];
export type Role = (typeof ROLES)[number];
export type Session = z.infer<typeof session>;
export type Waiting = z.infer<typeof waiting>;
export type VaultState = z.infer<typeof vaultState>;
export type Person = z.infer<typeof person>;
export type NewPerson = z.infer<typeof newPerson>;
export type FirstOfficer = z.infer<typeof firstOfficer>;
export type SignIn = z.infer<typeof signIn>;
export type SavePerson = z.infer<typeof savePerson>;
