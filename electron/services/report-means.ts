// What making a report needs of the store and the pictures: who the station is, who may be told, the pieces it names.
import { v7 as uuidv7 } from 'uuid';
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import { allItems, type Procedure } from '../../shared/procedures/procedure.ts';
import { type FirstDraft, fullReportFrom } from '../../shared/sharing/from-case.ts';
import { isFull } from '../../shared/sharing/kinds.ts';
import { wireReport } from '../../shared/sharing/report.ts';
import { MAX_CROP_BYTES } from '../../shared/sharing/shapes.ts';
import type { Audience, FullReport, SealedPart } from '../../shared/sharing/full.ts';
import { leaving, type Left, type Means } from '../../shared/sharing/leaving.ts';
import type { Known } from '../../shared/sharing/scan.ts';
import { openPersonal, type Recipient, sealPersonal, tokenOf } from '../../shared/wire/personal.ts';
import { sha256, toBase64Url } from '../../shared/wire/sign.ts';
import { type HubLink, loadHub, loadIdentity, stationsOf } from '../db/hub-link.ts';
import type { Db } from '../db/open.ts';
import type { NewCrop } from '../db/reports.ts';
import { StationFailure } from '../failure.ts';
import { cutImage } from '../images/decode.ts';
import type { BasisService } from './bases.ts';
import { dayIn, type OnDuty } from './context.ts';
import type { Images } from './images.ts';

/** The hub of this station; throws `hub-none`. A report names who the station is there. */
export function requireHub(db: Db): HubLink {
  const hub = loadHub(db);
  if (hub === null) throw new StationFailure('hub-none');
  return hub;
}

