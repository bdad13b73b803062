import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { chromiumPath } from './product.ts'
import { connectBrowser, expectNone, expectReadable, openDevice, pageIsReady } from './support.ts'

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console of jobs', () => {
  const address = inject('productAddress')
  let browser: Browser

  beforeAll(async () => {
    browser = await connectBrowser()
  })
  afterAll(async () => {
    await browser?.close()
  })

  it('starts a job, shows its chunks as they go, cancels it, and lists it with the nodes [JOBS-CONSOLE-01]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    await page.goto(`${address}/jobs`)
    await page.getByRole('button', { name: 'Run the sample' }).click()
    await page.getByRole('heading', { name: 'Sample: π from thrown points' }).waitFor()
    await page.getByRole('img', { name: /^Chunks: .*\d running/ }).waitFor()
    await page.getByRole('button', { name: /^Cancel/ }).click()
    await page.getByText('Cancelled').first().waitFor()
    await page.getByRole('button', { name: /^Resume/ }).waitFor()
    const path = new URL(page.url()).pathname
    await page.getByRole('link', { name: 'All jobs' }).click()
    const row = page.getByRole('row').filter({ hasText: 'Sample: π from thrown points' }).first()
    await row.getByText('Cancelled').waitFor()
    await page.getByRole('img', { name: /busy over the last 15 min/ }).waitFor()
    expectNone(problems, 'console errors')
    await context.close()
    const shown = (await (await fetch(`${address}/api/jobs${path}`)).json()) as { job: { state: string } }
    expect(shown.job.state).toBe('cancelled')

    for (const screen of ['desktop', 'phone'] as const) {
      const device = await openDevice(browser, screen)
      for (const each of ['/jobs', path]) {
        await device.page.goto(`${address}${each}`)
        await device.page.getByText('Live, each second').waitFor()
        await pageIsReady(device.page)
        await expectReadable(device.page, each, screen === 'desktop')
      }
      expectNone(device.problems, 'console errors')
      await device.context.close()
    }
  })
})
