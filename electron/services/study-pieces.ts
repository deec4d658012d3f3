// Pieces of pictures for a case study, made as they would leave: cut, with what lies under boxes taken out, and looked at
// once more by the reader of zones.
import type { CaseView } from '../../shared/contract/cases.ts';
import type { Output, Request } from '../../shared/contract/channels.ts';
import type { Box } from '../../shared/sharing/full.ts';
import { MAX_CROP_BYTES } from '../../shared/sharing/shapes.ts';
import type { StudyPicture } from '../../shared/sharing/study-draft.ts';
import { type KnownPlaces, studyPictureFaults } from '../../shared/sharing/study-pictures.ts';
import { sha256 } from '../../shared/wire/sign.ts';
import { StationFailure } from '../failure.ts';
import { redactImage } from '../images/redact.ts';
import { createZoneCheck } from '../images/zone-check.ts';
import type { Images } from './images.ts';
import { picturesOf } from './report-means.ts';

/** What is known of a piece without its pixels. */
interface PieceFacts {
  sha256: string;
  bytes: number;
  mime: 'image/jpeg';
  width: number;
  height: number;
  /** Zones that are still to be seen, in pixels of the piece. */
  zones: readonly Box[];
  showsZone: boolean;
}

export interface Piece extends PieceFacts {
  jpeg: Buffer;
}

export interface StudyPieces {
  /** One piece for the window. Throws `image-unknown`, `image-damaged`, `image-too-large`. */
  cut(view: CaseView, asked: Omit<Request<'study.cut'>, 'examinationId'>): Promise<Output<'study.cut'>>;
  /** The piece of each picture of a draft; null where something is plainly wrong with it, or it cannot be made. */
  of(
    view: CaseView,
    pictures: readonly StudyPicture[],
    placesOf: (imageId: string) => KnownPlaces,
  ): Promise<(Piece | null)[]>;
  /** The same without pixels: each piece is made once, however often its draft is looked at. */
  looked(...asked: Parameters<StudyPieces['of']>): Promise<(PieceFacts | null)[]>;
}

type Asked = Pick<StudyPicture, 'imageId' | 'at' | 'hidden'>;

const nameOf = ({ imageId, at, hidden }: Asked): string => JSON.stringify([imageId, at, hidden]);

/** What was found on pieces, and how they were asked for: a picture never changes under its id, nor a piece under its digest. */
const MOST_KNOWN = 200;

export function createStudyPieces(images: Images): StudyPieces {
  const zonesOn = createZoneCheck();
  const known = new Map<string, readonly Box[]>();
  const looked = new Map<string, PieceFacts>();

  async function zonesOf(digest: string, jpeg: Uint8Array): Promise<readonly Box[]> {
    const before = known.get(digest);
    if (before !== undefined) return before;
    const found = await zonesOn(jpeg);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(digest, found);
    return found;
  }

  async function make(view: CaseView, { imageId, at, hidden }: Asked): Promise<Piece> {
    if (!picturesOf(view).has(imageId)) throw new StationFailure('image-unknown');
    const { bytes } = await images.read(imageId);
    const made = await redactImage(bytes, { at, hidden });
    if (!made.ok) throw new StationFailure(made.code, ['at']);
    if (made.jpeg.byteLength > MAX_CROP_BYTES) throw new StationFailure('image-too-large', ['at']);
    const jpeg = Buffer.from(made.jpeg);
    const digest = sha256(jpeg);
    const zones = await zonesOf(digest, jpeg);
    const { width, height } = made;
    const facts: PieceFacts = {
      sha256: digest,
      bytes: jpeg.length,
      mime: 'image/jpeg',
      width,
      height,
      zones,
      showsZone: zones.length > 0,
    };
    if (looked.size >= MOST_KNOWN) looked.clear();
    looked.set(nameOf({ imageId, at, hidden }), facts);
    return { ...facts, jpeg };
  }

  /** Each picture that nothing is plainly wrong with, by `make`; null for the others. */
  async function each<T>(
    view: CaseView,
    pictures: readonly StudyPicture[],
    placesOf: (imageId: string) => KnownPlaces,
    piece: (picture: StudyPicture) => Promise<T>,
  ): Promise<(T | null)[]> {
    const own = picturesOf(view);
    const found: (T | null)[] = [];
    for (const picture of pictures) {
      const { imageId, width, height } = picture;
      const isPlain = studyPictureFaults(picture, placesOf(imageId)).length === 0;
      const facts = isPlain && own.has(imageId) ? await images.facts(imageId) : null;
      const isUpright = facts?.width === width && facts.height === height;
      found.push(isUpright ? await piece(picture) : null);
    }
    return found;
  }

  return {
    async cut(view, asked) {
      const { jpeg, zones, showsZone: _shows, ...piece } = await make(view, asked);
      const scale = asked.at.width / piece.width;
      const inPicture = zones.map((zone) => ({
        x: asked.at.x + zone.x * scale,
        y: asked.at.y + zone.y * scale,
        width: Math.max(1, zone.width * scale),
        height: Math.max(1, zone.height * scale),
      }));
      return { ...piece, base64: jpeg.toString('base64'), zones: inPicture };
    },
    of: (view, pictures, placesOf) => each(view, pictures, placesOf, (picture) => make(view, picture)),
    looked: (view, pictures, placesOf) =>
      each(
        view,
        pictures,
        placesOf,
        async (picture): Promise<PieceFacts> => looked.get(nameOf(picture)) ?? make(view, picture),
      ),
  };
}
