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
}

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the control page and the air page over a running demo', () => {
  let server: TestServer
  let browser: Browser
  let race: string

  beforeAll(async () => {
    ;[server, browser] = await Promise.all([
      startProduct({ HEAVYLIFT_LIVE_DEMO: 'true', HEAVYLIFT_SHOP_SAMPLE_PRODUCTS: '50' }),
      launchBrowser(),
    ])
    await waitFor('the demo race and its fuel', async () => {
      const { matches } = await getJson<{ matches: Listing[] }>('/api/live/matches')
      race = matches.find(({ match }) => match.sport === 'race')?.match.id ?? ''
      const { insights } = await getJson<{ insights: unknown[] }>(
        `/api/live/matches/${race}/insights?kind=race.burn-bar`,
      )
      return insights.length > 0
    })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  async function getJson<T>(path: string): Promise<T> {
    return (await (await fetch(server.address + path)).json()) as T
  }

  const isOnAir = (page: Page, isOn: boolean) =>
    page.waitForFunction((wanted) => {
      const graphic = document.querySelector('air-burn-bar') as { currentStep?: number } | null
      return (graphic?.currentStep !== undefined) === wanted
    }, isOn)

  it('what the operator takes stands on the air page, and is gone when it is cleared [LIVE-CONTROL-05]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    // In the same browser, whose six connections to a server the event streams of both pages share with the commands.
    const air = await context.newPage()
    air.on('console', (message) => {
      if (message.type() === 'error') problems.push(`air: ${message.text()}`)
    })
    air.on('pageerror', (error) => problems.push(`air: ${error.message}`))
    await page.goto(`${server.address}/live/control?match=${race}`)
    await air.goto(`${server.address}/live/air/?match=${race}&layer=main`)
    await page.getByText('Auto: the insights decide').click()
    await page.getByRole('button', { name: /^Burn bar/ }).click()
    await page.getByRole('figure').filter({ hasText: 'Preview' }).getByText('Burn bar').waitFor()
    await page.getByRole('button', { name: /^Take/ }).click()
    await isOnAir(air, true)
    // Cars and their fuel come from the race that runs.
    expect(await air.locator('air-burn-bar .stage').innerText()).toMatch(/\d/)
    await page.getByRole('button', { name: /^Clear/ }).click()
    await isOnAir(air, false)
    expectNone(problems, 'console errors')
    await context.close()
  })

  it.each([
    ['desktop', 'light'],
    ['phone', 'dark'],
  ] as const)('the control page fits and can be read (%s, %s) [LIVE-CONTROL-05]', async (screen, theme) => {
    const { page, context, problems } = await openDevice(browser, screen, theme)
    await page.goto(`${server.address}/live/control?match=${race}`)
    await page.getByRole('button', { name: /^Burn bar/ }).click()
    await page.getByText('By hand').click()
    await page.getByRole('button', { name: 'To preview' }).waitFor()
    expectNone(await overflow(page), 'overflow')
    expectNone(await seriousViolations(page), 'axe')
    expectNone(problems, 'console errors')
    await context.close()
  })
})
