// The first start on a machine, step by step: the station, its administrator, who works at the counter.
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Officer } from '../../../shared/contract/records.ts';
import type { FirstOfficer, NewPerson } from '../../../shared/contract/vault.ts';
import { type Hotkey, useHotkeys } from '../../lib/hotkeys.ts';
import { newId } from '../../lib/id.ts';
import { NO_PERSON, personFaults } from '../../lib/person-form.ts';
import { setUpStation, upgradeStation } from '../../lib/store-vault.ts';
import { useAction } from '../../lib/use-action.ts';
import { languageFor } from '../../text/catalogue.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel, Notice } from '../../ui/Notice.tsx';
import { Progress } from '../../ui/Progress.tsx';
import { PersonFields } from '../../ui/SecretField.tsx';
import { CounterStep, counterFaults, firstCounter, officerOf } from './CounterStep.tsx';
import styles from './FirstRun.module.css';
import { emptyForm, type FormValues, faultsOf, settingsOf } from './form.ts';
import { type GroupProps, PlaceGroup, PolicyGroup, WindowGroup } from './StationForm.tsx';

/** A fresh machine. */
export function FirstRun({ onRestore }: { onRestore: () => void }) {
  const text = useText();
  const [values, setValues] = useState<FormValues>(() => emptyForm(languageFor(navigator.languages)));
  const change = (part: Partial<FormValues>) => setValues((old) => ({ ...old, ...part }));
  const faults = faultsOf(values);
  const [showsFaults, setShowsFaults] = useState(false);
  const group: GroupProps = { values, faults: showsFaults ? faults : {}, onChange: change };
  return (
    <Steps
      titleId="settings.first-run.title"
      helpId="settings.first-run.help"
      people={[]}
      aside={<Button onPress={onRestore}>{text('restore.instead')}</Button>}
      station={{
        faults: Object.keys(faults).length,
        onTry: () => setShowsFaults(true),
        fields: (
          <div className={styles.columns}>
            <div className={styles.column}>
              <PlaceGroup {...group} focusFirst />
            </div>
            <div className={styles.column}>
              <PolicyGroup {...group} />
              <WindowGroup values={values} onChange={change} />
            </div>
          </div>
        ),
      }}
      onDone={(administrator, officer) =>
        setUpStation({ settings: settingsOf(values), administrator, officer })
      }
    />
  );
}

/** A station of an older version: its records stay, and from now on nobody opens them without a secret. */
export function Upgrade({ people }: { people: readonly Officer[] }) {
  return (
    <Steps
      titleId="settings.upgrade.title"
      helpId="settings.upgrade.help"
      people={people}
      station={null}
      onDone={(administrator, officer) => upgradeStation({ administrator, officer })}
    />
  );
}

interface StationStep {
  /** How many answers are missing. */
  faults: number;
  onTry: () => void;
  fields: ReactNode;
}

interface StepsProps {
  titleId: string;
  helpId: string;
  /** Officers of the version before. */
  people: readonly Officer[];
  station: StationStep | null;
  /** What else there is at the first step. */
  aside?: ReactNode;
  onDone: (administrator: NewPerson, officer: FirstOfficer | null) => Promise<void>;
}

type Step = 'station' | 'administrator' | 'counter';

function Steps({ titleId, helpId, people, station, aside, onDone }: StepsProps) {
  const text = useText();
  const steps: Step[] = [...(station ? (['station'] as const) : []), 'administrator', 'counter'];
  const [at, setAt] = useState(0);
  const [administrator, setAdministrator] = useState(NO_PERSON);
  const [counter, setCounter] = useState(firstCounter);
  // Minted once, so that a second press after a lost answer does not make a second person.
  const [ids] = useState(() => ({ administrator: newId(), officer: newId() }));
  const [tried, setTried] = useState<Step | null>(null);
  const { run, isBusy, failure, forgive } = useAction();
  const step = steps[at] ?? 'administrator';
  const ownFaults = personFaults(administrator);
  const officerFaults = counterFaults(counter);
  const missing = {
    station: station?.faults ?? 0,
    administrator: Object.keys(ownFaults).length,
    counter: Object.keys(officerFaults).length,
  }[step];
  const isLast = at === steps.length - 1;
  const finish = () => {
    const { name, signInName, secret } = administrator;
    const first = { id: ids.administrator, name, signInName, secret };
    void run(() => onDone(first, officerOf(counter, ids.officer)));
  };
  const next = () => {
    if (isBusy) return;
    forgive();
    setTried(step);
    if (step === 'station') station?.onTry();
    if (missing > 0) return;
    if (isLast) finish();
    else setAt(at + 1);
  };
  const back = () => {
    forgive();
    setAt(Math.max(0, at - 1));
  };
  const hotkeys: Hotkey[] = [
    {
      keys: ['Escape'],
      textId: 'ui.back',
      run: back,
      whileTyping: true,
      enabled: () => at > 0 && !isBusy,
    },
  ];
  useHotkeys({ titleId, hotkeys });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    next();
  };
  return (
    <main className={styles.page}>
      <form className={styles.sheet} onSubmit={submit} noValidate>
        <header className={styles.head}>
          <h1>{text(titleId)}</h1>
          <p>{text(helpId)}</p>
        </header>
        <p className={styles.step} role="status">
          {text('settings.step', {
            number: at + 1,
            count: steps.length,
            step: text(`settings.step.${step}`),
          })}
        </p>
        {step === 'station' ? station?.fields : null}
        {step === 'administrator' ? (
          <div className={styles.columns}>
            <fieldset className={styles.group}>
              <legend>{text('settings.step.administrator')}</legend>
              <PersonFields
                values={administrator}
                faults={tried === step ? ownFaults : {}}
                onChange={(part) => setAdministrator((old) => ({ ...old, ...part }))}
                autoFocus
              />
            </fieldset>
            <div className={styles.teach}>
              <p>{text('settings.administrator.what')}</p>
              <p>{text('secret-field.worth')}</p>
              <p>{text('settings.administrator.recovery')}</p>
            </div>
          </div>
        ) : null}
        {step === 'counter' ? (
          <CounterStep
            values={counter}
            faults={tried === step ? officerFaults : {}}
            people={people}
            onChange={(part) => setCounter((old) => ({ ...old, ...part }))}
          />
        ) : null}
        <footer className={styles.foot}>
          {failure ? <ErrorPanel code={failure} /> : null}
          {isBusy ? <Progress label={text('settings.first-run.making')} /> : null}
          <div className={styles.footRow}>
            {tried === step && missing > 0 ? (
              <Notice tone="look">
                <p>{text('settings.missing', { count: missing })}</p>
              </Notice>
            ) : (
              <p className={styles.quiet}>{step === 'station' ? text('settings.first-run.later') : ''}</p>
            )}
            <div className={styles.buttons}>
              {at > 0 ? (
                <Button keyName="Escape" onPress={back} isDisabled={isBusy}>
                  {text('ui.back')}
                </Button>
              ) : (
                aside
              )}
              <Button type="submit" tone="primary" size="big" keyName="Enter" isDisabled={isBusy}>
                {text(isLast ? 'settings.first-run.save' : 'ui.next')}
              </Button>
            </div>
          </div>
        </footer>
      </form>
    </main>
  );
}
