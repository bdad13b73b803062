import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { chromiumPath, waitFor } from './product.ts'
import {
  connectBrowser,
  expectNone,
  expectReadable,
  firstPaintMs,
  openDevice,
  pageIsReady,
} from './support.ts'

const feed = `id,title,brand,price,category,description
lamp-1,Halo Desk Lamp,Lumen,49.90,Home > Lighting,A warm light for a desk.
lamp-2,Halo Floor Lamp,Lumen,-5,Home > Lighting,A price that cannot be.
lamp-3,Orbit Wall Lamp,Lumen,79.90,Home > Lighting,A lamp for a wall.
`

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console', () => {
  const address = inject('productAddress')
  let browser: Browser
  let conversationId: string

  beforeAll(async () => {
    browser = await connectBrowser()
    const answer = await fetch(`${address}/api/shop/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Red football boots for a child' }),
    })
    conversationId = answer.headers.get('x-heavylift-conversation') ?? ''
    await answer.text()
  })
  afterAll(async () => {
    await browser?.close()
  })

  it('shows on the home page what runs, and lists what was decided', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    await page.goto(address)
    const tile = page.getByRole('article', { name: 'Shop' })
    await tile.getByText('Running').waitFor()
    await tile.getByText('Red football boots for a child').waitFor()
    await page.getByRole('region', { name: 'Last decisions' }).getByText('answer').first().waitFor()
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Search' }).fill('football')
    await page.getByRole('option').filter({ hasText: 'Football' }).first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain('/shop/')
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('explains in the search lab why a product ranks where it does', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/shop/search-lab?query=red+football+boots+under+%24100`)
    await page.getByText('color is red').waitFor()
    await page.getByText('price below 100').waitFor()
    expect(await page.locator('.shop-hits > li').count()).toBeGreaterThan(0)
    expect(await page.locator('.shop-hits > li').first().locator('.shop-scores dt').count()).toBeGreaterThan(
      1,
    )
    await context.close()
  })

  it('makes a key whose secret is shown once, and revokes it', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/settings`)
    await page.getByLabel('Name', { exact: true }).fill('Test key')
    await page.getByLabel('For', { exact: true }).selectOption({ label: 'Operators' })
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByText('it is shown only once').waitFor()
    await page.reload()
    const row = page.getByRole('row').filter({ hasText: 'Test key' })
    await row.getByText('Active').waitFor()
    expect(await page.getByText('it is shown only once').count()).toBe(0)
    await row.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    await row.getByText('Revoked').waitFor()
    await context.close()
  })

  const pages = () => [
    '/',
    '/ledger',
    '/experiments',
    '/settings',
    '/shop/catalog',
    '/shop/catalog/football-boots-1',
    '/shop/import',
    '/shop/search-lab?query=red+football+boots',
    '/shop/conversations',
    `/shop/conversations/${conversationId}`,
    '/shop/pills',
    '/shop/memory',
    '/shop/experiment',
    '/nothing-here',
  ]
  it.each(['desktop', 'phone'] as const)(
    'has pages that fit and can be read, in light and in dark (%s)',
    async (screen) => {
      const { page, context, problems } = await openDevice(browser, screen, 'light')
      const paints: string[] = []
      for (const path of pages()) {
        await page.goto(address + path)
        await pageIsReady(page)
        paints.push(`${path} ${Math.round((await firstPaintMs(page)) ?? 0)}`)
        // A phone's page has the colours of the desktop's; one shows that its own parts have them too.
        await expectReadable(page, path, screen === 'desktop' || path === '/')
      }
      expectNone(problems, 'console errors')
      process.stdout.write(`First content in ms (${screen}): ${paints.join(', ')}\n`)
      await context.close()
    },
    120_000,
  )

  // Last, since the pages above are looked at with the sample alone.
  it('imports a feed, reports the wrong row, and the assistant answers from it', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/shop/import`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'lamps.csv', mimeType: 'text/csv', buffer: Buffer.from(feed) })
    await page.getByRole('heading', { name: 'Rejected rows' }).waitFor({ timeout: 30_000 })
    expect(await page.getByRole('region', { name: 'Rejected rows' }).getByRole('row').count()).toBe(2)
    await page.goto(`${address}/shop/catalog?text=orbit+wall+lamp`)
    await page.getByText('Orbit Wall Lamp').waitFor()
    await waitFor('the lamp in search', async () => {
      const answer = await fetch(`${address}/api/shop/chat`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ message: 'Orbit wall lamp' }),
      })
      return (await answer.text()).includes('Orbit Wall Lamp')
    })
    expectNone(problems, 'console errors')
    await context.close()
  })
})
