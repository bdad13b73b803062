import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { chromiumPath, waitFor } from './product.ts'
import { connectBrowser, expectNone, openDevice, pageIsReady, problemsOf } from './support.ts'

interface Listing {
  clearances: { id: string; n: number; failures: number; blockerCount: number }[]
  running: { error: string | null } | null
}

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console of drive', () => {
  const address = inject('productAddress')
  let browser: Browser
  let clearance: Listing['clearances'][number]

  const listing = async (): Promise<Listing> =>
    (await (await fetch(`${address}/api/drive/clearances`)).json()) as Listing

  beforeAll(async () => {
    browser = await connectBrowser()
    // The file decides for the vehicle under test: it fails here and there, and costs little.
    const begun = await fetch(`${address}/api/drive/clearances`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ version: 'scenario', suite: 'smoke', against: 'idm' }),
    })
    expect(begun.status).toBe(200)
    await waitFor('a clearance', async () => {
      const { clearances, running } = await listing()
      expect(running?.error ?? null).toBeNull()
      const [found] = clearances
      if (found) clearance = found
      return found !== undefined
    })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    if (clearance) await fetch(`${address}/api/drive/clearances/${clearance.id}`, { method: 'DELETE' })
  })

  it('leads from the verdict to a failure, and drives it again as it was [DRIVE-VIEW-06]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'light')
    await page.goto(`${address}/drive`)
    await page.getByRole('row', { name: /not cleared/ }).click()
    await page.waitForURL(`**/drive/clearance/${clearance.id}`)
    await page.getByText(clearance.n.toLocaleString('en'), { exact: true }).first().waitFor()
    await page.getByRole('link', { name: 'Watch' }).first().click()
    await page.getByText('✕ failed').first().waitFor()
    await page
      .getByRole('button', { name: /^Go to [\d.]+ s: / })
      .first()
      .click()
    await page.waitForURL(/[?&]t=/)
    const at = await page.getByRole('slider', { name: 'Time of the run' }).getAttribute('aria-valuetext')
    const inAddress = new URL(page.url()).searchParams.get('t')?.replaceAll('"', '')
    expect(Number(at?.split(' ')[0])).toBeCloseTo(Number(inAddress), 1)
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('shows two versions in step, from above and from behind [DRIVE-VIEW-02]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    await page.goto(`${address}/drive/viewer?scenario=cut-in&version=pdm&against=idm&t=3`)
    await page.getByRole('img', { name: /^cut-in with idm: .* from above/i }).waitFor()
    const picture = () =>
      page.evaluate(() => document.querySelector<HTMLCanvasElement>('canvas.drive-scene')?.toDataURL() ?? '')
    const above = await picture()
    await page.getByText('From behind', { exact: true }).click()
    await page.getByRole('img', { name: /^cut-in with pdm: .* from behind/i }).waitFor()
    await page.waitForFunction(
      (before) => document.querySelector<HTMLCanvasElement>('canvas.drive-scene')?.toDataURL() !== before,
      above,
    )
    expect(new URL(page.url()).searchParams.get('cam')).toBe('chase')
    const behind = await picture()
    await page.getByRole('button', { name: 'A step on' }).click()
    await page.waitForURL(/[?&]t=(%22)?3\.05/)
    await page.waitForFunction(
      (before) => document.querySelector<HTMLCanvasElement>('canvas.drive-scene')?.toDataURL() !== before,
      behind,
    )
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('has pages of a run that fit and can be read, in light and in dark [DRIVE-VIEW-06]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'light')
    const found: string[] = []
    for (const path of [
      '/drive',
      `/drive/clearance/${clearance.id}`,
      '/drive/viewer?scenario=child-running-out&t=2',
      '/drive/stack?scenario=cut-in&version=pdm&of=prediction',
    ]) {
      await page.goto(`${address}${path}`)
      await pageIsReady(page)
      found.push(...(await problemsOf(page, path)))
    }
    expectNone(found, 'what is wrong')
    expectNone(problems, 'console errors')
    await context.close()
  })
})
