// The officers of this station: add one, correct a name or role, say who is at the counter.
import { Pencil, UserPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { Officer, StationState } from '../../../shared/contract/records.ts';
import { failureCodeOf } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { chooseOfficer, saveOfficer } from '../../lib/store-station.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { officerNameFault, ROLES } from './form.ts';
import styles from './Officers.module.css';

export function Officers({ state }: { state: StationState }) {
  const text = useText();
  const [edited, setEdited] = useState<Officer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const choose = async (id: string) => {
    try {
      await chooseOfficer(id);
      setFailure(null);
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    }
  };
  return (
    <Panel
      title={text('settings.officers')}
      aside={
        <Button
          icon={<UserPlus size={20} />}
          onPress={() => setEdited({ id: newId(), name: '', role: 'officer' })}
        >
          {text('settings.officers.add')}
        </Button>
      }
    >
      <ul className={styles.list}>
        {state.officers.map((officer) => (
          <li key={officer.id} className={styles.officer}>
            <div className={styles.who}>
              <p className={styles.name}>{officer.name}</p>
              <p className={styles.role}>{text(`role.${officer.role}`)}</p>
            </div>
            {officer.id === state.currentOfficerId ? (
              <p className={styles.current}>{text('settings.officers.current')}</p>
            ) : (
              <Button onPress={() => void choose(officer.id)}>{text('settings.officers.choose')}</Button>
            )}
            <Button
              tone="quiet"
              icon={<Pencil size={20} />}
              aria-label={text('settings.officers.edit', { name: officer.name })}
              onPress={() => setEdited(officer)}
            />
          </li>
        ))}
      </ul>
      {failure ? <ErrorPanel code={failure} /> : null}
      <Dialog title={text('settings.officer')} isOpen={edited !== null} onClose={() => setEdited(null)}>
        {edited ? <OfficerForm officer={edited} onClose={() => setEdited(null)} /> : null}
      </Dialog>
    </Panel>
  );
}

function OfficerForm({ officer, onClose }: { officer: Officer; onClose: () => void }) {
  const text = useText();
  const [name, setName] = useState(officer.name);
  const [role, setRole] = useState(officer.role);
  const [showsFault, setShowsFault] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const fault = officerNameFault(name);
  const save = async () => {
    setShowsFault(true);
    if (fault) return;
    try {
      await saveOfficer({ id: officer.id, name: name.trim(), role });
      onClose();
    } catch (thrown) {
      setFailure(failureCodeOf(thrown));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextField
        label={text('settings.officer-name')}
        value={name}
        onChange={setName}
        fault={showsFault && fault ? text(fault) : null}
        maxLength={120}
        autoFocus
      />
      <Choices
        label={text('settings.officer-role')}
        value={role}
        onChange={(id) => setRole(id as Officer['role'])}
        choices={ROLES.map((id) => ({ id, label: text(`role.${id}`) }))}
      />
      <p className={styles.role}>{text('settings.officer.help')}</p>
      {failure ? <ErrorPanel code={failure} /> : null}
      <div className={styles.buttons}>
        <Button keyName="Escape" onPress={onClose}>
          {text('ui.cancel')}
        </Button>
        <Button type="submit" tone="primary" keyName="Enter">
          {text('ui.save')}
        </Button>
      </div>
    </form>
  );
}
