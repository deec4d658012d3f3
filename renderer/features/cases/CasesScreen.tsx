// Cases: the list, or the one case that is open.
import { useEffect } from 'react';
import { listen } from '../../lib/bridge.ts';
import { followProcedure } from '../../lib/store-procedure.ts';
import { CaseList } from './CaseList.tsx';
import { CaseScreen } from './CaseScreen.tsx';
import { reloadSoon, useCase } from './case-store.ts';
import { refreshList } from './list-store.ts';
import { watchClosing } from './writing.ts';

export function CasesScreen() {
  const openId = useCase(({ view }) => view?.record.id ?? null);
  useEffect(() => {
    followProcedure();
    watchClosing();
    return listen('cases.changed', reloadSoon);
  }, []);
  useEffect(() => {
    if (openId !== null) return undefined;
    void refreshList();
    return listen('cases.changed', () => void refreshList());
  }, [openId]);
  return openId === null ? <CaseList /> : <CaseScreen key={openId} />;
}
