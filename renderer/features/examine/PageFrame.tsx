// The frame of a page over the lane: Esc back, what the page is about, what it offers, and below whatever it shows.
import { ArrowLeft } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import styles from './PageFrame.module.css';
import { closePage } from './pages.ts';

interface PageFrameProps {
  ref: Ref<HTMLElement>;
  /** Id of the heading, which names the page. */
  titleId: string;
  title: string;
  /** Stands at the end of the heading line. */
  aside?: ReactNode;
  /** The page itself can have the focus, where nothing on it takes it first. */
  takesFocus?: boolean;
  /** More room between the parts. */
  isRoomy?: boolean;
  children: ReactNode;
}

export function PageFrame({ ref, titleId, title, aside, takesFocus, isRoomy, children }: PageFrameProps) {
  const text = useText();
  return (
    <section
      ref={ref}
      className={styles.page}
      data-roomy={isRoomy || undefined}
      aria-labelledby={titleId}
      tabIndex={takesFocus ? -1 : undefined}
    >
      <header className={styles.head}>
        <Button keyName="Escape" icon={<ArrowLeft size={20} />} onPress={() => closePage()}>
          {text('examine.page.back')}
        </Button>
        <h1 id={titleId}>{title}</h1>
        {aside}
      </header>
      {children}
    </section>
  );
}
