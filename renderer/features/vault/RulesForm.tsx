// The agency's own rules: for each outcome after how many days a record is erased, or never.
import { type FormEvent, useState } from 'react';
import type { KeptKind, RetentionRule, RulesInForce } from '../../../shared/contract/retention.ts';
import { OUTCOME_CODES } from '../../../shared/examination/outcomes.ts';
import { call } from '../../lib/bridge.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../text/TextProvider.tsx';
import { Button } from '../../ui/Button.tsx';
import { ErrorPanel } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import styles from './VaultScreen.module.css';

type Days = Record<KeptKind, string>;

const KEPT_KINDS: readonly KeptKind[] = [...OUTCOME_CODES, 'draft'];

/** What a rule is about, as it is called elsewhere. */
export const kindTextId = (kind: KeptKind): string =>
  kind === 'draft' ? 'retention-page.draft' : `history.outcome.${kind}`;

const MOST_DAYS = 36_500;

/** Days by kind as typed; empty for one without a rule. */
export function daysOf(rules: readonly RetentionRule[]): Days {
  const days: Days = { clear: '', referred: '', skip: '', draft: '' };
  for (const rule of rules) for (const outcome of rule.outcomes) days[outcome] = String(rule.days);
  return days;
}

/** The rules for days as typed: one for each outcome that has some. A rule that stays the same keeps its id. */
export function rulesOf(days: Days, before: readonly RetentionRule[]): RetentionRule[] {
  const kept = before.filter((rule) => rule.outcomes.every((outcome) => days[outcome] === String(rule.days)));
  const covered = new Set(kept.flatMap(({ outcomes }) => outcomes));
  const fresh = KEPT_KINDS.filter((outcome) => !covered.has(outcome) && days[outcome] !== '').map(
    (outcome) => ({ id: `${outcome}-${days[outcome]}`, outcomes: [outcome], days: Number(days[outcome]) }),
  );
  return [...kept, ...fresh];
}

interface RulesFormProps {
  rules: RulesInForce;
  onSaved: (rules: RulesInForce) => void;
}

export function RulesForm({ rules, onSaved }: RulesFormProps) {
  const text = useText();
  const before = daysOf(rules.rules);
  const [days, setDays] = useState(before);
  const action = useAction();
  const isFaulty = (typed: string): boolean =>
    typed !== '' && !(Number(typed) >= 1 && Number(typed) <= MOST_DAYS);
  const isChanged = KEPT_KINDS.some((outcome) => days[outcome] !== before[outcome]);
  const cannot = action.isBusy || !isChanged || KEPT_KINDS.some((outcome) => isFaulty(days[outcome]));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (cannot) return;
    void action.run(async () =>
      onSaved(await call('retention.save-rules', { rules: rulesOf(days, rules.rules) })),
    );
  };
  return (
    <form className={styles.stack} onSubmit={submit} noValidate>
      <div className={styles.fields}>
        {KEPT_KINDS.map((outcome) => (
          <TextField
            key={outcome}
            label={text('retention-page.days-of', { outcome: text(kindTextId(outcome)) })}
            help={days[outcome] === '' ? text('retention-page.never') : undefined}
            value={days[outcome]}
            onChange={(typed) => setDays((old) => ({ ...old, [outcome]: typed.replaceAll(/\D/gu, '') }))}
            fault={isFaulty(days[outcome]) ? text('retention-page.days.fault') : null}
            inputMode="numeric"
            maxLength={5}
          />
        ))}
      </div>
      {action.failure ? <ErrorPanel code={action.failure} /> : null}
      <div>
        <Button type="submit" tone="primary" keyName="Enter" isDisabled={cannot}>
          {text('ui.save')}
        </Button>
      </div>
    </form>
  );
}
