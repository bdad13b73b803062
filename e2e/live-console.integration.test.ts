import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import {
  chromiumPath,
  expectNone,
  launchBrowser,
  openDevice,
  overflow,
  seriousViolations,
  startProduct,
  waitFor,
} from './support.ts'
import type { TestServer } from './support.ts'

interface Listing {
  match: { id: string; sport: string }
  span: object | null
}

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console of live', () => {
  let server: TestServer
  let browser: Browser
  const ids: Record<string, string> = {}

  const json = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${server.address}/api/live${path}`)).json()) as T

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([
      startProduct({ HEAVYLIFT_LIVE_DEMO: 'true', HEAVYLIFT_SHOP_SAMPLE_PRODUCTS: '50' }),
      launchBrowser(),
    ])
    await waitFor('three matches with something to look back on', async () => {
      const { matches } = await json<{ matches: Listing[] }>('/matches')
      for (const { match, span } of matches) if (span) ids[match.sport] = match.id
      return Object.keys(ids).length === 3
    })
    await waitFor('what was said of a match', async () => {
      const { insights } = await json<{ insights: unknown[] }>(`/matches/${ids['nfl']}/insights`)
      return insights.length > 20
    })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  const canvas = (page: Page) =>
    page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas.live-stage')?.toDataURL() ?? '')
  const changes = (page: Page, from: string) =>
    page.waitForFunction(
      (before) => document.querySelector<HTMLCanvasElement>('canvas.live-stage')?.toDataURL() !== before,
      from,
    )

  it('shows each sport as it is played, leads to evidence, and goes back in time and to live again [LIVE-DIRECTOR-05]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    for (const sport of ['nba', 'race', 'nfl']) {
      await page.goto(`${server.address}/live?match=${ids[sport]}`)
      await page.getByRole('img', { name: /^The (court|track|field) of / }).waitFor()
      await changes(page, await canvas(page))
    }
    await page.getByRole('button', { name: /^Win probability/ }).click()
    await page.getByText(/revision \d+/).waitFor()
    expect(new URL(page.url()).searchParams.get('sel')).not.toBeNull()

    const time = page.getByRole('slider', { name: 'Time of the match' })
    await time.press('Home')
    await page.waitForURL(/[?&]t=/)
    expect(await time.getAttribute('aria-valuetext')).toMatch(/^−\d+:\d\d$/)
    await page.reload()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Back to live' }).click()
    await page.waitForFunction(() => !location.search.includes('t='))
    expect(await time.getAttribute('aria-valuetext')).toBe('live')
    expectNone(problems, 'console errors')
    await context.close()
  })

  it.each([
    ['desktop', 'light'],
    ['phone', 'dark'],
  ] as const)('has pages that fit and can be read (%s, %s) [LIVE-DIRECTOR-06]', async (screen, theme) => {
    const { page, context, problems } = await openDevice(browser, screen, theme)
    const paths = [
      `/live?match=${ids['nfl']}`,
      `/live?match=${ids['race']}`,
      `/live?match=${ids['nba']}`,
      `/live/insights?match=${ids['nfl']}`,
      '/live/calibration',
      '/live/moments',
      '/live/moments?q=nothing-has-this',
    ]
    for (const path of paths) {
      await page.goto(server.address + path)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForFunction(
        () =>
          document.querySelector('.hl-skeleton') === null &&
          [...document.querySelectorAll('.hl-plot')].every((plot) => plot.querySelector('svg') !== null),
      )
      expectNone(await overflow(page), `overflow on ${path}`)
      // A phone's page is made of the same parts: of those that differ most, two are enough.
      if (screen === 'desktop' || path === paths[1] || path === paths[3])
        expectNone(await seriousViolations(page), `axe on ${path}`)
    }
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('takes the simulated matches away in one click and starts them again in one [LIVE-DIRECTOR-07]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${server.address}/live`)
    await page.getByText('Simulated matches', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Remove them' }).click()
    await page.getByText('No match yet').waitFor()
    await page.getByRole('button', { name: 'Start simulated matches' }).click()
    await page.getByRole('navigation', { name: 'Matches' }).getByRole('button').first().waitFor()
    await context.close()
  })
})
