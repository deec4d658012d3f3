// What its author may change of an alert: the sentence, which documents it fits, for whom it is, and for how long.
import { X } from 'lucide-react';
import type { AlertContent } from '../../../shared/contract/alerts.ts';
import type { Output } from '../../../shared/contract/channels.ts';
import { DOCUMENT_TYPES, LONGEST_ALERT_DAYS, TIP_LENGTH } from '../../../shared/sharing/codes.ts';
import { useText } from '../../text/TextProvider.tsx';
import { rangeWords, useStateWords } from '../../ui/AlertFacts.tsx';
import { Button } from '../../ui/Button.tsx';
import { SwitchField } from '../../ui/Choices.tsx';
import { type Choice, SearchSelect, Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { useStates } from './FieldRow.tsx';
import styles from './AlertDialog.module.css';

type Fits = AlertContent['fits'];
type Audience = AlertContent['audience'];

interface AlertFieldsProps {
  prepared: Output<'alert.prepare'>;
  content: AlertContent;
  change: (change: (content: AlertContent) => AlertContent) => void;
}

const DAYS = [1, 3, 7, 14, 30, 90, 180, LONGEST_ALERT_DAYS] as const;

const toggled = <T,>(list: readonly T[], one: T, isOn: boolean): T[] =>
  isOn ? [...list, one] : list.filter((each) => each !== one);

export function AlertFields({ prepared, content, change }: AlertFieldsProps) {
  const text = useText();
  const state = useStateWords();
  const states = useStates();
  const { tip, fits, audience, days } = content;
  const changeFits = (by: Partial<Fits>) => change((one) => ({ ...one, fits: { ...one.fits, ...by } }));
  const changeAudience = (by: Partial<Audience>) =>
    change((one) => ({ ...one, audience: { ...one.audience, ...by } }));
  const { numberRange, mrzPattern, agencies, places, countries } = prepared;
  return (
    <div className={styles.fields}>
      <TextField
        label={text('alert-draft.field.tip')}
        help={text('alert-draft.tip.help', { left: TIP_LENGTH - tip.length })}
        value={tip}
        onChange={(value) => change((one) => ({ ...one, tip: value }))}
        maxLength={TIP_LENGTH}
        lines
        autoFocus
      />
      <Chosen
        label={text('alert-draft.field.fits.types')}
        chosen={fits.types}
        choices={DOCUMENT_TYPES.map((id) => ({ id, label: text(`document-type.${id}`) }))}
        onChange={(ids) => changeFits({ types: DOCUMENT_TYPES.filter((id) => ids.includes(id)) })}
      />
      <Chosen
        label={text('alert-draft.field.fits.issuers')}
        chosen={fits.issuers}
        choices={states}
        onChange={(issuers) => changeFits({ issuers })}
      />
      {numberRange === null ? null : (
        <SwitchField
          label={text('alert-draft.range', { range: rangeWords(numberRange) })}
          help={text('alert-draft.range.help')}
          isOn={fits.numberRange !== null}
          onChange={(isOn) => changeFits({ numberRange: isOn ? numberRange : null })}
        />
      )}
      {mrzPattern.map((rule) => (
        <SwitchField
          key={rule}
          label={text('alert-draft.pattern', { rule: text(`finding.${rule}.title`) })}
          isOn={fits.mrzPattern.includes(rule)}
          onChange={(isOn) => changeFits({ mrzPattern: toggled(fits.mrzPattern, rule, isOn) })}
        />
      ))}
      <Several
        title={text('alert-draft.agencies')}
        none={text('alerts.agencies.all')}
        options={agencies.map(({ id, name }) => ({ id, label: name }))}
        chosen={audience.agencies}
        onChange={(ids) => changeAudience({ agencies: ids })}
      />
      <Several
        title={text('alert-draft.places')}
        none={text('alerts.places.all')}
        options={places.map((id) => ({ id, label: id }))}
        chosen={audience.places}
        onChange={(ids) => changeAudience({ places: ids })}
      />
      <Several
        title={text('alert-draft.countries')}
        none={text('alert-draft.countries.all')}
        options={countries.map((id) => ({ id, label: state(id) }))}
        chosen={audience.countries}
        onChange={(ids) => changeAudience({ countries: ids })}
      />
      <Select
        label={text('alert-draft.days')}
        choices={DAYS.map((each) => ({
          id: String(each),
          label: text('alert-draft.days.count', { count: each }),
        }))}
        value={String(days)}
        onChange={(chosen) => change((one) => ({ ...one, days: Number(chosen) }))}
      />
    </div>
  );
}

interface ChosenProps {
  label: string;
  chosen: readonly string[];
  choices: readonly Choice[];
  onChange: (ids: string[]) => void;
}

/** Several of a long list: those chosen, each with a way to take it back, and a field to find further ones. */
function Chosen({ label, chosen, choices, onChange }: ChosenProps) {
  const text = useText();
  const wordsOf = (id: string): string => choices.find((choice) => choice.id === id)?.label ?? id;
  return (
    <div className={styles.group}>
      <SearchSelect
        // Each choice empties the field for the next one.
        key={chosen.join(' ')}
        label={label}
        choices={choices.filter(({ id }) => !chosen.includes(id))}
        value={null}
        onChange={(id) => onChange([...chosen, id])}
      />
      <ul className={styles.chosen} aria-label={text('report-draft.chosen', { label })}>
        {chosen.map((id) => (
          <li key={id}>
            <span>{wordsOf(id)}</span>
            <Button
              tone="quiet"
              icon={<X size={18} />}
              aria-label={text('report-draft.take-away', { what: wordsOf(id) })}
              onPress={() => onChange(chosen.filter((each) => each !== id))}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

interface SeveralProps {
  title: string;
  /** What none chosen means. */
  none: string;
  options: readonly Choice[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Some of a short list, or all of it. */
function Several({ title, none, options, chosen, onChange }: SeveralProps) {
  if (options.length === 0) return null;
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{title}</legend>
      {chosen.length === 0 ? <p className={styles.quiet}>{none}</p> : null}
      {options.map(({ id, label }) => (
        <SwitchField
          key={id}
          label={label}
          isOn={chosen.includes(id)}
          onChange={(isOn) => onChange(toggled(chosen, id, isOn))}
        />
      ))}
    </fieldset>
  );
}
