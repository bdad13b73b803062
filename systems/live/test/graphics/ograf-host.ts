import type { Browser, Page } from 'playwright-core'
import { readPainted } from './painted.ts'
import type { Painted } from './painted.ts'

/** A page that does what an OGraf renderer does and no more: manifest, import, element, `load`, actions. */
export interface OgrafHost {
  page: Page
  /** Errors and warnings of the page since the graphic was loaded. */
  problems: string[]
  /** Loads the graphic of a manifest into an empty page of 1920 × 1080, in place of the one before. */
  load(manifestUrl: string, options: LoadOptions): Promise<void>
  /** Calls a method of the graphic and returns what it resolves to. */
  call(method: string, params: Record<string, unknown>): Promise<Record<string, unknown> | null>
  /** What is painted, in the graphic's own pixels; counts are those of a picture a quarter as wide. */
  painted(): Promise<Painted>
}

interface LoadOptions {
  data: unknown
  renderType?: 'realtime' | 'non-realtime'
  reducedMotion?: 'reduce'
}

/** Screenshots are taken at a quarter of the size: enough for areas, and fast. */
const scale = 4

export async function openHost(browser: Browser): Promise<OgrafHost> {
  const page = await browser.newPage({
    viewport: { width: 1920, height: 1080 },
    deviceScaleFactor: 1 / scale,
  })
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text())
  })
  page.on('pageerror', (error) => problems.push(error.message))
  return {
    page,
    problems,
    async load(manifestUrl, { data, renderType = 'realtime', reducedMotion = null }) {
      // An empty page of another origin, as a renderer's would be.
      await page.goto(new URL('/blank', manifestUrl).href.replace('127.0.0.1', 'localhost'))
      await page.emulateMedia({ reducedMotion })
      problems.length = 0
      // As text, since the test runner rewrites `import` in functions.
      await page.evaluate(`(async ({ manifestUrl, data, renderType }) => {
        const manifest = await (await fetch(manifestUrl)).json()
        const module = await import(new URL(manifest.main, manifestUrl).href)
        customElements.define('ograf-graphic', module.default)
        const graphic = document.createElement('ograf-graphic')
        graphic.id = 'graphic'
        document.body.append(graphic)
        const renderCharacteristics = { resolution: { width: 1920, height: 1080 } }
        await graphic.load({ data, renderType, renderCharacteristics })
      })(${JSON.stringify({ manifestUrl, data, renderType })})`)
    },
    call: (method, params) =>
      page.evaluate(
        async ({ method, params }) => {
          const graphic = document.querySelector('#graphic') as unknown as Record<
            string,
            (params: unknown) => Promise<Record<string, unknown> | undefined>
          >
          return (await graphic[method]?.(params)) ?? null
        },
        { method, params },
      ),
    painted: async () => readPainted(await page.screenshot({ omitBackground: true }), scale),
  }
}
