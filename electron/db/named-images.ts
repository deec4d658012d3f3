// Which pictures the store names: these are kept and backed up, all others are nobody's.
import { imagesOf, loadDrafts } from './drafts.ts';
import { recordedImages } from './examinations.ts';
import type { Db } from './open.ts';
import { waitingImages } from './scans.ts';

/** Ids of all pictures of records, drafts and scans that wait, each once. */
export function namedImages(db: Db): string[] {
  return [...new Set([...recordedImages(db), ...loadDrafts(db).flatMap(imagesOf), ...waitingImages(db)])];
}
