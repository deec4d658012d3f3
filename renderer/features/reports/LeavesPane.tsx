// What leaves: for one audience at a time exactly what it will read, and what keeps it from leaving.
import { ArrowRight } from 'lucide-react';
import type { ReportProblem } from '../../../shared/contract/reports.ts';
import { CODE_WORDS, preview } from '../../../shared/sharing/preview.ts';
import { useSync } from '../../lib/store-sync.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { SwitchField } from '../../ui/Choices.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { KeyCap } from '../../ui/KeyCap.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { audienceKey, type Open, replacedFor, type Seen, waitsFor } from './draft.ts';
import { goToProblem, showAudience, tick, useDraft } from './draft-store.ts';
import { placeOf } from './editor-fields.ts';
import { Preview } from './Preview.tsx';
import styles from './LeavesPane.module.css';

/** It may hold nothing that takes the focus: keys must be able to scroll it all the same. */
const SCROLLS = { tabIndex: 0 };

/** The name of an audience, by its key. */
export function useAudienceName(): (key: string) => string {
  const text = useText();
  const partners = useSync(({ hub }) => hub?.partners);
  return (key) => {
    const [tier = '', agencyId] = key.split(' ');
    const agency = partners?.find(({ id }) => id === agencyId)?.name ?? '';
    return text(`report-draft.audience.${tier}`, { agency });
  };
}

export function LeavesPane({ open }: { open: Open }) {
  const text = useText();
  const nameOf = useAudienceName();
  const shown = useDraft((state) => state.shown);
  const seen = useDraft((state) => state.seen);
  const ticked = useDraft((state) => state.ticked);
  const keys = open.audiences.map(audienceKey);
  return (
    <section className={styles.pane} aria-label={text('report-draft.leaves')}>
      <h2>{text('report-draft.leaves')}</h2>
      {keys.length === 0 ? (
        <EmptyState title={text('report-draft.no-hub')}>
          <p>{text('report-draft.no-hub.help')}</p>
        </EmptyState>
      ) : (
        <>
          <div className={styles.tabs} role="group" aria-label={text('report-draft.audiences')}>
            {keys.map((key) => (
              <Button
                key={key}
                aria-pressed={key === shown}
                keyName={key === shown ? 'v' : undefined}
                onPress={() => showAudience(key)}
              >
                {text(ticked.includes(key) ? 'report-draft.tab-ticked' : 'report-draft.tab', {
                  audience: nameOf(key),
                })}
              </Button>
            ))}
          </div>
          {keys.includes(shown) ? (
            <Audience key={shown} open={open} shown={shown} seen={seen[shown]} />
          ) : null}
        </>
      )}
    </section>
  );
}

interface AudienceProps {
  open: Open;
  shown: string;
  seen: Seen | undefined;
}

function Audience({ open, shown, seen }: AudienceProps) {
  const text = useText();
  const nameOf = useAudienceName();
  const ticked = useDraft((state) => state.ticked);
  const pieces = useDraft((state) => state.pieces);
  const waits = waitsFor(open, shown);
  const replaced = replacedFor(open, shown);
  const isFresh = seen?.of === open.content;
  const body = seen?.preview?.body ?? null;
  return (
    <>
      {waits ? (
        <Notice>{text('report-draft.waits')}</Notice>
      ) : (
        <div className={styles.tick}>
          <KeyCap name="x" />
          <SwitchField
            label={text(`report-draft.tick.${shown.slice(0, 2)}`)}
            help={replaced === null ? undefined : text('report-draft.corrects')}
            isOn={ticked.includes(shown)}
            onChange={(isOn) => tick(shown, isOn)}
          />
        </div>
      )}
      <div
        className={styles.content}
        aria-busy={!isFresh}
        role="group"
        aria-label={nameOf(shown)}
        {...SCROLLS}
      >
        {seen === undefined ? <Progress label={text('report-draft.making')} /> : null}
        {seen?.failure ? <ErrorPanel code={seen.failure} tone="look" /> : null}
        {seen?.preview ? <Problems problems={seen.preview.problems} /> : null}
        {body !== null ? (
          <Preview
            groups={preview(body, seen?.preview?.sealedPart ?? null)}
            pictureOf={(sha256) => pieces[sha256] ?? null}
          />
        ) : null}
        {seen?.preview && body === null ? (
          <p className={styles.quiet}>{text('report-draft.not-yet')}</p>
        ) : null}
      </div>
    </>
  );
}

function Problems({ problems }: { problems: readonly ReportProblem[] }) {
  const text = useText();
  if (problems.length === 0) return null;
  return (
    <Notice tone="look" title={text('report-draft.cannot-leave')}>
      <ul className={styles.problems}>
        {problems.map(({ path, code, place }) => {
          const field = placeOf(path)?.field;
          const words = text(CODE_WORDS.problem(code));
          return (
            <li key={`${path} ${code} ${place?.start ?? ''}`}>
              {field === undefined ? (
                words
              ) : (
                <Button tone="quiet" icon={<ArrowRight size={18} />} onPress={() => goToProblem(path, place)}>
                  {text('report-draft.problem', { field: text(field.label), problem: words })}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Notice>
  );
}
