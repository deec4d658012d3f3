// The code lists of a report. Ids of lists that assets/taxonomies.json keeps are held against it by a test; words are
// `report.<list>.<id>` of the catalogue. Source: domain.md, section (d) and the lists it names.
import { CASE_DISPOSITIONS, CASE_OUTCOMES } from '../contract/case-ids.ts';

/** T0 never leaves and has no audience. T1 one partner under a legal basis, T2 the network, T3 statistics. */
export const TIERS = ['T1', 'T2', 'T3'] as const;
export const REPORT_KINDS = ['report', 'correction', 'withdrawal'] as const;
/** What is made of a report that was approved, and goes its own way beside it. */
export const DETACHED_KINDS = ['alert', 'case-study'] as const;
/** Everything that travels in the envelope of a report. */
export const MESSAGE_KINDS = [...REPORT_KINDS, ...DETACHED_KINDS] as const;
export const REPORT_ROLES = ['officer', 'examiner', 'supervisor', 'trainer', 'administrator'] as const;
/** How far it was examined, and whether a second officer signed. */
export const VERIFICATIONS = ['L1', 'L2', 'L3', 'two-officer'] as const;
/** Grading of source and information, and handling (5x5x5 as used by the police). */
export const SOURCE_GRADES = ['A', 'B', 'C', 'D', 'E', 'F'] as const;
export const INFORMATION_GRADES = ['1', '2', '3', '4', '5', '6'] as const;
export const HANDLINGS = ['authorities', 'restricted', 'public'] as const;

export const TIME_BANDS = ['night', 'morning', 'afternoon', 'evening'] as const;
export const REPORT_PLACE_KINDS = [
  'airport',
  'seaport',
  'land',
  'rail',
  'inland',
  'consulate',
  'carrier',
  'transit',
] as const;
export const REPORT_DIRECTIONS = ['entry', 'exit', 'transit', 'pre-boarding', 'stay'] as const;
export const TRANSPORTS = ['air', 'sea', 'road', 'rail', 'foot'] as const;
export const DETECTED_BY = [
  'officer',
  'item',
  'reader',
  'chip',
  'list',
  'tip',
  'carrier',
  'profile',
  'link',
] as const;

/** b.13 */
export const DOCUMENT_TYPES = [
  'passport_ord',
  'passport_dip',
  'passport_srv',
  'passport_emg',
  'laissez_passer',
  'refugee_td',
  'stateless_td',
  'id_card',
  'residence',
  'visa_label',
  'visa_paper',
  'crew',
  'seafarer',
  'border_pass',
  'driving',
  'civil',
  'other',
] as const;

/** b.3 */
export const FRAUD_TYPES = [
  'CF.full',
  'CF.datapage',
  'CF.hybrid',
  'CF.visa',
  'CF.permit',
  'CF.stamp',
  'CF.chip',
  'FG.photo_sub',
  'FG.photo_overlay',
  'FG.photo_retouch',
  'FG.data_erase',
  'FG.data_add',
  'FG.mrz_alter',
  'FG.validity',
  'FG.datapage_sub',
  'FG.page_removed',
  'FG.page_sub',
  'FG.page_insert',
  'FG.laminate',
  'FG.cover',
  'FG.rebind',
  'FG.numbering',
  'FG.visa_alter',
  'FG.visa_transfer',
  'FG.visa_blankstolen',
  'FG.stamp_alter',
  'FG.stamp_removed',
  'FG.stamp_misuse',
  'FG.chip_disabled',
  'FG.chip_swapped',
  'BL.blank',
  'IM.lookalike',
  'IM.disguise',
  'IM.family',
  'IM.lent',
  'IM.child',
  'IM.swap',
  'FO.breeder',
  'FO.identity',
  'FO.morph',
  'FO.corrupt',
  'FO.visa_deception',
  'FO.multiple',
  'PS.fantasy',
  'PS.camouflage',
  'PS.unrecognised',
  'PS.novelty',
  'MU.expired',
  'MU.sltd',
  'MU.withdrawn',
  'MU.damaged',
  'MU.notentitled',
  'MU.undocumented',
  'SU.breeder',
  'SU.travel',
  'SU.work',
  'DI.copy',
  'DI.screen',
  'DI.seal_bad',
] as const;

