// Takes a report: reads it, holds it to its shape, sender and tier, stores it once, and answers with a signed receipt.
import type { SignedReceipt } from '../shared/wire/api.ts';
import { tierLeaks } from '../shared/sharing/leaks.ts';
import { type WireReport, wireReport } from '../shared/sharing/report.ts';
import { type Receipt, receiptText, reportSignText } from '../shared/wire/sign.ts';
import type { Ingested, StoredReport } from './db/ingest.ts';
import type { IngestQueue } from './ingest-queue.ts';
import { inShape, readJson } from './read.ts';
import { Refused } from './refusal.ts';
import type { Signer, Verifier } from './signing.ts';

/** The station that a report comes from, whatever way it came. */
export interface Sender {
  stationId: string;
  agencyId: string;
  verify: Verifier;
}

/** The exact bytes of a report, and what came with them. */
export interface ArrivedReport {
  id: string;
  body: Buffer;
  /** SHA-256 of `body`, hex. */
  sha256: string;
  /** The station's signature of the report, base64url. */
  signature: string;
}

/** What the hub signs with. */
export interface HubSigner {
  hubId: string;
  sign: Signer;
}

/** Signs what the hub has safe. */
export async function receiptFor(
  { hubId, sign }: HubSigner,
  of: { kind: Receipt['kind']; id: string; sha256: string; at: Date },
): Promise<SignedReceipt> {
  const receipt = { kind: of.kind, id: of.id, sha256: of.sha256, at: of.at.toISOString(), hubId };
  return { receipt, signature: await sign(receiptText(receipt)) };
}

/** Reads a report as its row; throws `Refused` where it is not one that this sender may send. Asks no database. */
export async function readReport(sender: Sender, arrived: ArrivedReport): Promise<StoredReport> {
  if (!(await sender.verify(reportSignText(arrived.id, arrived.sha256), arrived.signature))) {
    throw new Refused('schema', ['signature']);
  }
  const { text, value } = readJson(arrived.body, 'schema');
  const report = inShape(wireReport, value, 'schema');
  // One spelling for one report: no key twice, no space, no other order, so that every reader reads the same.
  if (JSON.stringify(report) !== text) throw new Refused('schema', ['spelling']);
  if (report.id !== arrived.id) throw new Refused('schema', ['id']);
  // An alert or a case study takes the place of none, unless it says of which.
  const isDetached = report.kind === 'alert' || report.kind === 'case-study';
  const mayReplace = isDetached || (report.kind === 'report') === (report.replaces === null);
  if (!mayReplace || report.replaces === report.id) throw new Refused('schema', ['replaces']);
  if (report.stationId !== sender.stationId || report.agencyId !== sender.agencyId) {
    throw new Refused('not-yours', ['stationId', 'agencyId']);
  }
  const leaks = tierLeaks(report);
  if (leaks.length > 0) throw new Refused('tier-leak', leaks);
  return toRow(report, arrived);
}

function toRow(report: WireReport, { body, sha256, signature }: ArrivedReport): StoredReport {
  const { id, tier, kind, replaces, to } = report;
  return {
    ...NOTHING_SAID,
    ...saidBy(report),
    id,
    tier,
    kind,
    replaces,
    body,
    toAgency: to,
    sha256: Buffer.from(sha256, 'hex'),
    signature: Buffer.from(signature, 'base64url'),
  };
}

/** Of a withdrawal. */
const NOTHING_SAID = {
  issuer: null,
  docType: null,
  country: null,
  week: null,
  fraud: [],
  images: [],
  audience: null,
  issuers: null,
  expiresAt: null,
};

type Said = Pick<StoredReport, keyof typeof NOTHING_SAID>;

const digestsOf = (images: readonly { sha256: string }[]): Buffer[] =>
  [...new Set(images.map((image) => image.sha256))].map((hash) => Buffer.from(hash, 'hex'));

/** What lists, filters and the policy ask of a message. */
function saidBy(report: WireReport): Partial<Said> {
  switch (report.kind) {
    case 'withdrawal':
      return {};
    case 'alert': {
      const { audience, fits, expiresAt } = report;
      const { issuers, types } = fits;
      const agencies = audience.agencies.length === 0 ? null : audience.agencies;
      return {
        issuer: issuers[0] ?? null,
        docType: types[0] ?? null,
        audience: agencies,
        issuers,
        expiresAt,
      };
    }
    case 'case-study': {
      const { document, fraud, images } = report;
      return { issuer: document.issuer, docType: document.type, fraud, images: digestsOf(images) };
    }
    case 'report':
    case 'correction': {
      const { document, detection, fraud, images } = report;
      return {
        issuer: document.issuer,
        docType: document.type,
        country: detection.country,
        week: detection.week,
        fraud: fraud.types,
        images: digestsOf(images),
      };
    }
  }
}

/** Stores a report that was read; answers the receipt, and whether it is new. Throws `Refused`. */
export async function storeReport(
  means: HubSigner & { queue: IngestQueue },
  stationId: string,
  nonce: Buffer,
  report: StoredReport,
): Promise<{ isNew: boolean; answer: SignedReceipt }> {
  const outcome = await means.queue.put({ stationId, nonce, report });
  const at = storedAt(outcome);
  const answer = await receiptFor(means, {
    kind: 'report',
    id: report.id,
    sha256: report.sha256.toString('hex'),
    at,
  });
  return { isNew: outcome.outcome === 'stored', answer };
}

function storedAt(ingested: Ingested): Date {
  switch (ingested.outcome) {
    case 'stored':
    case 'had':
      return ingested.receivedAt;
    case 'refused':
      throw new Refused('revoked');
    case 'replayed':
      throw new Refused('replayed');
    case 'different':
      throw new Refused('different-bytes');
  }
}
