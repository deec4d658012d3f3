// Looking up what was recorded, and how many were cleared today.
import type { Output } from '../../shared/contract/channels.ts';
import type { HistoryFilter } from '../../shared/contract/records.ts';
import { clearedOn } from '../db/cleared.ts';
import { searchHistory } from '../db/history.ts';
import { loadStation } from '../db/station.ts';
import { today, type ServiceContext } from './context.ts';

export interface HistoryService {
  search(filter: HistoryFilter): Output<'history.search'>;
}

export function createHistoryService({ db, now }: ServiceContext): HistoryService {
  return {
    search(filter) {
      const clearedToday = clearedOn(db, loadStation(db).id, today(db, now()));
      return { ...searchHistory(db, filter), clearedToday };
    },
  };
}
