// What went wrong, in its three parts, in the place where the officer looks for what needs a look.
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { saveAgain, saveWithoutLost } from './decisions.ts';
import { useExamine } from './store.ts';
import styles from './Troubles.module.css';
import { isEmpty } from './work.ts';

/** Troubles of our own in red, those of a picture or a device in amber; nothing while all is well. */
export function Troubles() {
  const text = useText();
  const trouble = useExamine((state) => state.trouble);
  const failure = useExamine((state) => state.saveFailure);
  const notKept = useExamine((state) => state.keeping === 'failed' && !isEmpty(state.work));
  if (trouble === null && failure === null && !notKept) return null;
  return (
    <div className={styles.troubles}>
      {failure === null ? null : (
        <ErrorPanel
          code={failure.code}
          actions={
            <>
              {failure.lost.length > 0 ? (
                <Button keyName="w" onPress={saveWithoutLost}>
                  {text('examine.save-without', { count: failure.lost.length })}
                </Button>
              ) : null}
              <Button keyName="r" onPress={saveAgain}>
                {text('ui.try-again')}
              </Button>
            </>
          }
        />
      )}
      {notKept ? <ErrorPanel code="draft-not-kept" /> : null}
      {trouble === null ? null : (
        <ErrorPanel
          code={trouble}
          tone="look"
          actions={
            <Button keyName="Escape" tone="quiet" onPress={() => useExamine.setState({ trouble: null })}>
              {text('ui.close')}
            </Button>
          }
        />
      )}
    </div>
  );
}
