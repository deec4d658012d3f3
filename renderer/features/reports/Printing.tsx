// By which process each part of the page was printed.
import { PRINT_PROCESSES, PRINTED_PARTS } from '../../../shared/sharing/codes.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Select } from '../../ui/Select.tsx';
import { change } from './draft-store.ts';
import styles from './ReportEditor.module.css';

interface PrintingProps {
  label: string;
  processes: FullReport['fraud']['printProcesses'];
}

const NONE = '-';

export function Printing({ label, processes }: PrintingProps) {
  const text = useText();
  const choices = [
    { id: NONE, label: text('report-draft.not-said') },
    ...PRINT_PROCESSES.map((id) => ({ id, label: text(CODE_WORDS.printProcess(id)) })),
  ];
  return (
    <section aria-label={label} className={styles.part}>
      <h3>{label}</h3>
      <div className={styles.pair}>
        {PRINTED_PARTS.map((part) => (
          <Select
            key={part}
            label={text(CODE_WORDS.printedPart(part))}
            choices={choices}
            value={processes.find((one) => one.part === part)?.process ?? NONE}
            onChange={(process) => {
              const others = processes.filter((one) => one.part !== part);
              change('fraud.printProcesses', process === NONE ? others : [...others, { part, process }]);
            }}
          />
        ))}
      </div>
    </section>
  );
}
