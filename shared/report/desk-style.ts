// How the day of the desk and the detection log look on A4. No style stands in an element, for windows of a strict policy.

const PAPER = `
* { box-sizing: border-box; }
:root { font: 9.5pt/1.35 'Atkinson Hyperlegible', 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111; font-variant-numeric: tabular-nums; }
body { margin: 0; }
h1 { font-size: 18pt; line-height: 1.15; margin: 0 0 1.5mm; }
h2 { font-size: 11.5pt; margin: 0 0 1.5mm; padding-bottom: 0.8mm; border-bottom: 0.75pt solid #111; break-after: avoid; }
header, section { margin: 0 0 3.5mm; }
p { margin: 0 0 1.5mm; }
dl { margin: 0 0 1.5mm; display: grid; grid-template-columns: minmax(40mm, max-content) 1fr; gap: 0.5mm 4mm; align-items: baseline; }
dl > div { display: contents; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
th { text-align: left; color: #555; border-bottom: 0.75pt solid #111; }
td { vertical-align: top; border-bottom: 0.25pt solid #bbb; overflow-wrap: anywhere; }
tr { break-inside: avoid; }
`;

export const LOG_STYLE = `
@page { size: A4 landscape; margin: 12mm 11mm 14mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; } }
${PAPER}
th { font-size: 7.5pt; padding: 0.6mm 1.5mm 0.6mm 0; }
td { font-size: 7.5pt; padding: 0.5mm 1.5mm 0.5mm 0; }
td:nth-child(-n + 5) { white-space: nowrap; }
`;

export const DAY_STYLE = `
@page { size: A4; margin: 14mm 15mm; }
${PAPER}
.figures { display: grid; grid-template-columns: repeat(3, 1fr); gap: 3mm; margin: 0 0 4mm; }
.figures > div { border: 0.5pt solid #111; border-radius: 1.5mm; padding: 2mm 3mm; break-inside: avoid; }
.figures strong { display: block; font-size: 19pt; line-height: 1.1; }
.figures span { display: block; color: #444; font-size: 8.5pt; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 8mm; }
svg { display: block; width: 100%; height: auto; }
svg .bar { fill: #777; }
svg .doubt { fill: #111; }
svg text { font-size: 9px; fill: #333; }
svg line { stroke: #999; stroke-width: 0.5; }
th { font-size: 8.5pt; padding: 0.8mm 2mm 0.8mm 0; }
td { padding: 0.6mm 2mm 0.6mm 0; }
small { font-size: 8.5pt; color: #444; }
.sign { margin-top: 9mm; border-top: 0.5pt solid #111; padding-top: 1mm; width: 60%; }
`;
