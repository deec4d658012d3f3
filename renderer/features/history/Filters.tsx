// What to find: number or name, state, days, outcome. All at once in one line, each empty until it is used.
import { type RefObject, useMemo } from 'react';
import type { Outcome } from '../../../shared/contract/records.ts';
import { OUTCOME_CODES } from '../../../shared/examination/outcomes.ts';
import { STATES } from '../../../shared/mrz/states.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { SearchSelect, Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Filters.module.css';
import { type Wanted, want } from './store.ts';

/** Stands for "no choice" in the lists; no code of a state or outcome looks like it. */
const ANY = 'any';

interface FiltersProps {
  wanted: Wanted;
  searchRef: RefObject<HTMLInputElement | null>;
  /** Arrow down or Enter in the search field goes into the list. */
  onDown: () => void;
}

export function Filters({ wanted, searchRef, onDown }: FiltersProps) {
  const text = useText();
  const language = useLanguage();
  const states = useMemo(() => {
    const order = new Intl.Collator(language);
    const all = [...STATES.keys()].map((code) => ({ id: code, label: text(`state.${code}`), aside: code }));
    return [
      { id: ANY, label: text('history.filter.any-state') },
      ...all.sort((a, b) => order.compare(a.label, b.label)),
    ];
  }, [text, language]);
  return (
    <search className={styles.filters}>
      <TextField
        label={text('history.filter.text')}
        value={wanted.text}
        onChange={(typed) => want({ text: typed })}
        inputRef={searchRef}
        maxLength={100}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'Enter') {
            event.continuePropagation();
            return;
          }
          // Otherwise the same press would also scroll the list that has the focus by then.
          event.preventDefault();
          onDown();
        }}
      />
      <SearchSelect
        label={text('history.filter.state')}
        choices={states}
        value={wanted.state === '' ? ANY : wanted.state}
        onChange={(id) => want({ state: id === ANY ? '' : id })}
      />
      <DayField label={text('history.filter.from')} value={wanted.from} onChange={(from) => want({ from })} />
      <DayField label={text('history.filter.to')} value={wanted.to} onChange={(to) => want({ to })} />
      <Select
        label={text('history.filter.outcome')}
        value={wanted.outcome ?? ANY}
        onChange={(id) => want({ outcome: id === ANY ? null : (id as Outcome) })}
        choices={[
          { id: ANY, label: text('history.filter.any-outcome') },
          ...OUTCOME_CODES.map((id) => ({ id, label: text(`history.outcome.${id}`) })),
        ]}
      />
    </search>
  );
}