/** b.14 without what says nothing of a document, and without any word of protection. */
export const REPORT_OUTCOMES = [
  'L1.doubt',
  ...CASE_OUTCOMES,
  'L3.1',
  'L3.2',
  'L3.3',
  'L3.4',
  'L3.5',
  'L3.6',
  'L3.7',
  'L3.8',
  'L3.9',
] as const;

export const FINDING_RESULTS = ['matched', 'differs', 'not-present', 'not-checked'] as const;

/** b.2 */
export const REPORT_TOOLS = [
  'VIS',
  'TCH',
  'TLT',
  'TRN',
  'OBL',
  'MAG10',
  'MAG50',
  'UVA',
  'UVB',
  'UVC',
  'COX',
  'IRR',
  'IRL',
  'DEC',
  'MRZR',
  'NFC',
  'BAR',
  'REF',
  'MEAS',
  'XRF',
] as const;

/** b.17, and the parts of a page that they are told of. */
export const PRINT_PROCESSES = [
  'offset',
  'offset_cmyk',
  'intaglio',
  'letterpress',
  'screen',
  'inkjet',
  'toner',
  'd2t2',
  'thermal_transfer',
  'laser_engr',
  'photo',
  'stamp',
  'hand',
  'unknown',
] as const;
export const PRINTED_PARTS = ['background', 'number', 'data', 'portrait'] as const;

export const QUALITIES = ['crude', 'fair', 'good', 'excellent'] as const;

/** Where on a document an anchor feature lies; never the portrait and never the zone. */
export const ANCHOR_ZONES = [
  'background',
  'security-print',
  'number',
  'laminate',
  'emblem',
  'binding',
  'paper',
  'stamp',
  'visa-background',
  'edge',
  'cover',
] as const;

/** b.16 */
export const MODUS_CODES = [
  'mo.single',
  'mo.group',
  'mo.escort',
  'mo.swap_transit',
  'mo.two_sets',
  'mo.mailed',
  'mo.onward',
  'mo.agent_supply',
  'mo.online_market',
  'mo.corrupt',
  'mo.family_claim',
  'mo.student_work',
  'mo.scam_site',
  'mo.overland',
  'mo.sea',
] as const;

/** Of what was paid for the document, in US dollars. */
export const PRICE_BANDS = ['under-500', '500-2000', '2000-5000', '5000-15000', 'over-15000'] as const;
export const SUPPLIERS = [
  'agent',
  'relative',
  'companion',
  'employer',
  'official',
  'online',
  'unknown',
] as const;

export const AGE_BANDS = ['0-11', '12-17', '18-24', '25-39', '40-59', '60-'] as const;
export const GROUP_BANDS = ['1', '2-4', '5-9', '10-'] as const;
export const SEXES = ['F', 'M', 'X'] as const;

/** b.18 without the keys that stay at a station (portrait and signature re-use, companions). */
export const LINK_KEYS = [
  'LK01',
  'LK02',
  'LK03',
  'LK04',
  'LK07',
  'LK08',
  'LK09',
  'LK10',
  'LK11',
  'LK12',
  'LK13',
  'LK14',
  'LK16',
  'LK17',
  'LK18',
] as const;
export const LINK_STRENGTHS = ['weak', 'medium', 'strong'] as const;

/** b.15 as a case may say it; what lives in the protection file is not in that list (domain.md, section (d)). */
export const REPORT_DISPOSITIONS = CASE_DISPOSITIONS;

export const BASIS_KINDS = ['mou', 'treaty', 'law'] as const;
export const REPORT_LIGHTS = ['white', 'oblique', 'transmitted', 'uv-a', 'infrared', 'macro'] as const;
export const IMAGE_MIMES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export const WITHDRAWAL_REASONS = ['doubt-not-confirmed', 'entered-in-error', 'doubled', 'law'] as const;

/** No alert lives longer. */
export const LONGEST_ALERT_DAYS = 366;
/** How long it lives unless its author says otherwise. */
export const USUAL_ALERT_DAYS = 30;

/** Characters of the one sentence that a colleague can use in twelve seconds. */
export const TIP_LENGTH = 140;

export type Tier = (typeof TIERS)[number];
export type FraudType = (typeof FRAUD_TYPES)[number];
export type ReportOutcome = (typeof REPORT_OUTCOMES)[number];
export type ReportDisposition = (typeof CASE_DISPOSITIONS)[number];
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];
