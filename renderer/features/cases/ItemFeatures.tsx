// The security features of this type that an item looks at: what each is, where it stands, what it looks like.
import type { DocumentType, Item } from '../../../shared/procedures/procedure.ts';
import { featuresOf } from '../../../shared/procedures/choose.ts';
import { featureWords, placeWord } from '../../../shared/procedures/words.ts';
import { useProcedure, useProcedureText } from '../../lib/store-procedure.ts';
import { useHasText, useText } from '../../text/TextProvider.tsx';
import styles from './ItemPane.module.css';

export function ItemFeatures({ item, type }: { item: Item; type: DocumentType }) {
  const text = useText();
  const own = useProcedureText();
  const has = useHasText();
  const words = useProcedure((state) => state.words);
  const procedure = useProcedure((state) => state.procedure);
  const features = procedure === null ? [] : featuresOf(procedure, type, item);
  if (features.length === 0) return null;
  const isKnown = (id: string) => has(id) || Object.values(words).some((one) => Object.hasOwn(one, id));
  return (
    <details className={styles.features} open>
      <summary>
        {text(type.general ? 'cases.features.may' : 'cases.features', { count: features.length })}
      </summary>
      <ul>
        {features.map(({ id }) => {
          const feature = featureWords(id);
          const place = placeWord(type, id);
          return (
            <li key={id}>
              <h3>{text(feature.title)}</h3>
              {isKnown(place) ? <p className={styles.place}>{own(place)}</p> : null}
              <p>{text(feature.genuine)}</p>
              <p className={styles.quiet}>
                {text('cases.feature.imitation', { words: text(feature.imitation) })}
              </p>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
