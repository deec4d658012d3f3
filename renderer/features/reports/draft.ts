// A draft of a case's report as the window holds it, and what can be told of it without asking.
import type { CaseView } from '../../../shared/contract/cases.ts';
import type { ReportPreview, ReportRow } from '../../../shared/contract/reports.ts';
import type { FraudType } from '../../../shared/sharing/codes.ts';
import type { Audience, Box, FullReport } from '../../../shared/sharing/full.ts';
import type { CallFailureCode } from '../../lib/bridge.ts';

/** A picture of the case, upright, and where its zone is as far as it was read. */
export interface DraftPicture {
  id: string;
  light: FullReport['images'][number]['light'];
  width: number;
  height: number;
  zone: Box | null;
}

/** What would leave for one audience, of the content that it was made of. */
export interface Seen {
  of: FullReport;
  preview: ReportPreview | null;
  failure: CallFailureCode | null;
}

export interface Open {
  examinationId: string;
  content: FullReport;
  suggested: readonly FraudType[];
  reports: readonly ReportRow[];
  audiences: readonly Audience[];
  needsApproval: boolean;
  pictures: readonly DraftPicture[];
}

export const audienceKey = (audience: Pick<Audience, 'tier'> & { agencyId?: string | null }): string =>
  audience.tier === 'T1' ? `T1 ${audience.agencyId}` : audience.tier;

/** The report of this case to an audience that a new one would take the place of; null where none is in force. */
export function replacedFor({ reports }: Open, key: string): ReportRow | null {
  return (
    reports.find(
      (row) =>
        audienceKey(row) === key &&
        row.state === 'approved' &&
        row.standing === 'in-force' &&
        row.kind !== 'withdrawal',
    ) ?? null
  );
}

/** One that waits for approval: a second one would say the same twice. */
export const waitsFor = ({ reports }: Open, key: string): boolean =>
  reports.some((row) => audienceKey(row) === key && row.state === 'to-approve');

function boxOf(outline: readonly { x: number; y: number }[] | null | undefined): Box | null {
  if (outline === null || outline === undefined || outline.length === 0) return null;
  const xs = outline.map(({ x }) => x);
  const ys = outline.map(({ y }) => y);
  const [x, y] = [Math.max(0, Math.min(...xs)), Math.max(0, Math.min(...ys))];
  return { x, y, width: Math.max(1, Math.max(...xs) - x), height: Math.max(1, Math.max(...ys) - y) };
}

/** All pictures of a case, with the place of the zone where it was read. */
export function picturesOf({ record, entries }: CaseView): DraftPicture[] {
  const recorded = record.documents.flatMap(({ images, reading }) =>
    images.map((image) => ({
      image,
      zone: reading?.imageId === image.id ? boxOf(reading.outline) : null,
    })),
  );
  const added = entries.flatMap((entry) =>
    entry.kind === 'image' ? [{ image: entry.image, zone: null }] : [],
  );
  return [...recorded, ...added].map(({ image: { id, light, width, height }, zone }) => ({
    id,
    light,
    width,
    height,
    zone,
  }));
}
