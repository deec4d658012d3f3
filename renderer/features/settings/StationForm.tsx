// The fields of a station in three groups, the same at first run and in the settings.
import { useMemo } from 'react';
import { allTimeZones } from '../../lib/time.ts';
import { languages } from '../../text/catalogue.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Choices, SwitchField } from '../../ui/Choices.tsx';
import { SearchSelect, Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { CameraChoice } from './CameraChoice.tsx';
import {
  CLEARED_POLICIES,
  COUNTRIES,
  DIRECTIONS,
  type FormField,
  type FormValues,
  PLACE_KINDS,
  REPORT_APPROVALS,
  SECOND_SIGNATURES,
  THEMES,
  tidyStationCode,
} from './form.ts';
import styles from './StationForm.module.css';

export interface GroupProps {
  values: FormValues;
  /** Catalogue ids of what is wrong, by field; shown beside it. */
  faults: Partial<Record<FormField, string>>;
  onChange: (change: Partial<FormValues>) => void;
  /** Puts the focus into the first field: at first run there is nothing else to do. */
  focusFirst?: boolean;
}

/** Where the station stands: place, code, country, time zone, kind, direction. */
export function PlaceGroup({ values, faults, onChange, focusFirst = false }: GroupProps) {
  const text = useText();
  const fault = (field: FormField) => {
    const id = faults[field];
    return id ? text(id) : null;
  };
  return (
    <fieldset className={styles.group}>
      <legend>{text('settings.group.place')}</legend>
      <div className={styles.grid}>
        <TextField
          label={text('settings.place')}
          help={text('settings.place.help')}
          value={values.place}
          onChange={(place) => onChange({ place })}
          fault={fault('place')}
          maxLength={120}
          autoFocus={focusFirst}
        />
        <TextField
          label={text('settings.station-code')}
          help={text('settings.station-code.help')}
          value={values.stationCode}
          onChange={(typed) => onChange({ stationCode: tidyStationCode(typed) })}
          fault={fault('stationCode')}
          mono
        />
        <Country values={values} onChange={onChange} fault={fault('country')} />
        <TimeZone values={values} onChange={onChange} fault={fault('timeZone')} />
        <Language values={values} onChange={onChange} />
      </div>
      <Choices
        label={text('settings.place-kind')}
        value={values.placeKind}
        onChange={(id) => onChange({ placeKind: id as FormValues['placeKind'] })}
        choices={PLACE_KINDS.map((id) => ({ id, label: text(`place-kind.${id}`) }))}
      />
      <Choices
        label={text('settings.direction')}
        value={values.direction}
        onChange={(id) => onChange({ direction: id as FormValues['direction'] })}
        choices={DIRECTIONS.map((id) => ({ id, label: text(`direction.${id}`) }))}
      />
    </fieldset>
  );
}

/** What is kept of a cleared traveller. */
export function PolicyGroup({ values, onChange }: GroupProps) {
  const text = useText();
  return (
    <fieldset className={styles.group}>
      <legend>{text('settings.group.policy')}</legend>
      <Choices
        label={text('settings.cleared')}
        value={values.clearedPolicy}
        onChange={(id) => onChange({ clearedPolicy: id as FormValues['clearedPolicy'] })}
        isWide
        choices={CLEARED_POLICIES.map((id) => ({
          id,
          label: text(`cleared-policy.${id}`),
          help: text(`cleared-policy.${id}.help`),
        }))}
      />
    </fieldset>
  );
}

/** Who stands for what the second line concludes. */
export function SignatureGroup({ values, onChange }: GroupProps) {
  const text = useText();
  return (
    <fieldset className={styles.group}>
      <legend>{text('settings.group.signature')}</legend>
      <Choices
        label={text('settings.signature')}
        value={values.secondSignature}
        onChange={(id) => onChange({ secondSignature: id as FormValues['secondSignature'] })}
        isWide
        choices={SECOND_SIGNATURES.map((id) => ({
          id,
          label: text(`second-signature.${id}`),
          help: text(`second-signature.${id}.help`),
        }))}
      />
      <Choices
        label={text('settings.approval')}
        value={values.reportApproval}
        onChange={(id) => onChange({ reportApproval: id as FormValues['reportApproval'] })}
        isWide
        choices={REPORT_APPROVALS.map((id) => ({
          id,
          label: text(`report-approval.${id}`),
          help: text(`report-approval.${id}.help`),
        }))}
      />
    </fieldset>
  );
}

/** When the window locks by itself. */
export function LockGroup({ values, faults, onChange }: GroupProps) {
  const text = useText();
  return (
    <fieldset className={styles.group}>
      <legend>{text('settings.group.lock')}</legend>
      <TextField
        label={text('settings.idle-minutes')}
        help={text('settings.idle-minutes.help')}
        value={Number.isNaN(values.idleMinutes) ? '' : String(values.idleMinutes)}
        onChange={(typed) => onChange({ idleMinutes: Number.parseInt(typed.replaceAll(/\D/gu, ''), 10) })}
        fault={faults.idleMinutes ? text(faults.idleMinutes) : null}
        inputMode="numeric"
        maxLength={2}
      />
    </fieldset>
  );
}

interface WindowGroupProps {
  values: Pick<FormValues, 'theme' | 'cameraLabel' | 'sound'>;
  onChange: (change: Partial<Pick<FormValues, 'theme' | 'cameraLabel' | 'sound'>>) => void;
}

/** What this window looks and sounds like, and its camera: for whoever sits at it. */
export function WindowGroup({ values, onChange }: WindowGroupProps) {
  const text = useText();
  return (
    <fieldset className={styles.group}>
      <legend>{text('settings.group.window')}</legend>
      <Choices
        label={text('settings.theme')}
        value={values.theme}
        onChange={(id) => onChange({ theme: id as FormValues['theme'] })}
        choices={THEMES.map((id) => ({ id, label: text(`theme.${id}`) }))}
      />
      <CameraChoice value={values.cameraLabel} onChange={(cameraLabel) => onChange({ cameraLabel })} />
      <SwitchField
        label={text('settings.sound')}
        isOn={values.sound}
        onChange={(sound) => onChange({ sound })}
      />
    </fieldset>
  );
}

interface PartProps {
  values: FormValues;
  onChange: (change: Partial<FormValues>) => void;
  fault?: string | null;
}

function Country({ values, onChange, fault }: PartProps) {
  const text = useText();
  const language = useLanguage();
  const choices = useMemo(() => {
    const order = new Intl.Collator(language);
    return COUNTRIES.map((code) => ({ id: code, label: text(`state.${code}`), aside: code })).sort((a, b) =>
      order.compare(a.label, b.label),
    );
  }, [text, language]);
  return (
    <SearchSelect
      label={text('settings.country')}
      choices={choices}
      value={values.country}
      onChange={(country) => onChange({ country })}
      fault={fault}
    />
  );
}

function TimeZone({ values, onChange, fault }: PartProps) {
  const text = useText();
  const choices = useMemo(
    () => allTimeZones().map((zone) => ({ id: zone, label: zone.replaceAll('_', ' ') })),
    [],
  );
  return (
    <SearchSelect
      label={text('settings.time-zone')}
      choices={choices}
      value={values.timeZone}
      onChange={(timeZone) => onChange({ timeZone })}
      fault={fault}
    />
  );
}

function Language({ values, onChange }: PartProps) {
  const text = useText();
  // A language is called by its own name, whatever language the window speaks.
  const own = (code: string) => new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  const choices = languages().map((code) => ({ id: code, label: own(code) }));
  return (
    <Select
      label={text('settings.language')}
      choices={choices}
      value={values.language}
      onChange={(language) => onChange({ language })}
    />
  );
}
