// How a case report looks on A4. No style stands in an element, so that a window with a strict policy can show it, too.

export const CASE_STYLE = `
@page { size: A4; margin: 16mm 15mm 18mm; @bottom-right { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; } }
* { box-sizing: border-box; }
:root { font: 9.5pt/1.4 'Atkinson Hyperlegible', 'Noto Sans', 'DejaVu Sans', sans-serif; color: #111; font-variant-ligatures: none; }
body { margin: 0; }
h1 { font-size: 20pt; line-height: 1.15; margin: 0 0 2mm; }
h2 { font-size: 12.5pt; margin: 0 0 2mm; padding-bottom: 1mm; border-bottom: 0.75pt solid #111; break-after: avoid; }
h3 { font-size: 10pt; margin: 3.5mm 0 1mm; break-after: avoid; }
header, section { margin: 0 0 7mm; }
.holder { font-size: 13pt; margin: 0 0 3mm; }
.holder span { font-family: 'JetBrains Mono', 'DejaVu Sans Mono', monospace; }
p, ul, ol { margin: 0 0 2mm; }
ul, ol { padding-left: 5mm; }
dl { margin: 0 0 2mm; display: grid; grid-template-columns: minmax(26mm, max-content) 1fr; gap: 0.6mm 4mm; align-items: baseline; break-inside: avoid; }
dl > div { display: contents; }
dt { color: #555; }
dd { margin: 0; overflow-wrap: anywhere; }
pre { font: 9.5pt/1.35 'JetBrains Mono', 'DejaVu Sans Mono', monospace; margin: 0 0 2mm; }
small { font-size: 8.5pt; color: #444; }
q { font-style: italic; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
th { text-align: left; font-size: 8.5pt; color: #555; border-bottom: 0.75pt solid #111; padding: 0.8mm 2mm 0.8mm 0; }
td { vertical-align: top; border-bottom: 0.25pt solid #bbb; padding: 0.8mm 2mm 0.8mm 0; overflow-wrap: anywhere; }
td strong, td .said { white-space: nowrap; }
td .open { color: #666; }
tr { break-inside: avoid; }
p.outcome, p.open { font-size: 14pt; line-height: 1.2; font-weight: bold; margin: 3mm 0; padding: 2mm 4mm; border: 1pt solid #111; border-radius: 1.5mm; }
.columns { columns: 3; column-gap: 6mm; list-style: none; padding: 0; font-size: 8pt; line-height: 1.3; }
.columns li { padding-left: 4mm; text-indent: -4mm; break-inside: avoid; }
.items td:nth-child(1) { width: 34mm; }
.items td:nth-child(2) { width: 66mm; }
.sign { display: grid; grid-template-columns: 1fr 1fr; gap: 10mm; margin-top: 13mm; break-before: avoid; break-inside: avoid; }
.sign p { border-top: 0.5pt solid #111; padding-top: 1mm; }
.code dd { font: 8pt/1.4 'JetBrains Mono', 'DejaVu Sans Mono', monospace; }
figure { margin: 0 0 5mm; break-inside: avoid; }
figcaption { margin-top: 1mm; color: #444; }
.picture { position: relative; width: fit-content; }
.picture img { display: block; max-width: 100%; max-height: 150mm; }
.picture svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.picture path { fill: none; }
.picture .below { stroke: #fff; }
.picture .above { stroke: #000; }
.picture text { font-family: sans-serif; font-weight: bold; fill: #000; stroke: #fff; paint-order: stroke; }
.legend { list-style: none; padding: 0; }
.gone { padding: 4mm; border: 0.5pt dashed #555; }
`;
