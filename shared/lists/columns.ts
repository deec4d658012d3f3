// Which column of a table is what: known by its heading in several languages, or told by whoever imports it.
import type { ListKind } from '../examination/listed.ts';

export const COLUMN_ROLES = ['number', 'state', 'type', 'visa', 'surname', 'given', 'name', 'birth'] as const;

export type ColumnRole = (typeof COLUMN_ROLES)[number];
/** What each column of the table is, from the first on; null for one that is not looked at. */
export type Columns = readonly (ColumnRole | null)[];

/** Headings as `headingText` leaves them. */
const HEADINGS: Readonly<Record<ColumnRole, string>> = {
  number:
    'docno docnum docnumber documentno documentnumber documentnum passportno passportnumber ' +
    'traveldocumentnumber tdnumber serialnumber numerodudocument numerodocumento numerodepasaporte ' +
    'dokumentnummer passnummer ausweisnummer',
  state:
    'state issuer issuingstate issuingcountry issuingauthority country countrycode statecode issuedby pays paysemetteur ' +
    'etat pais paisemisor land staat ausstellerstaat ausstellungsland',
  type: 'type documenttype doctype kind documentkind typededocument tipo tipodocumento dokumenttyp dokumentenart art',
  visa: 'visa visano visanumber visanum stickernumber visastickernumber numerodevisa numerovisado visumnummer visanummer',
  surname:
    'surname lastname familyname primaryidentifier nom nomdefamille apellido apellidos nachname familienname',
  given:
    'given givenname givennames firstname firstnames forename forenames secondaryidentifier prenom prenoms nombre nombres vorname vornamen',
  name: 'name fullname holder holdername nomcomplet nombrecompleto vollername',
  birth:
    'birth birthdate dateofbirth dob born datedenaissance naissance fechadenacimiento nacimiento geburtsdatum geboren',
};

/** Of numbers alone, and as often of rows that were counted: of documents only where no other column is. */
const BARE_NUMBERS: ReadonlySet<string> = new Set(['number', 'no', 'nr', 'num', 'numero', 'nummer']);

const ROLE_OF: ReadonlyMap<string, ColumnRole> = new Map(
  COLUMN_ROLES.flatMap((role) => HEADINGS[role].split(' ').map((heading) => [heading, role] as const)),
);

const headingText = (heading: string): string =>
  heading
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{Nd}]/gu, '')
    .toLowerCase();

/** What the headings of a row say; a role is taken once, by the first that names it. */
export function columnsOf(headings: readonly string[]): Columns {
  const texts = headings.map(headingText);
  const hasNumber = texts.some((text) => ROLE_OF.get(text) === 'number');
  const taken = new Set<ColumnRole>();
  return texts.map((text) => {
    const role = !hasNumber && BARE_NUMBERS.has(text) ? 'number' : (ROLE_OF.get(text) ?? null);
    if (role === null || taken.has(role)) return null;
    taken.add(role);
    return role;
  });
}

/** Whether rows with these columns can say something that a list of this kind holds. */
export function areEnough(columns: Columns, kind: ListKind): boolean {
  const has = (role: ColumnRole): boolean => columns.includes(role);
  const hasPerson = (has('surname') || has('name')) && has('birth');
  return has('number') || has('visa') || (kind !== 'lost' && hasPerson);
}

/** A value with its letters and digits hidden: its shape shows whether the right column was taken. */
export const masked = (value: string): string =>
  value
    .slice(0, 40)
    .replaceAll(/\p{N}/gu, '9')
    .replaceAll(/\p{Ll}|\p{Lo}/gu, 'a')
    .replaceAll(/\p{Lu}/gu, 'A');
