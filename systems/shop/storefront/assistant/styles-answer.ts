/** An answer's parts; used by the panel and by replays. */
export const answerStyles = `
.answer { display: flex; flex-direction: column; gap: 14px; min-width: 0; }
.answer p, .answer ul, .answer ol, .answer h3, .answer dl, .answer dd { margin: 0; padding: 0; }
.answer ul, .answer ol { list-style: none; }
.answer h3 { font-size: 14px; font-weight: 650; display: flex; gap: 8px; align-items: center; }
.answer a { color: var(--accent); text-decoration: none; }
.answer a:hover { text-decoration: underline; }
.fine { color: var(--ink-2); font-size: 12.5px; }
.bad { color: var(--bad); }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.row:empty { display: none; }
.spread { justify-content: space-between; }
.status { display: flex; gap: 10px; align-items: center; color: var(--ink-2); }
.spinner { width: 14px; height: 14px; flex: none; border-radius: 50%; border: 2px solid var(--line); border-top-color: var(--accent); }
.text { display: flex; flex-direction: column; gap: 10px; overflow-wrap: anywhere; }
.text ul { display: flex; flex-direction: column; gap: 6px; }
.text li { padding-inline-start: 16px; position: relative; }
.text li::before { content: ''; position: absolute; inset-inline-start: 3px; top: 0.62em; width: 5px; height: 5px; border-radius: 50%; background: var(--ink-2); }
.citation {
  display: inline-grid; place-items: center; min-width: 18px; height: 18px; padding: 0 4px; margin-inline: 2px; border: 0; border-radius: 5px;
  background: color-mix(in srgb, var(--accent) 12%, var(--surface)); color: var(--accent); font-size: 11px; font-weight: 650; line-height: 1; vertical-align: 1px;
}
.citation:hover { background: var(--accent); color: var(--on-accent); }
.chips { display: flex; flex-wrap: wrap; gap: 6px; }
.chips li { padding: 2px 10px; border-radius: 12px; font-size: 12.5px; font-weight: 550; background: color-mix(in srgb, var(--accent) 10%, var(--surface)); color: var(--accent); }
.chips .relaxed { background: none; border: 1px dashed color-mix(in srgb, var(--ink) 45%, transparent); color: var(--ink-2); font-weight: 400; }
.cards { display: flex; flex-direction: column; gap: 10px; }
.cards > ul, .cart > ul { display: flex; flex-direction: column; gap: 8px; }
.card { display: flex; gap: 12px; padding: 10px; border: 1px solid var(--line); border-radius: var(--radius); background: var(--surface); position: relative; }
.cards .card:hover { border-color: color-mix(in srgb, var(--accent) 50%, var(--line)); }
.picture { flex: none; width: 84px; height: 84px; border-radius: 8px; background: var(--soft); overflow: hidden; }
.picture img { width: 100%; height: 100%; object-fit: cover; display: block; }
.card-words { flex: 1; min-width: 0; display: flex; flex-direction: column; gap: 2px; }
.answer .card-title { color: var(--ink); font-weight: 600; line-height: 1.3; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.card-price { display: flex; flex-wrap: wrap; gap: 2px 8px; align-items: baseline; font-variant-numeric: tabular-nums; }
.card-price strong { font-size: 15px; }
.card-price s { color: var(--ink-2); font-size: 12.5px; }
.rating { color: var(--ink-2); font-size: 12.5px; white-space: nowrap; }
.star { color: #b7791f; }
.reasons { display: flex; flex-wrap: wrap; gap: 2px 10px; margin-block-start: 4px !important; }
.reasons li { display: flex; gap: 4px; font-size: 12.5px; line-height: 18px; color: var(--good); }
.reasons svg { width: 16px; height: 16px; flex: none; margin-block-start: 1px; }
.cautions { display: flex; flex-direction: column; gap: 2px; margin-block-start: 4px !important; }
.cautions li { display: flex; gap: 4px; font-size: 12.5px; line-height: 18px; color: var(--ink-2); }
.cautions svg { width: 16px; height: 16px; flex: none; margin-block-start: 1px; color: #b7791f; }
.choose { position: absolute; inset-block-end: 8px; inset-inline-start: 10px; width: 84px; display: flex; gap: 6px; align-items: center; justify-content: center; min-height: 26px; font-size: 12px; color: var(--ink-2); cursor: pointer; }
.cards .card:has(.choose) .picture { margin-block-end: 26px; }
.choose input { width: 16px; height: 16px; margin: 0; accent-color: var(--accent); }
.button { min-height: 36px; padding: 0 14px; display: inline-flex; align-items: center; border: 1px solid color-mix(in srgb, var(--ink) 30%, transparent); border-radius: 18px; background: var(--surface); font-weight: 550; }
.answer a.button { color: var(--ink); }
.button:hover { background: var(--soft); }
.button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.button.primary:hover { filter: brightness(1.08); }
.button:disabled { opacity: 0.55; cursor: default; }
.table-frame { overflow-x: auto; border: 1px solid var(--line); border-radius: var(--radius); }
.answer table { border-collapse: collapse; width: 100%; font-size: 13px; }
.answer th, .answer td { padding: 8px 10px; text-align: start; vertical-align: top; border-block-end: 1px solid var(--line); min-width: 104px; font-weight: 400; }
.answer thead th { min-width: 128px; font-weight: 600; }
.answer thead .picture { width: 48px; height: 48px; margin-block-end: 6px; }
.answer thead a { display: block; color: var(--ink); line-height: 1.3; }
.answer tbody th, .answer thead td { position: sticky; inset-inline-start: 0; background: var(--surface); color: var(--ink-2); min-width: 92px; max-width: 120px; }
.answer tbody tr:last-child > * { border-block-end: 0; }
.best { font-weight: 600 !important; }
.tag { margin-inline-start: 6px; padding: 1px 7px; border-radius: 9px; font-size: 11px; font-weight: 600; background: color-mix(in srgb, var(--good) 14%, var(--surface)); color: var(--good); white-space: nowrap; }
.reviews { display: flex; flex-direction: column; gap: 8px; padding: 14px; border: 1px solid var(--line); border-radius: var(--radius); }
.reviews ul { display: flex; flex-direction: column; gap: 12px; }
.aspect { display: flex; justify-content: space-between; gap: 8px; align-items: baseline; }
.aspect strong { font-weight: 600; }
.aspect-bar { display: flex; height: 8px; border-radius: 4px; overflow: hidden; gap: 2px; margin-block: 4px; }
.aspect-bar .positive { background: var(--good); }
.aspect-bar .neutral { background: var(--line); }
.aspect-bar .negative { background: var(--bad); }
.reviews q, .sources q { color: var(--ink-2); font-size: 13px; }
.history { padding: 14px; border: 1px solid var(--line); border-radius: var(--radius); }
.history svg { width: 100%; height: 64px; display: block; margin-block: 8px; }
.history-line { fill: none; stroke: var(--accent); stroke-width: 2; stroke-linejoin: round; }
.history dl { display: flex; flex-wrap: wrap; gap: 8px 24px; }
.history dt { color: var(--ink-2); font-size: 12.5px; }
.confirm { padding: 14px; border: 1.5px solid var(--accent); border-radius: var(--radius); display: flex; flex-direction: column; gap: 8px; }
.confirm > p:first-child { font-weight: 600; }
.confirm-state { display: flex; gap: 6px; align-items: center; }
.confirm-state:empty { display: none; }
.confirm-state[data-state='accepted'] { color: var(--good); font-weight: 600; }
.confirm-state[data-state='failed'], .confirm-state[data-state='refused'] { color: var(--bad); }
.cart .card { align-items: center; }
.cart .picture { width: 48px; height: 48px; }
.cart .row { margin-block-start: 10px; }
.order { padding: 14px; border: 1px solid var(--line); border-radius: var(--radius); display: flex; flex-direction: column; gap: 6px; }
.pills { display: flex; flex-wrap: wrap; gap: 8px; margin: 0; padding: 0; list-style: none; }
.pills.scroll { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none; margin-inline: -20px; padding-inline: 20px; }
.pills.scroll button { white-space: nowrap; }
.pills button { min-height: 34px; padding: 4px 14px; border: 1px solid color-mix(in srgb, var(--accent) 45%, transparent); border-radius: 17px; background: var(--surface); color: var(--accent); font-weight: 550; text-align: start; font: inherit; cursor: pointer; }
.pills button:hover { background: color-mix(in srgb, var(--accent) 8%, var(--surface)); }
.pills button:disabled { cursor: default; }
.sources summary { cursor: pointer; color: var(--ink-2); font-size: 13px; width: fit-content; }
.sources ol { display: flex; flex-direction: column; gap: 8px; margin-block-start: 8px !important; }
.sources li { display: flex; gap: 8px; font-size: 13px; border-radius: 6px; }
.sources li:focus { outline: 2px solid var(--accent); outline-offset: 4px; }
.source-number { flex: none; min-width: 18px; height: 18px; border-radius: 5px; display: grid; place-items: center; background: var(--soft); font-size: 11px; font-weight: 650; margin-block-start: 1px; }
.error { padding: 12px 14px; border-radius: var(--radius); background: color-mix(in srgb, var(--bad) 8%, var(--surface)); display: flex; flex-direction: column; gap: 8px; align-items: flex-start; }
@media (prefers-reduced-motion: no-preference) {
  .spinner { animation: spin 0.8s linear infinite; }
  @keyframes spin { to { rotate: 1turn; } }
  .block { animation: rise 0.2s ease-out; }
  @keyframes rise { from { opacity: 0; translate: 0 6px; } }
}
`
