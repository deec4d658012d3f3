// Case studies: the library, one of them to read, or the draft of one. One of these at a time.
import { useEffect } from 'react';
import { useStudyWish } from '../../lib/store-study-draft.ts';
import { useCan } from '../../lib/store-vault.ts';
import { followLibrary, useLibrary } from './studies/library-store.ts';
import { StudyEditor } from './studies/StudyEditor.tsx';
import { StudyList } from './studies/StudyList.tsx';
import { StudyView } from './studies/StudyView.tsx';

export function CaseStudiesTab() {
  const about = useStudyWish((state) => state.about);
  const open = useLibrary((state) => state.open);
  const mayWrite = useCan('study.drafts');
  useEffect(() => followLibrary(mayWrite), [mayWrite]);
  if (about !== null) return <StudyEditor reportId={about} />;
  return open === null ? <StudyList /> : <StudyView key={open.row.id} open={open} />;
}
