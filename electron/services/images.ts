// Pictures between the image door and the vault: taken in, shown in variants made in memory, dropped.
import { v7 as uuidv7 } from 'uuid';
import type { ImageChoice, ImageVariant, StoredImage, TileAt } from '../../shared/contract/images.ts';
import { StationFailure } from '../failure.ts';
import { decodeImage, mimeOf, renderImage } from '../images/decode.ts';
import { createTiles } from '../images/tiles.ts';
import { release } from '../release.ts';
import { sha256Of, type ImageFacts, type ImageVault, type VaultImage } from '../images/vault.ts';
import { createMemory } from './memory.ts';

/** One variant of a picture, in clear, for the window. */
export interface ImageView {
  mime: string;
  bytes: Uint8Array;
  width: number;
  height: number;
}

export interface Images {
  /** Decodes, mints an id and writes; the picture lies safe when the promise resolves. Throws `image-…` and disk codes. */
  put(bytes: Uint8Array): Promise<StoredImage>;
  /** Puts back a picture that was read before, under its own id. */
  restore(id: string, image: VaultImage): Promise<void>;
  /** A whole picture; throws `image-unknown` where it is not there, `image-damaged` where it was changed. */
  read(id: string): Promise<VaultImage>;
  facts(id: string): Promise<ImageFacts>;
  /** One variant, or one tile: those of a picture are made together when the first is asked for, and kept in memory. */
  view(id: string, choice: ImageChoice): Promise<ImageView>;
  /** Lets go of everything that was made to be looked at: nobody sits at the window. */
  rest(): void;
  remove(ids: readonly string[]): Promise<void>;
  /** Pictures taken in before this time (ms) of which nobody has said yet where they belong. */
  takenBefore(time: number): string[];
  /** Says that these need no more watching: they are recorded, or about to be removed. */
  settle(ids: readonly string[]): void;
}

/** Longest side of the variants that are made smaller. `screen` fills a large screen and is decoded in 8 MB, not 48. */
const SIDES: Partial<Record<ImageVariant, number>> = { screen: 1600, thumb: 320 };
/** Enough for the pictures at hand; a grey picture of 35 megapixels is kept just once. */
const MEMORY_BYTES = 64 * 1024 * 1024;

export function createImages(vault: ImageVault, now: () => Date): Images {
  const tiles = createTiles();
  const taken = new Map<string, number>();
  const memory = createMemory<ImageView>(MEMORY_BYTES, (view) => view.bytes.byteLength);
  let removals = 0;
  const nameOf = (id: string, variant: ImageVariant): string => `${id}/${variant}`;

  async function read(id: string): Promise<VaultImage> {
    const image = await vault.get(id);
    if (image === 'missing') throw new StationFailure('image-unknown');
    if (image === 'damaged') throw new StationFailure('image-damaged');
    return image;
  }

  async function grey(bytes: Uint8Array): Promise<ImageView & Pick<ImageFacts, 'format'>> {
    const decoded = await decodeImage(bytes);
    if (!decoded.ok) throw new StationFailure(decoded.code);
    const { width, height, data } = decoded.grey;
    return { mime: 'application/octet-stream', bytes: data, width, height, format: decoded.format };
  }

  async function make(image: VaultImage, variant: ImageVariant): Promise<ImageView> {
    const { width, height, format } = image.facts;
    if (variant === 'original') return { mime: mimeOf(format), bytes: image.bytes, width, height };
    if (variant === 'grey') return grey(image.bytes);
    const maxSide = SIDES[variant];
    const rendered = await renderImage(image.bytes, maxSide === undefined ? {} : { maxSide });
    if (!rendered.ok) throw new StationFailure(rendered.code);
    return { mime: 'image/jpeg', bytes: rendered.jpeg, width: rendered.width, height: rendered.height };
  }

  async function tile(id: string, at: TileAt): Promise<ImageView> {
    const answer = await tiles.get(id, at, async () => (await read(id)).bytes);
    if (answer.ok) {
      const { jpeg, width, height } = answer.tile;
      return { mime: 'image/jpeg', bytes: jpeg, width, height };
    }
    if (answer.code === 'gone') throw new StationFailure('image-unknown');
    throw new StationFailure(answer.code === 'outside' ? 'not-found' : answer.code);
  }

  return {
    async put(bytes) {
      const { format, ...view } = await grey(bytes);
      const { width, height } = view;
      const facts = { sha256: sha256Of(bytes), format, width, height };
      const id = uuidv7();
      await vault.put(id, { facts, bytes });
      taken.set(id, now().getTime());
      // The window asks for the grey pixels next.
      memory.set(nameOf(id, 'grey'), view);
      return { id, sha256: facts.sha256, width, height };
    },
    restore: (id, image) => vault.put(id, image),
    read,
    facts: async (id) => (await read(id)).facts,
    async view(id, variant) {
      if (typeof variant !== 'string') return tile(id, variant);
      const name = nameOf(id, variant);
      const known = memory.get(name);
      // Reading asks for the grey pixels once; they are the largest of all.
      if (variant === 'grey') memory.drop(name);
      if (known !== undefined) return known;
      const before = removals;
      const image = await read(id);
      const view = await make(image, variant);
      // What was opened for this alone.
      if (variant !== 'original') release(image.bytes);
      // What was removed meanwhile must not come back by a picture that was still being made.
      if (variant !== 'original' && variant !== 'grey' && removals === before) memory.set(name, view);
      return view;
    },
    async remove(ids) {
      try {
        await vault.remove(ids);
      } finally {
        // Only now can nobody read them any more; what was made until now goes with them.
        removals += 1;
        tiles.drop(ids);
        for (const id of ids) memory.drop(`${id}/`);
      }
    },
    rest() {
      removals += 1;
      tiles.clear();
      memory.drop('');
    },
    takenBefore: (time) => [...taken].filter(([, at]) => at < time).map(([id]) => id),
    settle(ids) {
      for (const id of ids) taken.delete(id);
    },
  };
}
