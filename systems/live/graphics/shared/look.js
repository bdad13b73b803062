import { ground } from './colour.js'

const family = 'Heavylift Air'

/**
 * The look that all graphics share, on a stage of 1920 × 1080. Everything stays within 90 % of the picture's width and
 * height (EBU R 95 title safe: 96 px at the sides, 54 px above and below). Key facts are 32 px or more.
 */
export const look = `
  :host { position: absolute; inset: 0; display: block; overflow: hidden; pointer-events: none; contain: strict; }
  * { box-sizing: border-box; margin: 0; }
  .stage {
    position: absolute; left: 0; top: 0; width: 1920px; height: 1080px; transform-origin: 0 0;
    font: 600 34px/1.1 '${family}', system-ui, 'Helvetica Neue', Arial, sans-serif;
    font-variant-numeric: tabular-nums; color: #fff; -webkit-font-smoothing: antialiased;
    --ground: ${ground}; --soft: #b9c2d0; --line: rgb(255 255 255 / 14%);
    --good: #45d483; --warn: #ffc247; --bad: #ff6b5e;
  }
  .stage[hidden] { display: none; }
  .panel { position: absolute; background: rgb(13 18 28 / 93%); border-radius: 6px; overflow: hidden; }
  .label { font-size: 26px; font-weight: 600; color: var(--soft); letter-spacing: 0.04em; text-transform: uppercase; white-space: nowrap; }
  .name { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
  .figure { font-weight: 750; white-space: nowrap; }
  .small { font-size: 26px; color: var(--soft); font-weight: 500; white-space: nowrap; }
  .word { font-weight: 750; white-space: nowrap; }
  .good { color: var(--good); } .warn { color: var(--warn); } .bad { color: var(--bad); }
  .roll { position: relative; display: inline-block; }
  .roll > .old { position: absolute; right: 0; top: 0; }
  .roll > span { display: inline-block; white-space: nowrap; }
  .track { position: relative; overflow: hidden; background: rgb(255 255 255 / 13%); border-radius: 3px; }
  .track > i { position: absolute; inset: 0; transform-origin: 0 50%; transform: scaleX(0); display: block; }
`

let loading = /** @type {Promise<void> | null} */ (null)

/**
 * Inter, from the folder beside the graphics. A font has to be known to the document, since rules inside of a shadow
 * root do not declare any. Without the file the system's own face stands in.
 */
export function loadFont() {
  loading ??= (async () => {
    const file = new URL('../fonts/inter-latin-wght-normal.woff2', import.meta.url)
    try {
      const face = await new FontFace(family, `url("${file.href}")`, { weight: '100 900' }).load()
      document.fonts.add(face)
    } catch {
      // Said by the browser; on air the graphic counts for more than its face.
    }
  })()
  return loading
}
