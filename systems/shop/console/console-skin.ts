/** The assistant's colours in the console: our tokens instead of a store's. */
export const consoleSkin = `
:host {
  --accent: var(--hl-accent); --on-accent: var(--hl-ground); --surface: var(--hl-surface); --soft: var(--hl-hover);
  --ink: var(--hl-ink); --ink-2: var(--hl-ink-2); --line: var(--hl-line); --good: var(--hl-good); --bad: var(--hl-bad);
  --radius: 8px; font: 400 13px/20px var(--hl-text-face); color: var(--hl-ink); display: block; min-width: 0;
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button { font: inherit; color: inherit; }
.star { color: var(--hl-warn) !important; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`
