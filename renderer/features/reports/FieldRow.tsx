// One field of the draft, drawn by what the table says of it; what keeps it from leaving stands below it.
import { useMemo, useState } from 'react';
import { STATES } from '../../../shared/mrz/states.ts';
import { valueAt } from '../../../shared/sharing/fields.ts';
import type { ReportProblem } from '../../../shared/contract/reports.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { useProcedureText } from '../../lib/store-procedure.ts';
import { useHasText, useLanguage, useText } from '../../text/TextProvider.tsx';
import { SwitchField } from '../../ui/Choices.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { type Choice, SearchSelect, Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { Anchors } from './Anchors.tsx';
import { change } from './draft-store.ts';
import { type Control, type EditorField, readAs, shownAs } from './editor-fields.ts';
import { Fault } from './Fault.tsx';
import { Findings } from './Findings.tsx';
import { Links } from './Links.tsx';
import { Pieces, Portraits } from './Pieces.tsx';
import { Printing } from './Printing.tsx';
import { Several } from './Several.tsx';
import styles from './ReportEditor.module.css';

/** Says nothing: what takes a choice back. */
const NONE = '-';

interface FieldRowProps {
  field: EditorField;
  content: FullReport;
  /** Of this field, of the audience on show. */
  problems: readonly ReportProblem[];
}

export function FieldRow({ field, content, problems }: FieldRowProps) {
  const text = useText();
  const own = problems.filter(({ path }) => path === field.path);
  const code = own[0]?.code;
  const special = field.control.by === 'text' ? field.control.own : undefined;
  const isBare = code === 'missing' && special !== undefined;
  const fault =
    code === undefined ? null : text(isBare ? `report-draft.missing.${special}` : CODE_WORDS.problem(code));
  return (
    <div className={`${styles.field} ${isWide(field) ? styles.wide : ''}`} data-path={field.path}>
      <Filled field={field} content={content} fault={fault} problems={problems} />
    </div>
  );
}

const NARROW: ReadonlySet<string> = new Set(['choice', 'state', 'day', 'code', 'number']);
/** Lists of sentences rather than of words. */
const SENTENCES: ReadonlySet<string> = new Set(['outcome', 'sourceGrade', 'informationGrade']);

/** What needs the whole width; two others stand beside each other. */
const isWide = ({ control }: EditorField): boolean =>
  (control.by === 'choice' && SENTENCES.has(control.list)) ||
  (!NARROW.has(control.by) && !(control.by === 'text' && control.isLong !== true));

interface FilledProps extends FieldRowProps {
  fault: string | null;
}

function Filled({ field, content, fault, problems }: FilledProps) {
  const text = useText();
  const { path, control } = field;
  const label = text(field.label);
  const value = valueAt(content, path);
  const said = typeof value === 'string' ? value : '';
  switch (control.by) {
    case 'choice':
      return <Coded field={field} control={control} value={said} fault={fault} />;
    case 'several':
      return <Several field={field} control={control} content={content} fault={fault} />;
    case 'state':
      return <StateField path={path} label={label} value={said} fault={fault} />;
    case 'day':
      return (
        <>
          <DayField label={label} value={said} onChange={(day) => change(path, day === '' ? null : day)} />
          <Fault words={fault} />
        </>
      );
    case 'switch':
      return <SwitchField label={label} isOn={value === true} onChange={(isOn) => change(path, isOn)} />;
    case 'text':
      return <Words field={field} control={control} value={said} fault={fault} />;
    case 'code':
    case 'number':
    case 'route':
    case 'lines':
      return <Typed field={field} content={content} fault={fault} />;
    case 'findings':
      return <Findings label={label} findings={content.fraud.findings} problems={problems} />;
    case 'printing':
      return <Printing label={label} processes={content.fraud.printProcesses} />;
    case 'anchors':
      return <Anchors label={label} content={content} problems={problems} />;
    case 'pieces':
      return <Pieces content={content} problems={problems} />;
    case 'links':
      return <Links label={label} content={content} />;
    case 'portraits':
      return <Portraits label={label} content={content} />;
  }
}

interface CodedProps {
  field: EditorField;
  control: Extract<Control, { by: 'choice' }>;
  value: string;
  fault: string | null;
}

function Coded({ field: { path, label }, control, value, fault }: CodedProps) {
  const text = useText();
  const own = useProcedureText();
  const { list, ids, isAlways } = control;
  const words = ids.map((id) => ({ id, label: own(CODE_WORDS[list](id)) }));
  return (
    <Select
      label={text(label)}
      choices={isAlways ? words : [{ id: NONE, label: text('report-draft.not-said') }, ...words]}
      value={value === '' ? NONE : value}
      onChange={(id) => change(path, id === NONE ? null : id)}
      fault={fault}
    />
  );
}

interface PlainProps {
  path: string;
  label: string;
  value: string;
  fault: string | null;
}

/** All codes of states and organisations by their names. */
export function useStates(): readonly Choice[] {
  const text = useText();
  const has = useHasText();
  const language = useLanguage();
  return useMemo(() => {
    const order = new Intl.Collator(language);
    return [...STATES.keys()]
      .map((code) => ({ id: code, label: has(`state.${code}`) ? text(`state.${code}`) : code, aside: code }))
      .sort((a, b) => order.compare(a.label, b.label));
  }, [text, has, language]);
}

function StateField({ path, label, value, fault }: PlainProps) {
  const text = useText();
  const states = useStates();
  return (
    <SearchSelect
      label={label}
      choices={[{ id: NONE, label: text('report-draft.not-said') }, ...states]}
      value={value === '' ? NONE : value}
      onChange={(id) => change(path, id === NONE ? null : id)}
      fault={fault}
    />
  );
}

interface WordsProps {
  field: EditorField;
  control: Extract<Control, { by: 'text' }>;
  value: string;
  fault: string | null;
}

function Words({ field: { path, label }, control: { most, isLong, own }, value, fault }: WordsProps) {
  const text = useText();
  const left = most - value.length;
  // Where there is much room nobody counts.
  const isNear = left <= most / 4 || most <= 140;
  return (
    <TextField
      label={text(label)}
      value={value}
      onChange={(typed) => change(path, typed === '' ? null : typed)}
      maxLength={most}
      lines={isLong === true}
      help={
        isLong && isNear
          ? text(own === undefined ? 'report-draft.left' : `report-draft.help.${own}`, { count: left })
          : undefined
      }
      fault={fault}
    />
  );
}

/** What is typed in a form of its own: codes, numbers, a route, one thing a line. It counts as soon as it is whole. */
function Typed({ field, content, fault }: { field: EditorField; content: FullReport; fault: string | null }) {
  const text = useText();
  const { path, control } = field;
  const value = valueAt(content, path);
  const [typed, setTyped] = useState(() => shownAs(control, value, content));
  const [isWhole, setWhole] = useState(true);
  const take = (words: string) => {
    setTyped(words);
    const read = readAs(control, words);
    setWhole(read !== undefined);
    // What does not fit must not leave as it was before.
    change(path, read === undefined ? (Array.isArray(value) ? [] : null) : read);
  };
  const helpId = control.by === 'route' || control.by === 'lines' ? `report-draft.help.${control.by}` : null;
  return (
    <TextField
      label={text(field.label)}
      value={typed}
      onChange={take}
      lines={control.by === 'lines'}
      mono={control.by === 'code' || control.by === 'route'}
      help={helpId === null ? undefined : text(helpId)}
      fault={isWhole ? fault : text(`report-draft.fault.${control.by}`)}
      {...(control.by === 'code' ? { maxLength: control.most } : {})}
    />
  );
}
