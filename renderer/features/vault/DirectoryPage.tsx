// The station's own list of who can help: kept here, offered on the protection page, printed as cards.
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { type FormEvent, useEffect, useState } from 'react';
import type { Contact } from '../../../shared/contract/directory.ts';
import { CONTACT_KINDS } from '../../../shared/contract/protection-ids.ts';
import { call } from '../../lib/bridge.ts';
import { newId } from '../../lib/id.ts';
import { useCan } from '../../lib/store-vault.ts';
import { type Action, useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Choices } from '../../ui/Choices.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './VaultScreen.module.css';

const LINES = ['telephone', 'address', 'hours', 'languages'] as const;

const freshContact = (): Contact => ({
  id: newId(),
  kind: 'authority',
  name: '',
  telephone: '',
  address: '',
  hours: '',
  languages: '',
});

export function DirectoryPage() {
  const text = useText();
  const maySave = useCan('directory.save');
  const [contacts, setContacts] = useState<Contact[] | null>(null);
  const [asked, setAsked] = useState<Contact | null>(null);
  const [done, setDone] = useState<string | null>(null);
  /** The list before a contact was taken off it: a wrong press is undone. */
  const [before, setBefore] = useState<Contact[] | null>(null);
  const action = useAction();
  const load = () => void action.run(async () => setContacts((await call('directory.list', {})).contacts));
  useEffect(() => {
    load();
    // Once, as the page opens; every change answers the list anew.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const known = contacts ?? [];
  const isNew = asked !== null && !known.some(({ id }) => id === asked.id);
  const keep = (list: Contact[], words: string, undo: Contact[] | null = null) =>
    action.run(async () => {
      setContacts((await call('directory.save', { contacts: list })).contacts);
      setAsked(null);
      setBefore(undo);
      setDone(words);
    });
  const save = (contact: Contact) => {
    const list = isNew ? [...known, contact] : known.map((one) => (one.id === contact.id ? contact : one));
    void keep(list, text('directory.saved', { name: contact.name }));
  };
  const ask = (contact: Contact) => {
    setDone(null);
    setBefore(null);
    action.forgive();
    setAsked(contact);
  };
  return (
    <>
      <Panel
        title={text('directory.title')}
        aside={
          maySave ? (
            <Button
              icon={<Plus size={20} />}
              isDisabled={contacts === null}
              onPress={() => ask(freshContact())}
            >
              {text('directory.add')}
            </Button>
          ) : null
        }
      >
        <div className={styles.stack}>
          <p className={styles.text}>{text('directory.what')}</p>
          {contacts?.length === 0 ? <p className={styles.small}>{text('directory.empty')}</p> : null}
          {known.length === 0 ? null : (
            <table className={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{text('directory.name')}</th>
                  <th scope="col">{text('directory.kind')}</th>
                  <th scope="col">{text('directory.telephone')}</th>
                  <th scope="col">{text('directory.hours')}</th>
                  <th scope="col" aria-label={text('directory.actions')} />
                </tr>
              </thead>
              <tbody>
                {known.map((contact) => (
                  <tr key={contact.id}>
                    <td>{contact.name}</td>
                    <td>{text(`contact.kind.${contact.kind}`)}</td>
                    <td>{contact.telephone}</td>
                    <td>{contact.hours}</td>
                    <td>
                      {maySave ? (
                        <div className={styles.row}>
                          <Button icon={<Pencil size={20} />} onPress={() => ask(contact)}>
                            {text('directory.change')}
                          </Button>
                          <Button
                            icon={<Trash2 size={20} />}
                            tone="quiet"
                            onPress={() =>
                              void keep(
                                known.filter(({ id }) => id !== contact.id),
                                text('directory.removed', { name: contact.name }),
                                known,
                              )
                            }
                          >
                            {text('directory.remove')}
                          </Button>
                        </div>
                      ) : null}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          <div role="status">
            {done === null ? null : (
              <Notice
                actions={
                  before === null ? null : (
                    <Button autoFocus onPress={() => void keep(before, text('directory.brought-back'))}>
                      {text('directory.bring-back')}
                    </Button>
                  )
                }
              >
                {done}
              </Notice>
            )}
          </div>
          {action.failure && asked === null ? (
            <ErrorPanel
              code={action.failure}
              actions={contacts === null ? <Button onPress={load}>{text('ui.try-again')}</Button> : null}
            />
          ) : null}
        </div>
      </Panel>
      <Dialog
        title={text(isNew ? 'directory.add' : 'directory.edit', { name: asked?.name ?? '' })}
        isOpen={asked !== null}
        onClose={() => setAsked(null)}
        wide
      >
        {asked === null ? null : (
          <ContactForm contact={asked} action={action} onClose={() => setAsked(null)} onSave={save} />
        )}
      </Dialog>
    </>
  );
}

interface ContactFormProps {
  contact: Contact;
  action: Action;
  onClose: () => void;
  onSave: (contact: Contact) => void;
}

function ContactForm({ contact, action, onClose, onSave }: ContactFormProps) {
  const text = useText();
  const [values, setValues] = useState(contact);
  const [showsFault, setShowsFault] = useState(false);
  const isNamed = values.name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setShowsFault(true);
    if (isNamed) onSave(values);
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <TextField
        label={text('directory.name')}
        value={values.name}
        onChange={(name) => setValues({ ...values, name })}
        fault={showsFault && !isNamed ? text('directory.name.missing') : null}
        maxLength={120}
        autoFocus
      />
      <Choices
        label={text('directory.kind')}
        value={values.kind}
        onChange={(kind) =>
          setValues({ ...values, kind: CONTACT_KINDS.find((one) => one === kind) ?? values.kind })
        }
        choices={CONTACT_KINDS.map((kind) => ({ id: kind, label: text(`contact.kind.${kind}`) }))}
      />
      <div className={styles.fields}>
        {LINES.map((line) => (
          <TextField
            key={line}
            label={text(`directory.${line}`)}
            value={values[line]}
            onChange={(words) => setValues({ ...values, [line]: words })}
            maxLength={200}
          />
        ))}
      </div>
      {action.isBusy ? <Progress label={text('directory.saving')} /> : null}
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
