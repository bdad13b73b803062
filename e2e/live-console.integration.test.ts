import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import { chromiumPath, waitFor } from './product.ts'
import {
  barriers,
  connectBrowser,
  expectNone,
  openDevice,
  overflow,
  pageIsReady,
  problemsOf,
} from './support.ts'

interface Listing {
  match: { id: string; sport: string }
  span: object | null
}

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console of live over simulated matches', () => {
  const address = inject('productAddress')
  let browser: Browser
  const ids: Record<string, string> = {}

  const json = async <T>(path: string): Promise<T> =>
    (await (await fetch(`${address}/api/live${path}`)).json()) as T

  beforeAll(async () => {
    browser = await connectBrowser()
    await fetch(`${address}/api/live/sample`, { method: 'POST' })
    await waitFor('four matches with something to look back on', async () => {
      const { matches } = await json<{ matches: Listing[] }>('/matches')
      for (const { match, span } of matches) if (span) ids[match.sport] = match.id
      return Object.keys(ids).length === 4
    })
    await waitFor('what was said of a match', async () => {
      const { insights } = await json<{ insights: unknown[] }>(`/matches/${ids['nfl']}/insights`)
      return insights.length > 20
    })
  }, 240_000)
  afterAll(async () => {
    await browser?.close()
    await fetch(`${address}/api/live/sample`, { method: 'DELETE' })
  })

  const canvas = (page: Page) =>
    page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas[data-ratio]')?.toDataURL() ?? '')
  const changes = (page: Page, from: string) =>
    page.waitForFunction(
      (before) => document.querySelector<HTMLCanvasElement>('canvas[data-ratio]')?.toDataURL() !== before,
      from,
    )

  it('shows each sport as it is played, leads to evidence, and goes back in time and to live again [LIVE-DIRECTOR-05]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    for (const sport of ['nba', 'race', 'soccer', 'nfl']) {
      await page.goto(`${address}/live?match=${ids[sport]}`)
      await page.getByRole('img', { name: /^The (court|track|pitch|field) of / }).waitFor()
      await changes(page, await canvas(page))
    }
    await page.getByRole('button', { name: /^Win probability/ }).click()
    await page.getByText(/revision \d+/).waitFor()
    expect(new URL(page.url()).searchParams.get('sel')).not.toBeNull()

    const time = page.getByRole('slider', { name: 'Time of the match' })
    await time.press('Home')
    await page.waitForURL(/[?&]t=/)
    await expect.poll(() => time.getAttribute('aria-valuetext')).toMatch(/^−\d+:\d\d$/)
    await page.reload()
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Back to live' }).click()
    await page.waitForFunction(() => !location.search.includes('t='))
    await expect.poll(() => time.getAttribute('aria-valuetext')).toBe('live')
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('has pages that fit and can be read, in light and in dark [LIVE-DIRECTOR-06]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'light')
    const found: string[] = []
    for (const path of [
      ...['nfl', 'race', 'nba', 'soccer'].map((sport) => `/live?match=${ids[sport]}`),
      `/live/insights?match=${ids['nfl']}`,
      '/live/moments?q=nothing-has-this',
    ]) {
      await page.goto(address + path)
      await pageIsReady(page)
      found.push(...(await problemsOf(page, path)))
    }
    expectNone(found, 'what is wrong')
    expectNone(problems, 'console errors')
    await context.close()
  })

  const isOnAir = (page: Page, isOn: boolean) =>
    page.waitForFunction((wanted) => {
      const graphic = document.querySelector('air-burn-bar') as { currentStep?: number } | null
      return (graphic?.currentStep !== undefined) === wanted
    }, isOn)

  it('what the operator takes stands on the air page, and is gone when it is cleared [LIVE-CONTROL-05]', async () => {
    await waitFor('the fuel of the race', async () => {
      const { insights } = await json<{ insights: unknown[] }>(
        `/matches/${ids['race']}/insights?kind=race.burn-bar`,
      )
      return insights.length > 0
    })
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    // In the same browser, whose six connections to a server the event streams of both pages share with the commands.
    const air = await context.newPage()
    air.on('console', (message) => {
      if (message.type() === 'error') problems.push(`air: ${message.text()}`)
    })
    air.on('pageerror', (error) => problems.push(`air: ${error.message}`))
    await page.goto(`${address}/live/control?match=${ids['race']}`)
    await air.goto(`${address}/live/air/?match=${ids['race']}&layer=main`)
    // A simulated race begins with its fuel on air.
    await isOnAir(air, true)
    await page.getByRole('button', { name: /^Burn bar/ }).click()
    await page.getByRole('figure').filter({ hasText: 'Preview' }).getByText('Burn bar').waitFor()
    await page.getByRole('button', { name: /^Take/ }).click()
    await isOnAir(air, true)
    // Cars and their fuel come from the race that runs.
    await expect.poll(() => air.locator('air-burn-bar .stage').innerText()).toMatch(/\d/)
    await page.getByRole('button', { name: /^Clear/ }).click()
    await isOnAir(air, false)
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('has a control page that fits and can be read, in light and in dark [LIVE-CONTROL-05]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'light')
    await page.goto(`${address}/live/control?match=${ids['race']}`)
    await page.getByRole('button', { name: /^Burn bar/ }).click()
    await page.getByText('By hand').click()
    // What it begins with has come: before, the page still moves, and nobody can read a page that moves.
    await page.getByRole('button', { name: 'To preview', disabled: false }).waitFor()
    await pageIsReady(page)
    expectNone(await problemsOf(page, 'control by hand'), 'what is wrong')
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('a late joiner sees the recap of a match without video drawn, and skips to live [LIVE-RECAP-16]', async () => {
    const { page, context, problems } = await openDevice(browser, 'phone', 'light')
    await page.goto(`${address}/live/recap?match=${ids['nfl']}`)
    await page.getByText(/^\d:\d\d of \d:\d\d$/).waitFor()
    await changes(page, await canvas(page))
    // Back to the first moment: from the last one a slow machine reaches the end, and with it live, before the next click.
    await page.getByRole('group', { name: 'Moments of the recap' }).getByRole('button').first().click()
    await page.getByRole('button', { name: 'Skip to live' }).click()
    await page.getByText('● Live').waitFor()
    await changes(page, await canvas(page))
    expectNone(await overflow(page), 'what sticks out')
    expectNone(await barriers(page), 'barriers')
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('takes the simulated matches away in one click and starts them again in one [LIVE-DIRECTOR-07]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/live`)
    await page.getByText('Simulated matches', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Remove them' }).click()
    await page.getByText('No match yet').waitFor()
    await page.getByRole('button', { name: 'Start simulated matches', exact: true }).click()
    await page.getByRole('navigation', { name: 'Matches' }).getByRole('button').first().waitFor()
    await context.close()
  })
})
