import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { chromiumPath } from './product.ts'
import { connectBrowser, expectNone, openDevice, pageIsReady, problemsOf } from './support.ts'

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

    const found: string[] = []
    const reader = await openDevice(browser, 'desktop')
    for (const each of ['/jobs', path]) {
      await reader.page.goto(`${address}${each}`)
      await reader.page.getByText('Live, each second').waitFor()
      await pageIsReady(reader.page)
      found.push(...(await problemsOf(reader.page, each)))
    }
    expectNone(found, 'what is wrong')
    expectNone(reader.problems, 'console errors')
    await reader.context.close()
  })
})
