// The people of this station: who may sign in and as what; locks are released here, and forgotten secrets renewed.
import { KeyRound, LockOpen, Pencil, UserMinus, UserPlus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { canRenew } from '../../../shared/contract/rights.ts';
import type { Person } from '../../../shared/contract/vault.ts';
import { call } from '../../lib/bridge.ts';
import { useCan, useVault } from '../../lib/store-vault.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { NewSecretForm, LeaveForm, PersonForm } from './PersonForms.tsx';
import styles from './VaultScreen.module.css';

/** What is asked about a person; `null` person stands for a new one. */
interface Asked {
  what: 'edit' | 'secret' | 'leave';
  person: Person | null;
}

export function PeoplePage() {
  const text = useText();
  const maySave = useCan('people.save');
  const [people, setPeople] = useState<Person[] | null>(null);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const { run, failure } = useAction();
  // Once, as the page opens: every change answers the list anew.
  useEffect(() => {
    void run(async () => setPeople((await call('people.list', {})).people));
  }, [run]);
  const take = (answer: { people: Person[] }, words: string) => {
    setPeople(answer.people);
    setAsked(null);
    setDone(words);
  };
  const release = ({ id, name }: Person) =>
    void run(async () => take(await call('people.release', { id }), text('people.released', { name })));
  const close = () => setAsked(null);
  const who = asked?.person ?? null;
  const present = people?.filter(({ leftAt }) => leftAt === null) ?? [];
  const left = people?.filter(({ leftAt }) => leftAt !== null) ?? [];
  return (
    <>
      <Panel
        title={text('people.title')}
        aside={
          maySave ? (
            <Button
              icon={<UserPlus size={20} />}
              onPress={() => {
                setDone(null);
                setAsked({ what: 'edit', person: null });
              }}
            >
              {text('people.add')}
            </Button>
          ) : null
        }
      >
        <div className={styles.stack}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{text('person.name')}</th>
                <th scope="col">{text('person.role')}</th>
                <th scope="col">{text('person.sign-in-name')}</th>
                <th scope="col">{text('people.standing')}</th>
                <th scope="col" aria-label={text('people.actions')} />
              </tr>
            </thead>
            <tbody>
              {present.map((person) => (
                <PersonRow
                  key={person.id}
                  person={person}
                  onRelease={() => release(person)}
                  onAsk={(what) => {
                    setDone(null);
                    setAsked({ what, person });
                  }}
                />
              ))}
            </tbody>
          </table>
          <div role="status">{done === null ? null : <Notice>{done}</Notice>}</div>
          {failure ? <ErrorPanel code={failure} /> : null}
        </div>
      </Panel>
      {left.length > 0 ? (
        <Panel title={text('people.left.title')}>
          <p className={styles.small}>{text('people.left.what')}</p>
          <ul>
            {left.map(({ id, name, role }) => (
              <li key={id} className={styles.gone}>
                {text('app.who', { name, role: text(`role.${role}`) })}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <Dialog
        title={text(
          who === null ? 'people.add' : `people.ask.${asked?.what}`,
          who === null ? {} : { name: who.name },
        )}
        isOpen={asked !== null}
        onClose={close}
        wide={asked?.what === 'edit'}
      >
        {asked?.what === 'edit' ? (
          <PersonForm
            person={asked.person}
            onClose={close}
            onDone={(answer, name) => take(answer, text('people.saved', { name }))}
          />
        ) : null}
        {asked?.what === 'secret' && asked.person ? (
          <NewSecretForm
            person={asked.person}
            onClose={close}
            onDone={(answer, name) => take(answer, text('people.renewed', { name }))}
          />
        ) : null}
        {asked?.what === 'leave' && asked.person ? (
          <LeaveForm
            person={asked.person}
            onClose={close}
            onDone={(answer, name) => take(answer, text('people.gone', { name }))}
          />
        ) : null}
      </Dialog>
    </>
  );
}

interface PersonRowProps {
  person: Person;
  onRelease: () => void;
  onAsk: (what: Asked['what']) => void;
}

/** What is to be said of somebody's signing in, the most urgent first. */
function standingOf({ lockedOut, canSignIn, mustChange }: Person): string {
  if (lockedOut) return 'locked';
  if (!canSignIn) return 'no-secret';
  return mustChange ? 'must-change' : 'can';
}

function PersonRow({ person, onRelease, onAsk }: PersonRowProps) {
  const text = useText();
  const session = useVault(({ state }) => state?.session ?? null);
  const maySave = useCan('people.save');
  const { id, name, role, signInName, canSignIn, lockedOut } = person;
  const isMe = id === session?.officerId;
  const mayRenew = session !== null && !isMe && canSignIn && canRenew(session.role, role);
  const standing = standingOf(person);
  return (
    <tr>
      <td className={styles.name}>{name}</td>
      <td>{text(`role.${role}`)}</td>
      <td className={styles.mono}>{signInName ?? ''}</td>
      <td>
        <span className={standing === 'can' || standing === 'must-change' ? styles.state : styles.look}>
          {text(isMe ? 'people.standing.you' : `people.standing.${standing}`)}
        </span>
      </td>
      <td>
        <div className={styles.end}>
          {lockedOut ? (
            <Button icon={<LockOpen size={20} />} onPress={onRelease}>
              {text('people.release')}
            </Button>
          ) : null}
          {mayRenew ? (
            <Button
              tone="quiet"
              icon={<KeyRound size={20} />}
              aria-label={text('people.ask.secret', { name })}
              onPress={() => onAsk('secret')}
            >
              {text('people.secret')}
            </Button>
          ) : null}
          {maySave ? (
            <Button
              tone="quiet"
              icon={<Pencil size={20} />}
              aria-label={text('people.ask.edit', { name })}
              onPress={() => onAsk('edit')}
            >
              {text(canSignIn ? 'people.edit' : 'people.give-secret')}
            </Button>
          ) : null}
          {maySave && !isMe ? (
            <Button
              tone="quiet"
              icon={<UserMinus size={20} />}
              aria-label={text('people.ask.leave', { name })}
              onPress={() => onAsk('leave')}
            >
              {text('people.leave')}
            </Button>
          ) : null}
        </div>
      </td>
    </tr>
  );
}
