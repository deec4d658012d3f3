// Names as printed to names as the machine readable zone writes them.

/** ICAO Doc 9303-3 §6 table A, the letters that do not simply lose their accent. */
const SPECIAL: Readonly<Record<string, string>> = {
  Ä: 'AE',
  Å: 'AA',
  Æ: 'AE',
  Ð: 'D',
  Đ: 'D',
  Ö: 'OE',
  Ø: 'OE',
  Œ: 'OE',
  Ü: 'UE',
  Þ: 'TH',
  ẞ: 'SS',
  ß: 'SS',
  Ħ: 'H',
  ı: 'I',
  Ł: 'L',
  Ŋ: 'N',
};

/**
 * One identifier for the machine readable zone: letters by Doc 9303-3 §6, apostrophes left out, hyphens and spaces as
 * one filler (§4.6). Characters outside the Latin alphabet are left out.
 */
export function transliterate(name: string): string {
  let out = '';
  for (const character of name.toUpperCase().normalize('NFC')) {
    const special = SPECIAL[character];
    if (special) out += special;
    else if (character === ' ' || character === '-') out += '<';
    else out += character.normalize('NFD').replace(/[^A-Z]/gu, '');
  }
  return out.replace(/<+/gu, '<').replace(/^<|<$/gu, '');
}

/** The name field: primary and secondary identifier, cut and filled to its length (Doc 9303-3 §4.6). */
export function nameField(primary: string, secondary: string, length: number): string {
  const first = transliterate(primary);
  const second = transliterate(secondary);
  return (second ? `${first}<<${second}` : first).slice(0, length).padEnd(length, '<');
}
