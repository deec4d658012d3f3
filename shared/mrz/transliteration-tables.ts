// How letters that a zone has not are written in it: the tables of ICAO Doc 9303-3 section 6, and what states do besides.

/** `letter` the same letter; `table` as section 6 recommends; `national` another spelling that issuers use; `sound` by ear. */
export type WayBy = 'letter' | 'table' | 'national' | 'sound';

export interface Way {
  to: string;
  by: WayBy;
}

// One row a letter: what the book recommends, in its order, then after `|` what issuers use besides. `0` is nothing at all.

/** Section 6.A; a letter that is not here loses its accents. */
const LATIN =
  'Ä AE A,Å AA A,Æ AE,Ð D,Đ D | DJ,Ñ N NXX,Ö OE O,Ø OE | O,Ü UE UXX U,Þ TH,ẞ SS,ß SS,Ĳ IJ,Œ OE,Ł L,Ħ H,Ŧ T,Ŋ N,ı I,Ŀ L,' +
  'Ə | A E,Ɛ | E,Ɔ | O,Ɖ | D,Ơ | O,Ư | U';

/**
 * Section 6.B with its exceptions by language; then tables of Russia before 2013, Bulgaria, Serbia, North Macedonia,
 * Ukraine; digits, Q, W and X are those of the internal passport of Russia.
 */
const CYRILLIC =
  'А A,Б B,В V,Г G H | GH,Ґ G,Д D,Е E | YE,Ё E IO | YO YE 2,Є IE YE,Ж ZH Z | J,З Z,И I Y,Й I Y | J Q 0,І I,Ї I YI,Ј J,К K,Л L,Љ LJ,' +
  'М M,Н N,Њ NJ,О O,П P,Р R,С S,Т T,У U | OU,Ў U | W,Ф F,Х KH H,Ц TS C | TC,Ч CH C | TCH 3,Џ DZ DJ | DZH,Ш SH S | 4,Щ SHCH SHT | W,' +
  'Ъ IE | A 0 X,Ы Y | I,Ь | 0 Y 9,Э E | 6,Ю IU YU | 7,Я IA YA | A 8,Ђ D | DJ,Ѓ GJ | G,Ѕ DZ,Ќ K KJ,Ћ C | TC,Ѫ U,Ѵ Y,Ғ G | GH,Һ C | H,' +
  'Ә | A AE E,Қ | K Q,Ң | N NG,Ө | O U,Ұ | U,Ү | U,Ѐ | E,Ѝ | I';

/** Section 6.C and Appendix B; a sign that is not encoded is `0`. */
const ARABIC =
  'ء XE,آ XAA,أ XAE,ؤ U,إ I,ئ XI,ا A,ب B,ة XAH XTA,ت T,ث XTH,ج J,ح XH,خ XKH,د D,ذ XDH,ر R,ز Z,س S,ش XSH,ص XSS,ض XDZ,ط XTT,' +
  'ظ XZZ,ع E,غ G,ف F,ق Q,ك K,ل L,م M,ن N,ه H,و W,ى XAY,ي Y,ٱ XXA,ٹ XXT,ټ XRT,پ P,ځ XKE,څ XXH,چ XC,ڈ XXD,ډ XDR,ڑ XXR,' +
  'ړ XRR,ږ XRX,ژ XJ,ښ XXS,ڤ V,ڥ XF,ک XKK,ګ XXK,ڭ XNG,گ XGG,ں XNN,ڼ XXN,ھ XDO,ۀ XYH,ہ XXG,ۂ XGE,ۃ XTG,ی XYA Y XAY,ۍ XXY,' +
  'ې Y,ے XYB,ۓ XBE,ـ 0,ً 0,ٌ 0,ٍ 0,َ 0,ُ 0,ِ 0,ْ 0,ٰ 0';

/** How most issuers write Arabic letters: as they sound. Vowels between them are not written, so they are free. */
const ARABIC_SOUND =
  'ء 0,آ A AA,أ A E I O U,ؤ U O W,إ I E A,ئ I Y E,ا A E I O U,ب B,ة A AH E EH T H,ت T,ث TH T S,ج J G DJ,ح H,خ KH K H,د D,' +
  'ذ DH D Z TH,ر R,ز Z,س S SS,ش SH CH,ص S SS,ض D DH Z,ط T,ظ Z DH D,ع A E I O U 0,غ GH G,ف F PH,ق Q K G GH,ك K C,ل L,م M,ن N,' +
  'ه H 0,و W U O OU V OO,ى A AH E I Y,ي Y I E EE EI,پ P,چ CH TCH,ژ ZH J,ک K C,گ G,ی Y I E EE,ہ H 0,ھ H,ے E AY I';

function rows(table: string, by: WayBy): [string, Way[]][] {
  return table.split(',').map((row) => {
    const [letter = '', ...words] = row.split(' ');
    let kind: WayBy = by;
    const ways: Way[] = [];
    for (const word of words) {
      if (word === '|') kind = 'national';
      else ways.push({ to: word === '0' ? '' : word, by: kind });
    }
    return [letter, ways];
  });
}

function together(...tables: [string, Way[]][][]): ReadonlyMap<string, readonly Way[]> {
  const all = new Map<string, Way[]>();
  for (const [letter, ways] of tables.flat()) all.set(letter, [...(all.get(letter) ?? []), ...ways]);
  return all;
}

const WAYS = together(
  rows(LATIN, 'table'),
  rows(CYRILLIC, 'table'),
  rows(ARABIC, 'table'),
  rows(ARABIC_SOUND, 'sound'),
);

const NONE: readonly Way[] = [];

/**
 * The ways in which a letter, a capital where its script has any, can stand in a zone, the recommended one first; empty
 * for a letter of a script without a table.
 */
export function waysOf(letter: string): readonly Way[] {
  const plain = letter.normalize('NFD').replaceAll(/\p{M}/gu, '');
  const own: Way[] = /^[A-Z]$/u.test(letter) ? [{ to: letter, by: 'letter' }] : [];
  const listed = WAYS.get(letter);
  if (listed !== undefined) {
    // Beyond the book, any accent may simply be left out.
    return /^[A-Z]$/u.test(plain) && !listed.some(({ to }) => to === plain)
      ? [...listed, { to: plain, by: 'national' }]
      : listed;
  }
  if (own.length > 0) return own;
  // The rest of section 6.A: one letter, its accent left out.
  if (/^[A-Z]$/u.test(plain)) return [{ to: plain, by: 'table' }];
  return WAYS.get(plain) ?? NONE;
}
