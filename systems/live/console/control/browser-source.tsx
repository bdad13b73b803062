import { Copy, Panel } from '@heavylift/ui'
import { airAddress } from './air-address.ts'
import styles from './control.module.css'

/** What to paste into a vision mixer. */
export function BrowserSource({
  match,
  layer,
  graphics,
}: {
  match: string
  layer: string
  graphics: string[]
}) {
  const origin = window.location.origin
  return (
    <Panel title="Take it to your mixer" note={`layer ${layer}`}>
      <div className="hl-stack">
        <Copy text={airAddress({ origin, match, layer })} label="Copy the browser source's address" />
        <ol className={styles['control-howto']}>
          <li>OBS: Sources → + → Browser. Paste the address, width 1920, height 1080, custom CSS empty.</li>
          <li>
            vMix: Add Input → Web Browser, 1920 × 1080, transparent. CasparCG: <code>PLAY 1-20 [HTML]</code>{' '}
            with the address.
          </li>
          <li>
            Two servers: add <code>&amp;feeds=https://a.example,https://b.example</code>; losing one is not
            seen.
          </li>
          <li>
            A mixer is not signed in as this browser is: make it a key (
            <code>heavylift keys create mixer</code>) and add <code>&amp;key=…</code>.
          </li>
          <li>
            Your own OGraf renderer (SPX and others) loads the graphics themselves, e.g.{' '}
            <Copy
              text={`${origin}/live/graphics/${graphics[0] ?? 'burn-bar'}/${graphics[0] ?? 'burn-bar'}.ograf.json`}
            />
            , or all of them from <code>heavylift live graphics --out DIR</code>.
          </li>
        </ol>
      </div>
    </Panel>
  )
}
