// The pages of a PDF with several: looked at small, chosen by arrows, Space and Enter, or by a press.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Check } from 'lucide-react';
import type { PdfScan } from '../../lib/pdf/pdf.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { takeStored } from './intake.ts';
import { leavePages, takePages, usePages } from './pdf-pages.ts';
import styles from './PdfPages.module.css';

/** As many as the style sheet puts side by side; the arrows up and down need to know. */
const COLUMNS = 4;
/** Twice what is shown, so that print can be made out on a dense screen. */
const THUMB_SIDE = 400;

export function PdfPages() {
  const text = useText();
  const pdf = usePages(({ open }) => open?.pdf ?? null);
  return (
    <Dialog
      title={pdf === null ? '' : text('pdf.title', { count: pdf.pages })}
      isOpen={pdf !== null}
      onClose={leavePages}
      wide
    >
      {pdf === null ? null : <Pages pdf={pdf} />}
    </Dialog>
  );
}

function Pages({ pdf }: { pdf: PdfScan }) {
  const text = useText();
  const thumbs = useThumbnails(pdf);
  const [at, setAt] = useState(1);
  const [marked, setMarked] = useState<readonly number[]>([]);
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector<HTMLElement>(`[data-page="${at}"]`)?.focus();
  }, [at]);
  const mark = (page: number) => {
    setAt(page);
    setMarked((old) => (old.includes(page) ? old.filter((one) => one !== page) : [...old, page]));
  };
  const chosen = marked.length === 0 ? [at] : marked.toSorted((a, b) => a - b);
  const take = () => takePages(chosen, (stored, ticket) => takeStored(stored, 'file', ticket));
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Partial<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: COLUMNS,
      ArrowUp: -COLUMNS,
      Home: 1 - at,
      End: pdf.pages - at,
    };
    const step = steps[event.key];
    if (step !== undefined) setAt((old) => (old + step < 1 || old + step > pdf.pages ? old : old + step));
    else if (event.key === ' ') mark(at);
    else if (event.key === 'Enter') take();
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.pages}>
      <p>{text('pdf.how')}</p>
      <div
        ref={list}
        className={styles.list}
        role="listbox"
        aria-multiselectable="true"
        aria-label={text('pdf.pages')}
      >
        {thumbs.map((thumb, index) => {
          const page = index + 1;
          const isMarked = marked.includes(page);
          return (
            <div
              key={page}
              role="option"
              aria-selected={isMarked}
              aria-label={text('pdf.page', { page })}
              data-page={page}
              tabIndex={page === at ? 0 : -1}
              className={styles.page}
              onClick={() => mark(page)}
              onKeyDown={onKeyDown}
            >
              <span className={styles.sheet}>
                {thumb === null ? null : thumb === false ? (
                  <span className={styles.failed}>{text('pdf.page.failed')}</span>
                ) : (
                  <img src={thumb} alt="" draggable={false} />
                )}
              </span>
              <span className={styles.number}>
                {isMarked ? <Check size={18} aria-hidden="true" /> : null}
                {text('pdf.page', { page })}
              </span>
            </div>
          );
        })}
      </div>
      <div className={styles.foot}>
        <Button keyName="Escape" onPress={leavePages}>
          {text('ui.cancel')}
        </Button>
        <Button keyName="Enter" tone="primary" onPress={take}>
          {marked.length === 0
            ? text('pdf.take-page', { page: at })
            : text('pdf.take', { count: marked.length })}
        </Button>
      </div>
    </div>
  );
}

/**
 * One after the other, so that only one page is in memory: addresses of the small pictures, null until they are there,
 * false where a page cannot be drawn.
 */
function useThumbnails(pdf: PdfScan): readonly (string | false | null)[] {
  const [thumbs, setThumbs] = useState<readonly (string | false | null)[]>(() =>
    Array.from({ length: pdf.pages }, () => null),
  );
  useEffect(() => {
    const made: string[] = [];
    let isOver = false;
    const make = async () => {
      for (let page = 1; page <= pdf.pages && !isOver; page++) {
        const blob = await pdf.thumbnail(page, THUMB_SIDE).catch(() => null);
        if (isOver) return;
        const thumb = blob === null ? false : URL.createObjectURL(blob);
        if (thumb !== false) made.push(thumb);
        setThumbs((old) => old.map((one, index) => (index === page - 1 ? thumb : one)));
      }
    };
    void make();
    return () => {
      isOver = true;
      for (const address of made) URL.revokeObjectURL(address);
    };
  }, [pdf]);
  return thumbs;
}
