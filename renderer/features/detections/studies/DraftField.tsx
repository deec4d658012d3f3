// One text of a case study, with how much room is left and what keeps it from leaving.
import { useText } from '../../../text/TextProvider.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { type Problems, problemWords } from './problem-words.ts';

interface DraftFieldProps {
  label: string;
  /** Its place in the study. */
  path: string;
  value: string;
  most: number;
  onChange: (value: string) => void;
  problems: Problems;
  lines?: boolean;
  help?: string;
}

export function DraftField({ label, path, value, most, onChange, problems, lines, help }: DraftFieldProps) {
  const text = useText();
  const left = most - value.length;
  // What is not written yet is told where everything is looked at, not while it is written.
  const fault = problems.find((problem) => problem.path === path && problem.code !== 'missing');
  const room = left <= most / 4 ? text('report-draft.left', { count: left }) : help;
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      maxLength={most}
      lines={lines === true}
      help={room}
      fault={fault === undefined ? null : problemWords(text, fault)}
    />
  );
}
