// Codes of issuing states, organisations and nationalities: ICAO Doc 9303-3 section 5, and withdrawn ISO 3166 codes.

/**
 * `state`: a state or other entity of ISO 3166-1, with D, RKS and XXK (says nothing about its status);
 * `nationality`: a status of the holder that is no state; `withdrawn`: no longer in ISO 3166-1.
 */
export type StateKind = 'state' | 'organisation' | 'nationality' | 'withdrawn' | 'specimen';

export interface StateCode {
  /** Without fillers, e.g. `D`. The name is the catalogue's `state.<code>`. */
  code: string;
  kind: StateKind;
  /** In use for documents today: false for a withdrawn code, except those Doc 9303-3 section 5 keeps (ANT, NTZ). */
  current: boolean;
  /** The year a withdrawn code left ISO 3166-1. */
  withdrawn?: number;
}

const ISO_3166_1 = [
  'ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR',
  'BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG',
  'COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH',
  'FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY',
  'HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM',
  'KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL',
  'MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR',
  'NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU',
  'SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA',
  'TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB',
  'VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE',
];
const OTHER_STATES = 'D RKS XXK';
const ORGANISATIONS = 'EUE UNO UNA UNK XBA XIM XCC XCE XCO XEC XPO XES XMP XOM XDC IAO';
/** The nationality of whom no state, and no want of one, is named (ICAO Doc 9303-3 §5 part D). */
export const UNSPECIFIED_NATIONALITY = 'XXX';
const NATIONALITIES = `GBD GBN GBO GBP GBS XXA XXB XXC ${UNSPECIFIED_NATIONALITY}`;
const SPECIMENS = 'UTO';

// ISO 3166-3, and ROM, which ISO changed to ROU: code and year. Codes of uninhabited places are left out.
const WITHDRAWN: Readonly<Record<string, number>> = {
  ANT: 2010,
  BUR: 1989,
  BYS: 1992,
  CSK: 1993,
  DDR: 1990,
  DHY: 1977,
  FXX: 1997,
  GEL: 1979,
  HVO: 1984,
  NHB: 1980,
  NTZ: 1993,
  PCI: 1986,
  PCZ: 1980,
  RHO: 1980,
  ROM: 2002,
  SCG: 2006,
  SKM: 1975,
  SUN: 1992,
  TMP: 2002,
  VDR: 1977,
  YMD: 1990,
  YUG: 2003,
  ZAR: 1997,
};
const KEPT_BY_DOC_9303: readonly string[] = ['ANT', 'NTZ'];

function table(): ReadonlyMap<string, StateCode> {
  const rows = new Map<string, StateCode>();
  const add = (codes: string, kind: StateKind) => {
    for (const code of codes.split(' ')) rows.set(code, { code, kind, current: true });
  };
  add(ISO_3166_1.join(' '), 'state');
  add(OTHER_STATES, 'state');
  add(ORGANISATIONS, 'organisation');
  add(NATIONALITIES, 'nationality');
  add(SPECIMENS, 'specimen');
  for (const [code, withdrawn] of Object.entries(WITHDRAWN)) {
    rows.set(code, { code, kind: 'withdrawn', current: KEPT_BY_DOC_9303.includes(code), withdrawn });
  }
  return rows;
}

/** Every known code, by code. */
export const STATES: ReadonlyMap<string, StateCode> = table();

/** Codes that documents of one state carry beside the one its zones print, by Doc 9303-3 section 5: by the book, and as met. */
const SAME_STATE: Readonly<Record<string, string>> = { DEU: 'D', XXK: 'RKS' };

/** One code for each state, so that what is said of it by another of its codes is said of it, too. */
export const sameState = (code: string): string => SAME_STATE[code] ?? code;

/** The row of a code as printed, with or without trailing fillers (`D<<`); null for a code that is not in the list. */
export function findState(printed: string): StateCode | null {
  let end = printed.length;
  while (end > 0 && printed.charAt(end - 1) === '<') end -= 1;
  return STATES.get(printed.slice(0, end)) ?? null;
}
