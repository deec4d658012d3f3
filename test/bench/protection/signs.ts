// Ids of the signs of protection, as the procedure has them.
import talk from '../../../assets/procedures/talk.json' with { type: 'json' };

export const TI_SIGNS: readonly string[] = talk.signs.map(({ id }) => id);
