// Which files a log becomes, each with a word on what it is for; a PDF only where one can be made.
import { LOG_FORMATS, type LogFormat } from '../../../shared/report/log-codes.ts';
import { useVault } from '../../lib/store-vault.ts';
import { useText } from '../../text/TextProvider.tsx';
import { SwitchField } from '../../ui/Choices.tsx';
import styles from './LogPage.module.css';

/** Whether this shell can make a PDF. */
export const useCanPdf = (): boolean => useVault(({ state }) => state?.shell.pdf === true);

interface FormatsProps {
  value: readonly LogFormat[];
  onChange: (formats: LogFormat[]) => void;
}

export function Formats({ value, onChange }: FormatsProps) {
  const text = useText();
  const pdf = useCanPdf();
  const offered = LOG_FORMATS.filter((format) => format !== 'pdf' || pdf || value.includes('pdf'));
  return (
    <fieldset className={styles.formats}>
      <legend>{text('log-screen.formats')}</legend>
      {offered.map((format) => (
        <SwitchField
          key={format}
          label={text(`log-screen.format.${format}`)}
          isOn={value.includes(format)}
          // In the order in which they are offered, so that the same choice is the same plan.
          onChange={(isOn) =>
            onChange(LOG_FORMATS.filter((each) => (each === format ? isOn : value.includes(each))))
          }
        />
      ))}
    </fieldset>
  );
}
