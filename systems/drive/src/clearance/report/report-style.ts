/** The report's own style: it is one file that also prints. States are told by shape or word beside their colour. */
export const reportStyle = `
:root { color-scheme: light dark; --ink: #16191d; --soft: #5b6470; --line: #d9dde3; --page: #fff; --card: #f6f7f9; --accent: #2d5bd1;
  --good: #1a7f4b; --bad: #c0362c; --warn: #a86a00; --pass: #9aa7b8; --heat: 45, 91, 209; }
@media (prefers-color-scheme: dark) { :root { --ink: #e7eaee; --soft: #9aa4b2; --line: #333a44; --page: #14171b; --card: #1c2026;
  --accent: #86a8ff; --good: #5fc78f; --bad: #ff8a7e; --warn: #e6b04a; --pass: #66717f; --heat: 134, 168, 255; } }
@media print { :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --page: #fff; --card: #f4f4f4; --accent: #2d5bd1;
  --good: #12693c; --bad: #b02a20; --warn: #8a5600; --pass: #9aa7b8; --heat: 45, 91, 209; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 14px/1.45 system-ui, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 40px 0 4px; } h3 { font-size: 14px; margin: 0 0 4px; }
p { margin: 4px 0; max-width: 90ch; } .soft { color: var(--soft); } code { font: 12px/1.4 ui-monospace, 'Liberation Mono', monospace; overflow-wrap: anywhere; }
a { color: var(--accent); } ul { margin: 8px 0; padding-left: 20px; max-width: 100ch; }
.verdict { display: flex; gap: 16px; align-items: center; margin: 16px 0; padding: 16px 20px; border: 2px solid; border-radius: 8px; }
.verdict.good { border-color: var(--good); } .verdict.bad { border-color: var(--bad); } .verdict.warn { border-color: var(--warn); }
.verdict ul { color: var(--ink); } .verdict strong { font-size: 24px; white-space: nowrap; } .verdict.good strong { color: var(--good); } .verdict.bad strong { color: var(--bad); } .verdict.warn strong { color: var(--warn); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 8px; margin: 16px 0; }
.figure { background: var(--card); border-radius: 6px; padding: 8px 12px; } .figure b { display: block; font-size: 20px; font-variant-numeric: tabular-nums; }
.figure span { color: var(--soft); font-size: 12px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; } th, td { text-align: left; padding: 4px 8px; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 500; font-size: 12px; } td.n, th.n { text-align: right; } td.n { white-space: nowrap; } td.why { min-width: 220px; }
.grid td { text-align: center; border: 1px solid var(--page); background: rgba(var(--heat), var(--h, 0)); } .grid td.none { background: repeating-linear-gradient(45deg, var(--card) 0 4px, transparent 4px 8px); color: var(--soft); }
.scroll { overflow-x: auto; } svg:not(svg svg) { display: block; max-width: 100%; height: auto; } svg text { fill: var(--ink); font-size: 12px; } svg .soft { fill: var(--soft); }
.many { display: grid; grid-template-columns: repeat(auto-fill, minmax(270px, 1fr)); gap: 16px; margin: 12px 0; }
.card { background: var(--card); border-radius: 8px; padding: 12px; break-inside: avoid; margin: 12px 0; } .many .card { margin: 0; }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: 16px; } @media (max-width: 760px) { .pair { grid-template-columns: 1fr; } .verdict { flex-direction: column; align-items: flex-start; } main { padding: 16px 12px 48px; } }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
@page { size: A4; margin: 14mm; }
@media print { main { padding: 0; max-width: none; } h2 { break-after: avoid; } tr, svg { break-inside: avoid; } body { font-size: 11px; -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  .many { grid-template-columns: repeat(3, 1fr); } a { color: inherit; text-decoration: none; } table { font-size: 9.5px; } th, td { padding: 2px 5px; } td.why { min-width: 150px; } .figures { grid-template-columns: repeat(6, 1fr); } .figure b { font-size: 15px; } }
`
