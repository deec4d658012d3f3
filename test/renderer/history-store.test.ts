// History's store against answers that come late or out of order: only what the officer asked for last is shown.
import { afterAll, beforeEach, expect, it, vi } from 'vitest';
import {
  beginChange,
  changeDecision,
  closeRecord,
  endChange,
  openRecord,
  useHistory,
  writeChange,
} from '../../renderer/features/history/store.ts';
import type { ExaminationRecord } from '../../shared/contract/records.ts';
import { until } from '../until.ts';
import { historyRows, recordOf } from './fake-history.ts';
import { stubBridge } from './bridge-stub.ts';
import { createFakeStation, type FakeStation } from './fake-station.ts';

const records = historyRows(2).map((row, at) => recordOf(row, at, []));
const [first, second] = records as [ExaminationRecord, ExaminationRecord];

let station: FakeStation;
let waiting: Map<string, () => void>;
stubBridge(() => station);
afterAll(() => vi.unstubAllGlobals());

beforeEach(() => {
  closeRecord();
  station = createFakeStation();
  waiting = new Map();
  for (const record of records) station.records.set(record.id, record);
  station.handlers['history.open'] = async ({ id }) => {
    await new Promise<void>((resolve) => waiting.set(id, resolve));
    return station.records.get(id) ?? first;
  };
});

const open = () => useHistory.getState().open?.id ?? null;

it('shows the record asked for last, in whatever order the answers come', async () => {
  const asked = [openRecord(first.id), openRecord(second.id)];
  await until(() => expect(waiting.size).toBe(2));
  waiting.get(second.id)?.();
  await asked[1];
  waiting.get(first.id)?.();
  await asked[0];
  expect(open()).toBe(second.id);
});

it('opens nothing after the officer has gone back to the list', async () => {
  const asked = openRecord(first.id);
  await until(() => expect(waiting.size).toBe(1));
  closeRecord();
  waiting.get(first.id)?.();
  await asked;
  expect(open()).toBeNull();
});

it('keeps what is being written on a record until it is saved or cancelled', async () => {
  useHistory.setState({ open: first });
  beginChange(first);
  const begun = useHistory.getState().changing;
  writeChange({ note: 'Second line found no reason.' });
  // Another screen was shown meanwhile and the question is asked again.
  beginChange(first);
  expect(useHistory.getState().changing).toEqual({ ...begun, note: 'Second line found no reason.' });
  endChange();
  expect(useHistory.getState().changing).toBeNull();
});

it('begins a change with what was decided last, so that Enter alone repeats it', () => {
  const [decision] = first.decisions;
  if (decision === undefined) throw new Error('the record has no decision');
  beginChange({ ...first, decisions: [decision, { ...decision, outcome: 'referred', reasons: ['mrz'] }] });
  expect(useHistory.getState().changing).toMatchObject({ outcome: 'referred', reason: 'mrz', note: '' });
  endChange();
});

it('leaves what the officer turned to while a change was on its way to the station', async () => {
  useHistory.setState({ open: first });
  beginChange(first);
  const id = useHistory.getState().changing?.id ?? '';
  const saving = changeDecision(first, { id, outcome: 'clear', reasons: [], note: '' });
  closeRecord();
  useHistory.setState({ open: second });
  beginChange(second);
  await saving;
  expect(open()).toBe(second.id);
  expect(useHistory.getState().changing?.recordId).toBe(second.id);
});
