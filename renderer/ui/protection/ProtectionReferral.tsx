// Where help is asked for: a contact of the station's own directory, whether the person agrees, and a card to take along.
import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { CONSENTS, PROTECTION_DISPOSITIONS } from '../../../shared/contract/protection-ids.ts';
import type { Contact } from '../../../shared/contract/directory.ts';
import { call } from '../../lib/bridge.ts';
import { cardLanguages, printCard } from '../../lib/contact-card.ts';
import type { ProtectionForm } from '../../lib/store-protection.ts';
import { useAction } from '../../lib/use-action.ts';
import { useLanguage, useText } from '../../text/TextProvider.tsx';
import { Button } from '../Button.tsx';
import { Choices, SwitchField } from '../Choices.tsx';
import { ErrorPanel } from '../Notice.tsx';
import { Select } from '../Select.tsx';
import { TextField } from '../TextField.tsx';
import styles from './ProtectionPage.module.css';
import { toggled } from './toggled.ts';

interface ProtectionReferralProps {
  form: ProtectionForm;
  onChange: (part: Partial<ProtectionForm>) => void;
}

/** Chosen where none of the directory is. */
const OTHER = 'other';

export function ProtectionReferral({ form, onChange }: ProtectionReferralProps) {
  const text = useText();
  const [contacts, setContacts] = useState<Contact[] | null>(null);
  const action = useAction();
  const load = () => void action.run(async () => setContacts((await call('directory.list', {})).contacts));
  useEffect(() => {
    load();
    // Once, as the page opens.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const chosen = contacts?.find(({ id }) => id === form.contact?.id) ?? null;
  const choose = (id: string) => {
    const contact = contacts?.find((each) => each.id === id);
    onChange({ contact: contact === undefined ? null : { id: contact.id, name: contact.name } });
  };
  return (
    <fieldset className={styles.part}>
      <legend>{text('protect.referral')}</legend>
      {contacts?.length === 0 ? <p className={styles.quiet}>{text('protect.directory.empty')}</p> : null}
      {contacts === null || contacts.length === 0 ? null : (
        <Choices
          label={text('protect.contact')}
          value={form.contact?.id ?? OTHER}
          onChange={choose}
          choices={[
            ...contacts.map(({ id, kind, name, telephone, hours }) => ({
              id,
              label: name,
              help: [text(`contact.kind.${kind}`), telephone, hours]
                .filter((part) => part !== '')
                .join(' · '),
            })),
            { id: OTHER, label: text('protect.contact.other') },
          ]}
        />
      )}
      {chosen === null ? (
        <TextField
          label={text('protect.contact.name')}
          value={form.otherContact}
          onChange={(otherContact) => onChange({ otherContact })}
          maxLength={120}
        />
      ) : (
        <Card contact={chosen} />
      )}
      <Choices
        label={text('protect.consent')}
        value={form.consent ?? ''}
        onChange={(id) => onChange({ consent: CONSENTS.find((each) => each === id) ?? null })}
        choices={CONSENTS.map((id) => ({ id, label: text(`protect.consent.${id}`) }))}
      />
      <p className={styles.quiet}>{text('protect.consent.help')}</p>
      <div className={styles.choices}>
        {PROTECTION_DISPOSITIONS.map((id) => (
          <SwitchField
            key={id}
            label={text(`procedure.disposition.${id}`)}
            isOn={form.dispositions.includes(id)}
            onChange={(isOn) => onChange({ dispositions: toggled(form.dispositions, id, isOn) })}
          />
        ))}
      </div>
      {action.failure ? (
        <ErrorPanel
          code={action.failure}
          tone="look"
          actions={<Button onPress={load}>{text('ui.try-again')}</Button>}
        />
      ) : null}
    </fieldset>
  );
}

function Card({ contact }: { contact: Contact }) {
  const text = useText();
  const own = useLanguage();
  const known = cardLanguages();
  const [language, setLanguage] = useState(known.includes(own) ? own : (known[0] ?? own));
  const name = (code: string) => new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
  return (
    <div className={styles.row}>
      {known.length > 1 ? (
        <Select
          label={text('protect.card.language')}
          choices={known.map((code) => ({ id: code, label: name(code) }))}
          value={language}
          onChange={setLanguage}
        />
      ) : null}
      <Button icon={<Printer />} onPress={() => void printCard(contact, language)}>
        {text('protect.card.print')}
      </Button>
      <p className={styles.quiet}>{text('protect.card.help')}</p>
    </div>
  );
}
