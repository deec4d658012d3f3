// The drawn documents of Utopia, opened as if their picture had been dropped on the window.
import type { Output } from '../../shared/contract/channels.ts';
import type { StoredImage } from '../../shared/contract/images.ts';
import { StationFailure } from '../failure.ts';
import { encodeJpeg } from '../images/decode.ts';
import { today, type ServiceContext } from './context.ts';

export interface SpecimenService {
  list(): Promise<Output<'specimen.list'>>;
  open(id: string): Promise<StoredImage>;
}

/** Outlines of letters are large: they are loaded when somebody asks for a specimen, not at every start. */
const loadSet = () => import('../../shared/specimen/set.ts');

export function createSpecimenService({ db, images, now }: ServiceContext): SpecimenService {
  return {
    async list() {
      const { SPECIMEN_SET } = await loadSet();
      return { specimens: SPECIMEN_SET.map(({ id, titleId, kind }) => ({ id, titleId, kind })) };
    },
    async open(id) {
      const { SPECIMEN_SET, drawSpecimenById } = await loadSet();
      if (!SPECIMEN_SET.some((specimen) => specimen.id === id)) throw new StationFailure('not-found');
      const { photo } = drawSpecimenById(id, today(db, now()));
      return images.put(await encodeJpeg(photo));
    },
  };
}
