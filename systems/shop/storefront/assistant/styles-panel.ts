/** Launcher and panel. Every colour can be set from the page: `heavylift-assistant { --heavylift-accent: #c2185b }`. */
export const panelStyles = `
:host {
  --accent: var(--heavylift-accent, #1f3fd6);
  --on-accent: var(--heavylift-on-accent, #fff);
  --surface: var(--heavylift-surface, #fff);
  --soft: var(--heavylift-soft, #f4f5f7);
  --ink: var(--heavylift-ink, #16191f);
  --ink-2: var(--heavylift-ink-2, #565f6d);
  --line: var(--heavylift-line, #e2e5ea);
  --good: var(--heavylift-good, #17784b);
  --bad: var(--heavylift-bad, #b3261e);
  --radius: var(--heavylift-radius, 12px);
  font-size: 14px; font-weight: 400; line-height: 1.45;
  font-family: var(--heavylift-font, inherit);
  color: var(--ink);
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
button, textarea, input { font: inherit; color: inherit; }
button { cursor: pointer; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.launcher {
  position: fixed; inset-block-end: 24px; inset-inline-end: 24px; z-index: 2147483000;
  display: flex; align-items: center; gap: 8px; height: 48px; padding: 0 20px 0 16px;
  border: 0; border-radius: 24px; background: var(--accent); color: var(--on-accent);
  font-weight: 600; box-shadow: 0 2px 6px rgb(0 0 0 / 12%), 0 8px 24px rgb(0 0 0 / 18%);
}
.launcher:hover { filter: brightness(1.08); }
.panel {
  position: fixed; inset-block: 0; inset-inline-end: 0; z-index: 2147483000; width: 416px; max-width: 100vw;
  display: flex; flex-direction: column; background: var(--surface);
  border-inline-start: 1px solid var(--line); box-shadow: -8px 0 32px rgb(0 0 0 / 6%);
}
.panel-head {
  display: flex; align-items: center; gap: 4px; height: 56px; flex: none; padding: 0 8px 0 20px;
  border-block-end: 1px solid var(--line);
}
.panel-head strong { flex: 1; font-size: 15px; font-weight: 650; }
.plain { display: grid; place-items: center; width: 40px; height: 40px; border: 0; border-radius: 8px; background: none; color: var(--ink-2); }
.plain:hover { background: var(--soft); color: var(--ink); }
.context { flex: none; padding: 12px 20px; background: var(--soft); border-block-end: 1px solid var(--line); }
.context-product { display: flex; gap: 12px; align-items: center; }
.context-product > span { flex: 1; min-width: 0; display: flex; flex-direction: column; }
.context-product .picture { width: 40px; height: 40px; }
.context-title { font-weight: 550; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.context .pills { margin-block-start: 12px; }
.log { flex: 1; overflow-y: auto; overflow-wrap: anywhere; overscroll-behavior: contain; padding: 20px; display: flex; flex-direction: column; gap: 16px; }
.log:focus-visible { outline-offset: -2px; }
.greeting { margin-block: auto; padding-block: 16px; }
.greeting h2 { margin: 0 0 4px; font-size: 22px; line-height: 28px; font-weight: 680; letter-spacing: -0.02em; }
.greeting p { margin: 0 0 16px; color: var(--ink-2); }
.greeting .pills { flex-direction: column; align-items: stretch; }
.greeting .pills button { width: 100%; text-align: start; min-height: 44px; border-radius: 10px; white-space: normal; }
.asked {
  align-self: flex-end; max-width: 88%; margin: 0; padding: 8px 14px; border-radius: 16px; border-end-end-radius: 4px;
  background: var(--accent); color: var(--on-accent); overflow-wrap: anywhere;
}
.ask { flex: none; display: flex; gap: 8px; align-items: flex-end; padding: 12px 16px calc(12px + env(safe-area-inset-bottom)); border-block-start: 1px solid var(--line); }
.ask textarea {
  flex: 1; min-width: 0; resize: none; field-sizing: content; min-height: 44px; max-height: 128px; padding: 11px 14px;
  border: 1px solid #8b93a1; border-color: color-mix(in srgb, var(--ink) 38%, transparent); border-radius: 22px; background: var(--surface); font-size: max(14px, 1em);
}
.ask textarea::placeholder { color: var(--ink-2); opacity: 1; }
.ask textarea:focus-visible { outline-offset: -1px; }
.send { display: grid; place-items: center; width: 44px; height: 44px; flex: none; border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent); }
.send:hover { filter: brightness(1.08); }
@media (max-width: 899px) {
  .launcher { inset-block-end: calc(16px + env(safe-area-inset-bottom)); inset-inline-end: 16px; }
  .panel {
    inset-block-start: auto; inset-inline: 0; width: 100%; height: min(86dvh, 760px); border: 0;
    border-radius: 16px 16px 0 0; box-shadow: 0 -8px 40px rgb(0 0 0 / 24%);
  }
  .ask textarea { font-size: 16px; }
}
@media (prefers-reduced-motion: no-preference) {
  .panel { animation: in 0.18s ease-out; }
  @keyframes in { from { opacity: 0; translate: 0 12px; } }
}
`
