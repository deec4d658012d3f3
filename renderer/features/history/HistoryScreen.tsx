// History: the list, or the one record that is open.
import { useEffect } from 'react';
import { listen } from '../../lib/bridge.ts';
import { HistoryList } from './HistoryList.tsx';
import { RecordView } from './RecordView.tsx';
import { search, useHistory } from './store.ts';

export function HistoryScreen() {
  const open = useHistory((history) => history.open);
  useEffect(() => {
    void search();
    return listen('history.changed', () => void search());
  }, []);
  return open ? <RecordView key={open.id} record={open} /> : <HistoryList />;
}
