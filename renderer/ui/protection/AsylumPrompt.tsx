// Beside a refusal or a return: nobody is sent where they fear to go before they were asked (principle of non-refoulement).
import { useText } from '../../text/TextProvider.tsx';
import { Notice } from '../Notice.tsx';

/** Dispositions after which a person does not stay. */
const SENDING_AWAY: ReadonlySet<string> = new Set(['refused_entry', 'refused_boarding', 'returned']);

/** Says so where one of these dispositions sends the person away; nothing else. It asks nothing and keeps nothing. */
export function AsylumPrompt({ dispositions }: { dispositions: readonly string[] }) {
  const text = useText();
  if (!dispositions.some((id) => SENDING_AWAY.has(id))) return null;
  return (
    <Notice>
      <p>{text('protect.asylum')}</p>
    </Notice>
  );
}
