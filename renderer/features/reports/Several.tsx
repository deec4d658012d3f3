// Several of a list: those chosen, each with a way to take it back, and a field to find further ones.
import { Plus, X } from 'lucide-react';
import { valueAt } from '../../../shared/sharing/fields.ts';
import type { FullReport } from '../../../shared/sharing/full.ts';
import { CODE_WORDS } from '../../../shared/sharing/preview.ts';
import { useProcedureText } from '../../lib/store-procedure.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { SearchSelect } from '../../ui/Select.tsx';
import { change, useDraft } from './draft-store.ts';
import type { Control, EditorField } from './editor-fields.ts';
import styles from './ReportEditor.module.css';

interface SeveralProps {
  field: EditorField;
  control: Extract<Control, { by: 'several' }>;
  content: FullReport;
  fault: string | null;
}

/** Of what the case points to so many are offered at a press. */
const OFFERED = 5;

export function Several({
  field: { path, label },
  control: { list, ids, most },
  content,
  fault,
}: SeveralProps) {
  const text = useText();
  const own = useProcedureText();
  const suggested = useDraft(({ open }) => open?.suggested) ?? [];
  const value = valueAt(content, path);
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const words = (id: string): string => own(CODE_WORDS[list](id));
  const left = chosen.length < most ? ids.filter((id) => !chosen.includes(id)) : [];
  const offered = path === 'fraud.types' ? suggested.filter((id) => left.includes(id)).slice(0, OFFERED) : [];
  const add = (id: string) => change(path, [...chosen, id]);
  return (
    <div className={styles.several}>
      <SearchSelect
        // Each choice empties the field for the next one.
        key={chosen.join(' ')}
        label={text(label)}
        choices={left.map((id) => ({ id, label: words(id) }))}
        value={null}
        onChange={add}
        fault={fault}
      />
      {chosen.length === 0 ? null : (
        <ul className={styles.chosen} aria-label={text('report-draft.chosen', { label: text(label) })}>
          {chosen.map((id) => (
            <li key={id}>
              <span>{words(id)}</span>
              <Button
                tone="quiet"
                icon={<X size={18} />}
                aria-label={text('report-draft.take-away', { what: words(id) })}
                onPress={() =>
                  change(
                    path,
                    chosen.filter((one) => one !== id),
                  )
                }
              />
            </li>
          ))}
        </ul>
      )}
      {offered.length === 0 ? null : (
        <div className={styles.offered} role="group" aria-label={text('report-draft.suggested')}>
          <p className={styles.quiet}>{text('report-draft.suggested')}</p>
          {offered.map((id) => (
            <Button key={id} icon={<Plus size={18} />} onPress={() => add(id)}>
              {words(id)}
            </Button>
          ))}
        </div>
      )}
    </div>
  );
}
