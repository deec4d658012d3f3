// Settings: which document types are known, which of them the agency added, and which of its files are broken and why.
import { useEffect, useState } from 'react';
import type { Output } from '../../../shared/contract/channels.ts';
import { call, failureCodeOf, listen } from '../../lib/bridge.ts';
import { useText } from '../../text/TextProvider.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import styles from './DocumentTypes.module.css';

type Answer = Output<'procedure.get'>;

export function DocumentTypes() {
  const text = useText();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    let isOver = false;
    const ask = async () => {
      try {
        const asked = await call('procedure.get', {});
        if (isOver) return;
        setAnswer(asked);
        setFailure(null);
      } catch (thrown) {
        if (!isOver) setFailure(failureCodeOf(thrown));
      }
    };
    void ask();
    // A file that broke or was mended is told as the station's health.
    const stop = listen('health.changed', () => void ask());
    return () => {
      isOver = true;
      stop();
    };
  }, []);
  return (
    <Panel title={text('procedure-files.title')}>
      {failure === null ? null : <ErrorPanel code={failure} />}
      {answer === null ? null : <Known answer={answer} />}
    </Panel>
  );
}

function Known({ answer: { procedure, words, version, problems } }: { answer: Answer }) {
  const text = useText();
  const count = procedure.types.filter(({ general }) => !general).length;
  const own = procedure.types.filter(({ id }) => Object.hasOwn(words.en ?? {}, `type.${id}`)).length;
  const byFile = Map.groupBy(problems, ({ file }) => file);
  return (
    <div className={styles.types}>
      <p>{text(own === 0 ? 'procedure-files.none' : 'procedure-files.some', { count, own })}</p>
      <p className={styles.quiet}>{text('procedure-files.how')}</p>
      <p className={styles.quiet}>{text('procedure-files.version', { version })}</p>
      {[...byFile].map(([file, wrong]) => (
        <Notice key={file} tone="look" title={text('procedure-files.file', { file })}>
          <ul className={styles.problems}>
            {wrong.map(({ code, at }) => (
              <li key={`${code} ${at}`}>{text(`procedure-files.problem.${code}`, { at })}</li>
            ))}
          </ul>
        </Notice>
      ))}
    </div>
  );
}
