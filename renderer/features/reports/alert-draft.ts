// The alert that is being made of a report: what was entered, and what would leave of it, asked of the station at every pause.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { AlertContent } from '../../../shared/contract/alerts.ts';
import type { Output } from '../../../shared/contract/channels.ts';
import { call, type CallFailureCode, failureCodeOf } from '../../lib/bridge.ts';

type Prepared = Output<'alert.prepare'>;
type Previewed = Output<'alert.preview'>;

export interface AlertDraft {
  /** Null until the station has answered. */
  prepared: Prepared | null;
  failure: CallFailureCode | null;
  content: AlertContent | null;
  change: (change: (content: AlertContent) => AlertContent) => void;
  /** What would leave, and of which content. */
  seen: { of: AlertContent; preview: Previewed } | null;
}

/** A hand that types is not interrupted. */
const PAUSE_MS = 250;

export function useAlertDraft(reportId: string): AlertDraft {
  const [prepared, setPrepared] = useState<Prepared | null>(null);
  const [failure, setFailure] = useState<CallFailureCode | null>(null);
  const [content, setContent] = useState<AlertContent | null>(null);
  const [seen, setSeen] = useState<AlertDraft['seen']>(null);
  const question = useRef(0);
  useEffect(() => {
    let isOver = false;
    call('alert.prepare', { reportId }).then(
      (answer) => {
        if (isOver) return;
        setPrepared(answer);
        setContent(answer.content);
      },
      (thrown: unknown) => {
        if (!isOver) setFailure(failureCodeOf(thrown));
      },
    );
    return () => {
      isOver = true;
    };
  }, [reportId]);
  useEffect(() => {
    if (content === null) return undefined;
    question.current += 1;
    const mine = question.current;
    const timer = setTimeout(
      () => {
        call('alert.preview', { reportId, content }).then(
          (preview) => {
            if (mine !== question.current) return;
            setSeen({ of: content, preview });
            setFailure(null);
          },
          (thrown: unknown) => {
            if (mine === question.current) setFailure(failureCodeOf(thrown));
          },
        );
      },
      mine === 1 ? 0 : PAUSE_MS,
    );
    return () => clearTimeout(timer);
  }, [reportId, content]);
  const change = useCallback<AlertDraft['change']>(
    (by) => setContent((before) => (before === null ? null : by(before))),
    [],
  );
  return { prepared, failure, content, change, seen };
}
