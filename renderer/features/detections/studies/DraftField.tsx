// One text of a case study, with how much room is left and what keeps it from leaving.
import type { Output } from '../../../../shared/contract/channels.ts';
import { CODE_WORDS } from '../../../../shared/sharing/preview.ts';
import { useText } from '../../../text/TextProvider.tsx';
import { TextField } from '../../../ui/TextField.tsx';

export type Problems = Output<'study.preview'>['problems'];

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
  const fault = problems.find((problem) => problem.path === path);
  const room = left <= most / 4 ? text('report-draft.left', { count: left }) : help;
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      maxLength={most}
      lines={lines === true}
      help={room}
      // What is not written yet is told where everything is looked at, not while it is written.
      fault={
        fault === undefined || (fault.code === 'missing' && value === '')
          ? null
          : text(CODE_WORDS.problem(fault.code))
      }
    />
  );
}
