// Names of the people of Utopia, all invented, as several languages might be written in Latin letters.

export interface NameStock {
  readonly surnames: readonly string[];
  readonly female: readonly string[];
  readonly male: readonly string[];
}

/** Five peoples of the island: harbour, fells, delta, steppe, outer isles. */
export const NAME_STOCKS: readonly NameStock[] = [
  {
    surnames: [
      'MARĈEVALO',
      'LUMENARO',
      'TERVENDO',
      'SALIKONTO',
      'ORĜANTO',
      'VELAĴISTO',
      'KAMPODORO',
      'RIVOSENTO',
      'ŜTONARO',
      'MIELANDO',
      'FAROLINO',
      'AŬRENTO',
      'BELMARO',
      'DUNEVITO',
    ],
    female: ['Amelira', 'Lumina', 'Ĉielana', 'Verdena', 'Rozalinda', 'Sunjara', 'Klarisa', 'Noktaria'],
    male: ['Ardeno', 'Vilĉjano', 'Marteno', 'Silvaro', 'Tiveno', 'Kastoro', 'Leonelo', 'Joreno'],
  },
  {
    surnames: [
      'BJØRKVAAL',
      'STENÅSEN',
      'ÖVERLUND',
      'GRÆNVIK',
      'HÄLLSTEDT',
      'FJORDANGER',
      'ÞORNVALD',
      'LÅNGSKÄR',
      'VINTERBØ',
      'ASKELØV',
      'MYRHAMN',
      'ELVESUND',
    ],
    female: ['Sigrunn', 'Åslaug', 'Ylvalie', 'Brynja', 'Maibritt', 'Tuveline', 'Eirdis', 'Solfrøy'],
    male: ['Torvald', 'Jørmund', 'Håkvin', 'Askjell', 'Önund', 'Leifar', 'Sveinulf', 'Kåremann'],
  },
  {
    surnames: [
      'NUYEN-PHAL',
      'SOMSAVANH',
      'TRANH LUO',
      'BUNYARATH',
      'KEOPHANDA',
      'VONGSAY',
      'MAI-THUAN',
      'CHANTHORN',
      'SRISOMBAI',
      'DOLUANG',
      'PHETMANI',
      'LAO-VIENG',
    ],
    female: ['Malichanh', 'Thuý An', 'Sokhanya', 'Bopharat', 'Linh Dao', 'Noyphan', 'Chantrea Mai', 'Kesorn'],
    male: ['Bounthai', 'Somlith', 'Duc Vanh', 'Rithyak', 'Anusorn', 'Keomany', 'Sovannak', 'Phairat'],
  },
  {
    surnames: [
      'ALTYNSAR',
      'DOĞANBEK',
      'KÖKTAŞ',
      'TEMIROĞLU',
      'ŞAHRIZAD',
      'ÇINARLI',
      'BAYBOLAT',
      'QARASHYN',
      'ZHULDYZAR',
      'ORMANBEY',
      'YÜCETÜRK',
      'SARIGÜL-ATA',
    ],
    female: ['Aygerim', 'Gülnisa', 'Zarifa', 'Şirinay', 'Dilşada', 'Merwana', 'Çolpana', 'Nurayla'],
    male: ['Bekturan', 'İlkerim', 'Tölegen', 'Arslanbay', 'Kağanbek', 'Yerzhanat', 'Oğuzhanat', 'Samirbek'],
  },
  {
    surnames: [
      "KA'ANAPUA",
      "TE ARO'HA",
      'MOANALUA',
      "FALE'OLO",
      'TUIMAVAVE',
      'NIUSILA',
      'LAVEAKI',
      "O'TARAVAO",
      'MATAVERI',
      'HEKENUI',
      "PU'UMALO",
      'VAIKENI',
    ],
    female: ["Leilani'a", 'Moana', 'Tiare Nui', 'Salotina', 'Hinerangi', 'Sinalei', 'Mele Ofa', 'Vaimiti'],
    male: ['Keoniolo', 'Tavita Lua', 'Sione Mafi', 'Manaaki', 'Ropatiki', 'Faleafa', 'Teva Rii', 'Akamutu'],
  },
];

/** Towns of the island. */
export const TOWNS: readonly string[] = [
  'AMAUROT',
  'LUMHAVENO',
  'NORDSTRANDO',
  'ALTMONTO',
  'DELTURBO',
  'ANIDRO',
  'STEPKAMPO',
  'FARINSULO',
];
