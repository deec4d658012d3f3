// The library of case studies: everything that can be read here, found by words, origin, document, state and fraud.
import { BookMarked, PencilLine } from 'lucide-react';
import { useRef } from 'react';
import type { StudyRow } from '../../../../shared/contract/studies.ts';
import { type Hotkey, useHotkeys } from '../../../lib/hotkeys.ts';
import { useStation } from '../../../lib/store-station.ts';
import { writeStudy } from '../../../lib/store-study-draft.ts';
import { dateTimeIn } from '../../../lib/time.ts';
import { useHasText, useLanguage, useText } from '../../../text/TextProvider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorPanel, Notice } from '../../../ui/Notice.tsx';
import { Progress } from '../../../ui/Progress.tsx';
import { type Column, RowTable } from '../../../ui/RowTable.tsx';
import { SearchSelect, Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import {
  type Draft,
  focusStudy,
  lookFor,
  lookForAll,
  moreStudies,
  openStudy,
  refreshLibrary,
  useLibrary,
} from './library-store.ts';
import styles from './Studies.module.css';

/** Says nothing: what takes a choice back. */
const ANY = '-';
const ORIGINS = ['here', 'others', 'utopia'] as const;

export function StudyList() {
  const text = useText();
  const { filter, phase, failure, library, drafts, focusedId, openFailure, isOpening } = useLibrary();
  const search = useRef<HTMLInputElement>(null);
  const columns = useColumns();
  const isFiltered = Object.values(filter).some((value) => value !== null && value !== '');
  const hotkeys: Hotkey[] = [
    { keys: ['s'], textId: 'studies.search', run: () => search.current?.focus() },
    { keys: ['x'], textId: 'studies.all', run: lookForAll, enabled: () => isFiltered },
    {
      keys: ['Escape'],
      textId: 'studies.key.leave-field',
      run: () => (document.activeElement as HTMLElement | null)?.blur(),
      whileTyping: true,
      enabled: () => document.activeElement === search.current,
    },
  ];
  useHotkeys({ titleId: 'detections.tab.studies', hotkeys });
  return (
    <div className={styles.screen}>
      <Filters search={search} />
      <div className={styles.line}>
        <Button keyName="x" isDisabled={!isFiltered} onPress={lookForAll}>
          {text('studies.all')}
        </Button>
        {isOpening ? <Progress label={text('studies.opening')} /> : null}
        <p role="status" className={styles.count}>
          {phase === 'ready' && library !== null ? text('studies.count', { count: library.total }) : ''}
        </p>
      </div>
      {drafts.length === 0 ? null : <Drafts drafts={drafts} />}
      {openFailure === null ? null : <ErrorPanel code={openFailure} tone="look" />}
      {failure === null ? null : (
        <ErrorPanel
          code={failure}
          actions={<Button onPress={() => void refreshLibrary()}>{text('ui.try-again')}</Button>}
        />
      )}
      <RowTable
        label={text('detections.tab.studies')}
        keysId="detections.tab.studies"
        columns={columns}
        rows={library?.rows ?? []}
        more={library !== null && library.rows.length < library.total}
        focusedId={focusedId}
        onFocus={focusStudy}
        onOpen={({ id }) => void openStudy(id)}
        onNearEnd={() => void moreStudies()}
        empty={
          library !== null && failure === null ? (
            <EmptyState icon={<BookMarked size={48} />} title={text('studies.none-fits')}>
              <p>{text('studies.none-fits.help')}</p>
            </EmptyState>
          ) : null
        }
      />
    </div>
  );
}

function Filters({ search }: { search: React.RefObject<HTMLInputElement | null> }) {
  const text = useText();
  const has = useHasText();
  const filter = useLibrary((state) => state.filter);
  const library = useLibrary((state) => state.library);
  const any = { id: ANY, label: text('studies.any') };
  const chosen = <T extends string>(all: readonly T[], id: string): T | null =>
    all.find((one) => one === id) ?? null;
  const kept = <T,>(all: readonly T[] | undefined, own: T | null): readonly T[] =>
    own === null || all?.includes(own) === true ? (all ?? []) : [own, ...(all ?? [])];
  const issuers = kept(library?.issuers, filter.issuer);
  const types = kept(library?.types, filter.type);
  const frauds = kept(library?.frauds, filter.fraud);
  return (
    <div className={styles.filters} role="search" aria-label={text('studies.search')}>
      <TextField
        label={text('studies.search')}
        value={filter.query}
        onChange={(query) => lookFor({ query })}
        maxLength={100}
        inputRef={search}
      />
      <Select
        label={text('studies.from')}
        choices={[any, ...ORIGINS.map((id) => ({ id, label: text(`studies.from.${id}`) }))]}
        value={filter.from ?? ANY}
        onChange={(id) => lookFor({ from: chosen(ORIGINS, id) })}
      />
      <Select
        label={text('studies.issuer')}
        choices={[
          any,
          ...issuers.map((id) => ({ id, label: has(`state.${id}`) ? text(`state.${id}`) : id, aside: id })),
        ]}
        value={filter.issuer ?? ANY}
        onChange={(id) => lookFor({ issuer: chosen(issuers, id) })}
      />
      <Select
        label={text('studies.type')}
        choices={[any, ...types.map((id) => ({ id, label: text(`document-type.${id}`) }))]}
        value={filter.type ?? ANY}
        onChange={(id) => lookFor({ type: chosen(types, id) })}
      />
      <SearchSelect
        key={frauds.join(' ')}
        label={text('studies.fraud')}
        choices={[any, ...frauds.map((id) => ({ id, label: text(`report.fraud.${id}`) }))]}
        value={filter.fraud ?? ANY}
        onChange={(id) => lookFor({ fraud: chosen(frauds, id) })}
      />
    </div>
  );
}

function Drafts({ drafts }: { drafts: readonly Draft[] }) {
  const text = useText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  return (
    <Notice title={text('studies.begun')}>
      <ul className={styles.drafts}>
        {drafts.map(({ examinationId, reportId, title, savedAt, officerName }) => (
          <li key={examinationId}>
            <Button tone="quiet" icon={<PencilLine size={18} />} onPress={() => writeStudy(reportId)}>
              {title === '' ? text('studies.untitled') : title}
            </Button>
            <span className={styles.quiet}>
              {text('studies.begun-by', {
                name: officerName,
                time: dateTimeIn(timeZone, new Date(savedAt), language),
              })}
            </span>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function useColumns(): Column<StudyRow>[] {
  const text = useText();
  const has = useHasText();
  const language = useLanguage();
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const column = (id: string) => ({ id, title: text(`studies.column.${id}`) });
  return [
    { ...column('title'), className: styles.title, cell: ({ title }) => title },
    { ...column('type'), cell: ({ type }) => text(`document-type.${type}`) },
    {
      ...column('issuer'),
      cell: ({ issuer }) => (has(`state.${issuer}`) ? text(`state.${issuer}`) : issuer),
    },
    {
      ...column('fraud'),
      cell: ({ fraud: [main] }) => (main === undefined ? '' : text(`report.fraud.${main}`)),
    },
    {
      ...column('from'),
      cell: ({ from, state, agencyName }) =>
        state === 'approved'
          ? from === 'others' && agencyName !== ''
            ? agencyName
            : text(`studies.from.${from}`)
          : text(`reports.state.${state}`),
    },
    {
      ...column('at'),
      className: styles.time,
      cell: ({ at }) =>
        at === null ? '' : <time dateTime={at}>{dateTimeIn(timeZone, new Date(at), language)}</time>,
    },
  ];
}
