// By hand: what waits in the outbox onto a stick, and what came on one into the store. Nobody who carries it reads it.
import { v7 as uuidv7 } from 'uuid';
import type {
  BundleRecipient,
  BundleRecipients,
  BundleState,
  BundleStep,
  ReadBundle,
  WrittenBundle,
} from '../../shared/contract/bundles.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { writeBundle } from '../../shared/wire/bundle.ts';
import type { ContentHead, Frame, Opening, Party } from '../../shared/wire/bundle-frames.ts';
import { appendAudit, digestOf } from '../db/audit.ts';
import { writableStations } from '../db/carried.ts';
import { type HubLink, knownStation, loadHub } from '../db/hub-link.ts';
import { StationFailure } from '../failure.ts';
import { stampOf } from '../files.ts';
import { bundleFrames, checkBundle, findBundles, knownHere, sizeOf, writeBundleFile } from './bundle-file.ts';
import type { BasisService } from './bases.ts';
import { onDuty, type ServiceContext } from './context.ts';
import type { Sending } from './outbox.ts';
import { createUnderWay, type UnderWay } from './under-way.ts';

/** Whom a file is for; the agency of a station decides what of this station's reports it may be told. */
type Recipient = { kind: 'hub' } | { kind: 'station'; agencyId: string };
type Taken = Pick<ReadBundle, 'receipts' | 'reports' | 'known' | 'refused' | 'refusals'>;

/** What goes into a file, and what one that came does to the store; the same as over the network. */
export interface Carrier {
  pack(
    hub: HubLink,
    to: Recipient,
  ): {
    bytes: number;
    figures: { reports: number; images: number; leftOut: number };
    frames: Iterable<Frame<ContentHead>>;
  };
  /** `last` is called within the last transaction. */
  takeIn(
    hub: HubLink,
    frames: AsyncIterable<Frame>,
    last: (opening: Opening, taken: Taken) => void,
  ): Promise<{ opening: Opening; taken: Taken }>;
}

/** One file of any kind at a time. */
export type BundleWork = UnderWay<BundleStep>;

export interface BundleService {
  recipients(): BundleRecipients;
  state(): BundleState;
  write(input: Request<'bundle.write'>): Promise<WrittenBundle>;
  find(input: Request<'bundle.find'>): Promise<Output<'bundle.find'>>;
  read(input: Request<'bundle.read'>): Promise<ReadBundle>;
  cancel(): Promise<BundleState>;
  /** For other files that are written and read the same way. */
  work: BundleWork;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** Whom a file is sealed to, and how its name says so. */
export interface Addressee {
  party: Party;
  boxKey: string;
  /** For the name of the file. */
  code: string;
}

export function createBundleService(
  context: ServiceContext,
  { carrier, sending, bases }: { carrier: Carrier; sending: Sending; bases: Pick<BasisService, 'inForce'> },
): BundleService {
  const { db, dataFolder, now, actor, emit } = context;
  let closed = false;
  const work: BundleWork = createUnderWay<BundleStep>(
    () => {
      if (!closed) emit('bundle.changed', {});
    },
    { busy: 'bundle-busy', cancelled: 'bundle-cancelled' },
  );
  const state = (): BundleState => ({ running: work.running() });

  function addressee(hub: HubLink, to: BundleRecipient): Addressee & { recipient: Recipient } {
    if (to.kind === 'hub') {
      const party = { kind: 'hub', id: hub.hubId } as const;
      return { party, boxKey: hub.boxKey, code: 'hub', recipient: to };
    }
    const station = knownStation(db, to.stationId);
    if (station === undefined || station.revokedAt !== null || station.id === hub.stationId)
      throw new StationFailure('not-found');
    const { id, boxKey, code, agencyId } = station;
    return { party: { kind: 'station', id }, boxKey, code, recipient: { kind: 'station', agencyId } };
  }

  /** Says in the chain what left or came by whose hand. */
  function note(action: string, bundleId: string, digest: string): void {
    const { officer } = onDuty(context);
    appendAudit(db, {
      at: now().toISOString(),
      officerId: officer.id,
      action,
      subjectId: bundleId,
      digest,
    });
  }

  async function write({ folder, to }: Request<'bundle.write'>): Promise<WrittenBundle> {
    const { settings } = onDuty(context);
    const { hub, identity, self } = knownHere(db);
    const { party, boxKey, code, recipient } = addressee(hub, to);
    const { bytes, figures, frames } = carrier.pack(hub, recipient);
    // To the hub an empty one is a question: its answer brings what others sent.
    if (bytes === 0 && to.kind !== 'hub') throw new StationFailure('bundle-empty');
    const at = now().toISOString();
    const bundleId = uuidv7();
    const pieces = writeBundle(frames, {
      bundleId,
      at,
      from: self,
      signPrivateKey: identity.signPrivate,
      to: party,
      toBoxKey: boxKey,
    });
    const prefix = `countercheck-${settings.stationCode}-to-${code}`;
    const file = await writeBundleFile(
      { folder, prefix, name: stampOf(at), bytes },
      pieces,
      {
        dataFolder,
        watch: {
          told: (done) => work.tell('writing', Math.min(1, done / Math.max(1, bytes))),
          checkCancelled: work.checkCancelled,
        },
      },
      ({ sha256 }) => db.transaction(() => note('bundle.written', bundleId, sha256)).immediate(),
    );
    return { ...file, bundleId, ...figures };
  }

  async function read({ path }: Request<'bundle.read'>): Promise<ReadBundle> {
    onDuty(context);
    const size = await sizeOf(path);
    const watch = (step: BundleStep) => ({
      told: (done: number) => work.tell(step, Math.min(1, done / size)),
      checkCancelled: work.checkCancelled,
    });
    const { isCase } = await checkBundle(db, path, watch('checking'));
    if (isCase) throw new StationFailure('bundle-case');
    const { hub } = knownHere(db);
    // Now nothing ends it: half of it would be there, and the other half with the next reading.
    const frames = bundleFrames(db, path, { ...watch('reading'), checkCancelled: () => undefined });
    const { opening, taken } = await carrier.takeIn(hub, frames, ({ bundleId, signature }) =>
      note('bundle.read', bundleId, digestOf(signature)),
    );
    for (const event of ['outbox.changed', 'reports.changed', 'received.changed', 'hub.changed'] as const)
      emit(event, {});
    sending.wake();
    const { bundleId, at, from } = opening;
    const code = from.kind === 'hub' ? null : (knownStation(db, from.id)?.code ?? null);
    return { bundleId, from: { ...from, code }, at, ...taken };
  }

  return {
    recipients() {
      const hub = loadHub(db);
      if (hub === null) return { hub: false, stations: [] };
      const stations = writableStations(db).filter(({ id }) => id !== hub.stationId);
      const partners = new Set([hub.agencyId, ...bases.inForce().map(({ agencyId }) => agencyId)]);
      return {
        hub: true,
        stations: stations.map(({ id, code, place, agencyId, agencyName }) => ({
          id,
          code,
          place,
          agencyId,
          agencyName,
          isOwnAgency: agencyId === hub.agencyId,
          hasBasis: partners.has(agencyId),
        })),
      };
    },
    state,
    write: (input) => work.alone('writing', () => write(input)),
    find: async ({ folder }) => ({ files: await findBundles(db, folder) }),
    read: (input) => work.alone('checking', () => read(input)),
    async cancel() {
      await work.cancel(actor()?.officerId ?? null, () => Promise.resolve());
      return state();
    },
    work,
    async close() {
      closed = true;
      await work.cancel(null, () => Promise.resolve());
    },
  };
}
