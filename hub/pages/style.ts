// The look of the hub's own page: the measures and colours of the window (renderer/ui/tokens.css), light and dark.

export const STYLE = `
@font-face { font-family: "Atkinson Hyperlegible"; src: url("/static/text-400.woff2") format("woff2"); font-weight: 400; font-display: swap; }
@font-face { font-family: "Atkinson Hyperlegible"; src: url("/static/text-700.woff2") format("woff2"); font-weight: 700; font-display: swap; }
:root {
  color-scheme: light dark;
  --ground: light-dark(#eceeed, #101315);
  --panel: light-dark(#ffffff, #1a1e21);
  --field: light-dark(#ffffff, #121618);
  --ink: light-dark(#15191d, #e9ecee);
  --ink-quiet: light-dark(#4b545c, #aab3ba);
  --line: light-dark(#cdd2d4, #353c41);
  --line-strong: light-dark(#7b858c, #7d878e);
  --action: light-dark(#1f2b36, #dfe5ea);
  --action-ink: light-dark(#ffffff, #14181b);
  --selected: light-dark(#dde6ee, #2b3a48);
  --info: light-dark(#134f9c, #93c0ff);
  --info-ground: light-dark(#e4eefb, #17283f);
  --look: light-dark(#7a4a00, #f5bd55);
  --look-ground: light-dark(#fff1cf, #382a0c);
  --focus: light-dark(#1d62c4, #7fb2ff);
}
*, *::before, *::after { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1.0625rem/1.45 "Atkinson Hyperlegible", system-ui, sans-serif; }
h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; }
h2 { font-size: 1.25rem; line-height: 1.25; margin: 0; }
p, dl, dd { margin: 0; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
.frame { display: grid; grid-template-columns: 13rem minmax(0, 1fr); min-height: 100vh; }
.rail { position: sticky; top: 0; height: 100vh; overflow-y: auto; background: var(--panel); border-right: 1px solid var(--line); padding: 1rem 0.75rem; display: flex; flex-direction: column; gap: 0.25rem; }
.rail .name { font-weight: 700; padding: 0.5rem 0.75rem 1rem; }
.rail a { display: flex; align-items: center; min-height: 44px; padding: 0 0.75rem; border-radius: 6px; color: inherit; text-decoration: none; }
.rail a:hover { background: var(--ground); }
.rail a[aria-current] { background: var(--selected); font-weight: 700; }
.rail .who { margin-top: auto; padding: 0.75rem; color: var(--ink-quiet); font-size: 0.9375rem; overflow-wrap: anywhere; }
main { padding: 1.5rem 2rem 3rem; display: flex; flex-direction: column; gap: 1.5rem; max-width: 84rem; min-width: 0; }
.alone { display: grid; grid-template-columns: minmax(0, 32rem); place-content: center; min-height: 100vh; padding: 1rem; }
.alone main { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 2rem; }
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: 1.25rem; display: flex; flex-direction: column; gap: 1rem; }
.row { display: flex; flex-wrap: wrap; gap: 0.75rem; align-items: center; }
time span, .whole { white-space: nowrap; }
.quiet { color: var(--ink-quiet); }
.small { font-size: 0.9375rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem; }
.facts .panel { gap: 0.25rem; }
.facts strong { font-size: 1.5rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 0.5rem 0.75rem; border-bottom: 1px solid var(--line); vertical-align: middle; overflow-wrap: break-word; }
th { font-size: 0.9375rem; color: var(--ink-quiet); white-space: nowrap; }
tr:last-child td { border-bottom: 0; }
td.do { text-align: right; white-space: nowrap; }
td form { display: inline; }
a { color: var(--info); }
form.fields { display: flex; flex-wrap: wrap; gap: 1rem; align-items: end; }
form.column input { max-width: none; }
form.column { display: flex; flex-direction: column; gap: 1rem; align-items: stretch; }
label { display: flex; flex-direction: column; gap: 0.25rem; font-weight: 700; }
label .small, label input, label select { font-weight: 400; }
input, select { font: inherit; color: inherit; background: var(--field); border: 1px solid var(--line-strong); border-radius: 6px; min-height: 44px; padding: 0 0.75rem; min-width: 0; max-width: 18rem; }
button, a.button { font: inherit; min-height: 44px; padding: 0 1rem; border-radius: 6px; border: 1px solid var(--line-strong); background: transparent; color: inherit; cursor: pointer; }
a.button { display: inline-flex; align-items: center; text-decoration: none; white-space: nowrap; }
button:hover, a.button:hover { background: var(--selected); }
button.main:hover { background: var(--action); }
button.main { background: var(--action); color: var(--action-ink); border-color: var(--action); font-weight: 700; }
.notice { border-radius: 6px; padding: 0.75rem 1rem; background: var(--look-ground); color: var(--look); }
.done { border-radius: 6px; padding: 0.75rem 1rem; background: var(--info-ground); color: var(--info); }
input[type=file] { padding: 0.5rem 0.75rem; max-width: 28rem; }
.code { font: 1.25rem/1.4 ui-monospace, monospace; letter-spacing: 0.04em; background: var(--info-ground); color: var(--info); border-radius: 6px; padding: 0.75rem 1rem; overflow-wrap: anywhere; user-select: all; }
.rows { display: grid; }
.rows div { display: grid; grid-template-columns: minmax(8rem, 16rem) minmax(0, 1fr); gap: 1rem; padding: 0.25rem 0; border-top: 1px solid var(--line); }
.rows dt { color: var(--ink-quiet); }
ul { margin: 0; padding-left: 1.5rem; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(26rem, 1fr)); gap: 1rem; }
.charts svg { display: block; width: 100%; height: auto; }
.charts a { outline: none; }
.trend-land { fill: var(--line); stroke: var(--panel); stroke-width: 0.5; }
.trend-area { fill: var(--selected); stroke: var(--line-strong); stroke-width: 0.75; }
.trend-dot { fill: var(--info); fill-opacity: 0.75; stroke: var(--panel); }
.trend-chosen .trend-dot, .trend-chosen .trend-area { stroke: var(--ink); stroke-width: 2; }
a:hover .trend-dot { fill-opacity: 1; }
a:focus-visible .trend-dot, a:focus-visible .trend-area { stroke: var(--focus); stroke-width: 3; }
.trend-time text { fill: var(--ink-quiet); font-size: 13px; font-variant-numeric: tabular-nums; }
.trend-line { stroke: var(--line); fill: none; }
.trend-hit { fill: transparent; }
.trend-bar { fill: var(--info); }
.trend-mark { fill: var(--look); }
a:hover .trend-hit, .trend-chosen .trend-hit { fill: var(--selected); }
.trend-chosen .trend-bar { stroke: var(--ink); stroke-width: 2; }
a:focus-visible .trend-hit { stroke: var(--focus); stroke-width: 3; }
figure { margin: 0; display: flex; flex-direction: column; gap: 0.5rem; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(26rem, 1fr)); gap: 1.5rem; }
.marked { position: relative; }
.marked img { display: block; width: 100%; height: auto; border-radius: 6px; }
.marked svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.marked rect { fill: none; stroke: #ffffff; stroke-width: 2; outline: 2px solid #15191d; }
.marked text { font-weight: 700; fill: #ffffff; stroke: #15191d; stroke-width: 4; paint-order: stroke; }
.text { white-space: pre-line; max-width: 60rem; }
ol { margin: 0; padding-left: 1.5rem; }
.gone { color: var(--ink-quiet); }
pre { margin: 0; font: 0.9375rem/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }
details summary { cursor: pointer; min-height: 44px; display: inline-flex; align-items: center; gap: 0.5rem; }
details summary::before { content: "\\25B8" / ""; }
details[open] summary::before { content: "\\25BE" / ""; }
@media (max-width: 800px) { .frame { grid-template-columns: minmax(0, 1fr); } .rail { position: static; height: auto; flex-direction: row; flex-wrap: wrap; border-right: 0; border-bottom: 1px solid var(--line); } .rail .name, .rail .who { padding: 0.75rem; margin: 0; } main { padding: 1rem; } }
`;
