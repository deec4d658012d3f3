// Legal bases: by which law, treaty or memorandum a partner may be sent what concerns a person. Without one, nothing personal leaves.
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { HubState, LegalBasis } from '../../../shared/contract/sync.ts';
import { call } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { useStation } from '../../lib/store-station.ts';
import { useCan } from '../../lib/store-vault.ts';
import { dayIn, printedDate } from '../../lib/time.ts';
import { type Action, useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './VaultScreen.module.css';

type Partners = HubState['partners'];

const KINDS = ['mou', 'treaty', 'law'] as const satisfies readonly LegalBasis['kind'][];

export function BasesPanel({ partners }: { partners: Partners }) {
  const text = useText();
  const maySave = useCan('basis.save');
  const timeZone = useStation(({ state }) => state?.settings?.timeZone ?? 'UTC');
  const [bases, setBases] = useState<LegalBasis[] | null>(null);
  const [asked, setAsked] = useState<LegalBasis | null>(null);
  const action = useAction();
  useEffect(() => {
    void action.run(async () => setBases((await call('basis.list', {})).bases));
    // Once, as the page opens; every change answers the list anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const known = bases ?? [];
  const nameOf = (id: string): string =>
    partners.find((one) => one.id === id)?.name ?? text('bases.unknown-partner');
  const keep = (list: LegalBasis[]) =>
    action.run(async () => {
      setBases((await call('basis.save', { bases: list })).bases);
      setAsked(null);
    });
  const save = (basis: LegalBasis) => {
    const isKnown = known.some(({ id }) => id === basis.id);
    void keep(isKnown ? known.map((one) => (one.id === basis.id ? basis : one)) : [...known, basis]);
  };
  const add = () =>
    setAsked({
      id: newId(),
      agencyId: partners[0]?.id ?? '',
      kind: 'mou',
      reference: '',
      from: dayIn(timeZone, new Date()),
      until: null,
    });
  const canAdd = maySave && bases !== null && partners.length > 0;
  return (
    <>
      <Panel
        title={text('bases.title')}
        aside={
          canAdd ? (
            <Button icon={<Plus size={20} />} onPress={add}>
              {text('bases.add')}
            </Button>
          ) : null
        }
      >
        <div className={styles.stack}>
          <p className={styles.text}>{text('bases.what')}</p>
          {known.length === 0 ? (
            <p className={styles.small}>{text(partners.length === 0 ? 'bases.no-partner' : 'bases.empty')}</p>
          ) : (
            <table className={styles.table}>
              <thead>
                <tr>
                  {(['partner', 'kind', 'reference', 'from', 'until'] as const).map((name) => (
                    <th key={name} scope="col">
                      {text(name === 'until' ? 'bases.until.column' : `bases.${name}`)}
                    </th>
                  ))}
                  <th scope="col" aria-label={text('bases.actions')} />
                </tr>
              </thead>
              <tbody>
                {known.map((basis) => (
                  <tr key={basis.id}>
                    <td>{nameOf(basis.agencyId)}</td>
                    <td>{text(`bases.kind.${basis.kind}`)}</td>
                    <td>{basis.reference}</td>
                    <td>{printedDate(basis.from)}</td>
                    <td>{basis.until === null ? text('bases.no-end') : printedDate(basis.until)}</td>
                    <td>
                      {maySave ? (
                        <div className={styles.actions}>
                          <Button tone="quiet" icon={<Pencil size={20} />} onPress={() => setAsked(basis)}>
                            {text('bases.change')}
                          </Button>
                          <Button
                            icon={<Trash2 size={20} />}
                            tone="quiet"
                            onPress={() => void keep(known.filter(({ id }) => id !== basis.id))}
                          >
                            {text('bases.remove')}
                          </Button>
                        </div>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {action.failure && asked === null ? <ErrorPanel code={action.failure} /> : null}
        </div>
      </Panel>
      <Dialog title={text('bases.add')} isOpen={asked !== null} onClose={() => setAsked(null)} wide>
        {asked === null ? null : (
          <BasisForm
            basis={asked}
            partners={partners}
            action={action}
            onClose={() => setAsked(null)}
            onSave={save}
          />
        )}
      </Dialog>
    </>
  );
}

interface BasisFormProps {
  basis: LegalBasis;
  partners: Partners;
  action: Action;
  onClose: () => void;
  onSave: (basis: LegalBasis) => void;
}

function BasisForm({ basis, partners, action, onClose, onSave }: BasisFormProps) {
  const text = useText();
  const [values, setValues] = useState(basis);
  const [showsFaults, setShowsFaults] = useState(false);
  const isNamed = values.reference.trim() !== '';
  const isInOrder = values.until === null || values.until >= values.from;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShowsFaults(true);
    if (isNamed && isInOrder) onSave({ ...values, reference: values.reference.trim() });
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <Select
        label={text('bases.partner')}
        value={values.agencyId}
        onChange={(agencyId) => setValues({ ...values, agencyId })}
        choices={partners.map(({ id, name }) => ({ id, label: name }))}
        autoFocus
      />
      <Choices
        label={text('bases.kind')}
        value={values.kind}
        onChange={(kind) => setValues({ ...values, kind: KINDS.find((one) => one === kind) ?? values.kind })}
        choices={KINDS.map((kind) => ({ id: kind, label: text(`bases.kind.${kind}`) }))}
      />
      <TextField
        label={text('bases.reference')}
        help={text('bases.reference.help')}
        value={values.reference}
        onChange={(reference) => setValues({ ...values, reference })}
        fault={showsFaults && !isNamed ? text('bases.reference.missing') : null}
        maxLength={200}
      />
      <div className={styles.fields}>
        <DayField
          label={text('bases.from')}
          value={values.from}
          onChange={(from) => setValues({ ...values, from: from === '' ? values.from : from })}
        />
        <DayField
          label={text('bases.until')}
          value={values.until ?? ''}
          onChange={(until) => setValues({ ...values, until: until === '' ? null : until })}
        />
      </div>
      {showsFaults && !isInOrder ? <p role="alert">{text('bases.order')}</p> : null}
      {action.failure ? <ErrorPanel code={action.failure} tone="look" /> : null}
      <div className={styles.end}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={action.isBusy}>
          {text('ui.save')}
        </Button>
      </div>
    </form>
  );
}
