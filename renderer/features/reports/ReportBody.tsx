// What a message says, by its kind: a report by groups of rows, a case study as it is read, an alert by its sentence.
import { preview } from '../../../shared/sharing/preview.ts';
import type { SealedPart } from '../../../shared/sharing/full.ts';
import { isFull } from '../../../shared/sharing/kinds.ts';
import type { WireReport } from '../../../shared/sharing/report.ts';
import { useSync } from '../../lib/store-sync.ts';
import { useText } from '../../text/TextProvider.tsx';
import { AlertFacts } from '../../ui/AlertFacts.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { StudyPage, ToldQuestion } from '../../ui/study/StudyPage.tsx';
import { Preview, usePictures } from './Preview.tsx';

interface ReportBodyProps {
  /** Null where its bytes went with the person's data. */
  body: WireReport | null;
  part: SealedPart | null;
}

export function ReportBody({ body, part }: ReportBodyProps) {
  const text = useText();
  const partners = useSync(({ hub }) => hub?.partners);
  const agencyName = (id: string): string => partners?.find((partner) => partner.id === id)?.name ?? id;
  const pictureOf = usePictures(
    body !== null && 'images' in body ? body.images.map(({ sha256 }) => sha256) : [],
  );
  if (body === null) return <p>{text('reports.erased')}</p>;
  if (body.kind === 'withdrawal')
    return (
      <Notice>{text('reports.withdrawal-of', { reason: text(`report.withdrawal.${body.reason}`) })}</Notice>
    );
  if (body.kind === 'case-study')
    return (
      <>
        <h2>{body.title}</h2>
        <StudyPage study={body} pictureOf={pictureOf} question={<ToldQuestion question={body.question} />} />
      </>
    );
  if (!isFull(body)) return <AlertFacts alert={body} agencyName={agencyName} />;
  return (
    <>
      {body.sealed !== null && part === null ? <Notice>{text('reports.sealed')}</Notice> : null}
      <Preview groups={preview(body, part)} pictureOf={pictureOf} />
    </>
  );
}