const hourIn = (timeZone: string, at: Date): number =>
  Number(new Intl.DateTimeFormat('en', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(at));

/** A report as far as the case tells it, and kinds of fraud to choose from. */
export function firstDraft(view: CaseView, { settings, officer }: OnDuty, procedure: Procedure): FirstDraft {
  const { country, placeKind, direction, language, timeZone } = settings;
  const at = new Date(view.record.startedAt);
  const facts = { country, placeKind, direction, language, role: officer.role };
  const station = { ...facts, day: dayIn(timeZone, at), hour: hourIn(timeZone, at) };
  return fullReportFrom(view, station, allItems(procedure));
}

/** To whom a report of this station can go now; none without a hub. */
export function audiencesOf(db: Db, bases: BasisService): Audience[] {
  const hub = loadHub(db);
  if (hub === null) return [];
  const partners = bases
    .inForce()
    .filter(({ agencyId }) => agencyId !== hub.agencyId && stationsOf(db, agencyId).length > 0)
    .map(({ id, agencyId }): Audience => ({ tier: 'T1', agencyId, basisId: id }));
  return [...partners, { tier: 'T2' }, { tier: 'T3' }];
}

/** This station under its own key: whoever approves a report to a partner reads what was sealed to that partner. */
function ownStation(db: Db, { stationId }: HubLink): Recipient[] {
  const own = loadIdentity(db);
  return own === null ? [] : [{ stationId, boxKey: toBase64Url(own.boxKey) }];
}

/** What a report of this station holds for its partner alone; null where it holds nothing, or its bytes went. */
export function ownSealedPart(db: Db, text: string): SealedPart | null {
  const hub = loadHub(db);
  const own = loadIdentity(db);
  if (text === '' || hub === null || own === null) return null;
  const body = wireReport.parse(JSON.parse(text));
  if (!isFull(body) || body.sealed === null) return null;
  return openPersonal(body, { stationId: body.stationId, boxPrivateKey: own.boxPrivate });
}

export interface Making {
  content: FullReport;
  audience: Audience;
  replaces: string | null;
  known: Known;
  at: Date;
}

/** What leaves for one audience; with `sealed` the personal part is closed, as it is for good. */
export function madeOf(
  db: Db,
  bases: BasisService,
  { content, audience, replaces, known, at }: Making,
  { sealed }: { sealed: boolean },
): Left {
  const hub = requireHub(db);
  const id = uuidv7();
  const partner = audience.tier === 'T1' ? audience : null;
  const found = bases
    .inForce()
    .find((basis) => basis.id === partner?.basisId && basis.agencyId === partner.agencyId);
  const stations =
    partner === null
      ? []
      : stationsOf(db, partner.agencyId).map(({ id: stationId, boxKey }) => ({ stationId, boxKey }));
  const linkKey = hub.linkKeys.findLast(({ from }) => from <= at.toISOString());
  const seal: Means['seal'] = (part) =>
    partner === null
      ? null
      : sealPersonal(part, {
          reportId: id,
          agencyId: partner.agencyId,
          stations: stations.length === 0 ? [] : [...stations, ...ownStation(db, hub)],
        });
  const left = leaving(content, audience, {
    id,
    replaces,
    createdAt: at.toISOString(),
    stationId: hub.stationId,
    agencyId: hub.agencyId,
    basis: found === undefined ? null : { kind: found.kind, reference: found.reference },
    token: (number) => (linkKey === undefined ? null : tokenOf(linkKey, number)),
    known,
    ...(sealed ? { seal } : {}),
  });
  const isLone = partner !== null && stations.length === 0 && !sealed;
  return isLone
    ? { ...left, problems: [...left.problems, { path: 'sealed', code: 'no-station', place: null }] }
    : left;
}

/** Ids of all pictures of a case. */
export function picturesOf({ record, entries }: CaseView): Set<string> {
  return new Set([
    ...record.documents.flatMap(({ images }) => images.map(({ id }) => id)),
    ...entries.flatMap((entry) => (entry.kind === 'image' ? [entry.image.id] : [])),
  ]);
}

type At = Request<'report.crop'>['at'];

const whole = ({ x, y, width, height }: At): At => ({
  x: Math.floor(x),
  y: Math.floor(y),
  width: Math.max(1, Math.floor(width)),
  height: Math.max(1, Math.floor(height)),
});

/** A piece of a picture as it would be sent. Throws `image-unknown`, `image-damaged`, `image-too-large`. */
export async function pieceOf(images: Images, imageId: string, at: At): Promise<NewCrop> {
  const { bytes } = await images.read(imageId);
  const cut = await cutImage(bytes, whole(at));
  if (!cut.ok) throw new StationFailure(cut.code, ['at']);
  if (cut.jpeg.length > MAX_CROP_BYTES) throw new StationFailure('image-too-large', ['at']);
  const jpeg = Buffer.from(cut.jpeg);
  return { sha256: sha256(jpeg), mime: 'image/jpeg', bytes: jpeg };
}

export const shownPiece = ({ sha256: digest, bytes }: NewCrop): Output<'report.crop'> => ({
  sha256: digest,
  bytes: bytes.length,
  mime: 'image/jpeg',
  base64: bytes.toString('base64'),
});

/**
 * The pieces that a report names, cut anew from the pictures of the case: what leaves is what lies there, whatever was sent
 * by the window. Throws `report-problem` with the places of those that are other ones.
 */
export async function piecesOf(
  images: Images,
  view: CaseView,
  { images: named }: Pick<FullReport, 'images'>,
): Promise<Map<string, NewCrop>> {
  const own = picturesOf(view);
  const pieces = new Map<string, NewCrop>();
  for (const [index, { imageId, at, width, height, sha256: digest, bytes, mime }] of named.entries()) {
    const isOurs = own.has(imageId);
    const facts = isOurs ? await images.facts(imageId) : null;
    const isUpright = facts?.width === width && facts.height === height;
    const piece = isOurs && isUpright ? await pieceOf(images, imageId, at) : null;
    const fits = piece?.sha256 === digest && piece.bytes.length === bytes && piece.mime === mime;
    if (piece === null || !fits) throw new StationFailure('report-problem', [`content.images.${index}`]);
    pieces.set(digest, piece);
  }
  return pieces;
}
