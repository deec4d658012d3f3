// All migrations of the station's store, in order.
import type { Migration } from '../migrate.ts';
import { first } from './0001-first.ts';
import { watchedFolder } from './0002-watched-folder.ts';
import { vault } from './0003-vault.ts';
import { signedAndErasable } from './0004-signed-and-erasable.ts';
import { compact } from './0005-compact.ts';
import { signIn } from './0006-sign-in.ts';
import { cases } from './0007-cases.ts';
import { directory } from './0008-directory.ts';
import { procedure } from './0009-procedure.ts';
import { lookups } from './0010-lookups.ts';
import { reports } from './0011-reports.ts';
import { handover } from './0012-handover.ts';
import { detections } from './0013-detections.ts';
import { lists } from './0014-lists.ts';
import { log } from './0015-log.ts';
import { studies } from './0016-studies.ts';
import { trends } from './0017-trends.ts';

export const STATION_MIGRATIONS: readonly Migration[] = [
  first,
  watchedFolder,
  vault,
  signedAndErasable,
  compact,
  signIn,
  cases,
  directory,
  procedure,
  lookups,
  reports,
  handover,
  detections,
  lists,
  log,
  studies,
  trends,
];
