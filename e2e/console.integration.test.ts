import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { chromiumPath, waitFor } from './product.ts'
import { barriers, connectBrowser, expectNone, openDevice, pageIsReady } from './support.ts'

const feed = `id,title,brand,price,category,description
lamp-1,Halo Desk Lamp,Lumen,49.90,Home > Lighting,A warm light for a desk.
lamp-2,Halo Floor Lamp,Lumen,-5,Home > Lighting,A price that cannot be.
lamp-3,Orbit Wall Lamp,Lumen,79.90,Home > Lighting,A lamp for a wall.
`

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console', () => {
  const address = inject('productAddress')
  let browser: Browser

  beforeAll(async () => {
    browser = await connectBrowser()
    const answer = await fetch(`${address}/api/shop/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Red football boots for a child' }),
    })
    await answer.text()
  })
  afterAll(async () => {
    await browser?.close()
  })

  async function lastQuestion(): Promise<string | undefined> {
    const get = async <T>(path: string) => (await (await fetch(`${address}/api/shop${path}`)).json()) as T
    const { conversations } = await get<{ conversations: { id: string }[] }>('/conversations?limit=1')
    const { turns } = await get<{ turns: { message: string }[] }>(`/conversations/${conversations[0]?.id}`)
    return turns.at(-1)?.message
  }

  it('shows on the home page what runs, and lists what was decided [CONSOLE-HOME-01]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    await page.goto(address)
    const tile = page.getByRole('article', { name: 'Shop' })
    await tile.getByText('Running').waitFor()
    // Files beside this one ask the same assistant, so the tile is held to whatever was asked last.
    await expect
      .poll(
        async () =>
          (await tile
            .locator('.shop-mini-asked')
            .innerText()
            .catch(() => '')) === (await lastQuestion()),
        { timeout: 60_000 },
      )
      .toBe(true)
    // Matches that are played beside this may have decided more than the list holds since the answer.
    const decisions = page.getByRole('region', { name: 'Last decisions' })
    await decisions
      .getByText(/^(shop|live|address|spec|drive|robots|ready|models|jobs|fleet)$/)
      .first()
      .waitFor()
    await page.keyboard.press('/')
    await page.getByRole('combobox', { name: 'Search' }).fill('football')
    await page.getByRole('option').filter({ hasText: 'Football' }).first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain('/shop/')
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('opens the first page of a system at its own name [CONSOLE-NAV-02]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/shop`)
    await page.getByRole('heading', { level: 1, name: 'Catalog' }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/shop/catalog')
    await context.close()
  })

  it('explains in the search lab why a product ranks where it does', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/shop/search-lab?query=red+football+boots+under+%24100`)
    await page.getByText('color is red').waitFor()
    await page.getByText('price below 100').waitFor()
    await expect.poll(() => page.locator('.shop-hits > li').count()).toBeGreaterThan(0)
    await expect
      .poll(() => page.locator('.shop-hits > li').first().locator('.shop-scores dt').count())
      .toBeGreaterThan(1)
    await context.close()
  })

  it('makes a key whose secret is shown once, and revokes it [CONSOLE-KEYS-01]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/settings`)
    await page.getByLabel('Name', { exact: true }).fill('Test key')
    await page.getByLabel('For', { exact: true }).selectOption({ label: 'Operators' })
    await page.getByRole('button', { name: 'Create key' }).click()
    await page.getByText('it is shown only once').waitFor()
    await page.reload()
    const row = page.getByRole('row').filter({ hasText: 'Test key' })
    await row.getByText('Active').waitFor()
    await expect.poll(() => page.getByText('it is shown only once').count()).toBe(0)
    await row.getByRole('button', { name: 'Revoke' }).click()
    await page.getByRole('button', { name: 'Revoke key' }).click()
    await row.getByText('Revoked').waitFor()
    await context.close()
  })

  it('shows the decisions of all systems, and why one was made, at an address of its own [CONSOLE-LEDGER-01]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/ledger?system=shop`)
    await page.getByRole('region', { name: 'Decisions' }).getByText('answer').first().click()
    const drawer = page.getByRole('dialog', { name: 'Decision: answer' })
    await drawer.getByRole('heading', { name: 'What was known' }).waitFor()
    await drawer.getByRole('link', { name: 'Open as a page' }).click()
    await page.getByRole('heading', { level: 1, name: 'Decision: answer' }).waitFor()
    // The address that the API gives with each decision is the one of the page.
    const answer = await fetch(`${address}/api/heavylift/ledger/decisions?limit=1&system=shop`)
    const { decisions } = (await answer.json()) as { decisions: { page: string }[] }
    expect((await fetch(address + decisions[0]?.page)).status).toBe(200)
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('is walked by keys: pages, search and the sheet that lists them, with the focus at the heading', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop')
    const focused = () =>
      page.evaluate(() =>
        document.activeElement === document.body ? '' : document.activeElement?.textContent,
      )
    await page.goto(address)
    await pageIsReady(page)
    await page.keyboard.press('g')
    await page.keyboard.press('l')
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor()
    await expect.poll(focused).toBe('Ledger')
    await expect.poll(() => page.title()).toBe('Ledger · Heavylift')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys' }).getByText('Go to Shop').waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('g')
    await page.keyboard.press('1')
    await page.getByRole('heading', { level: 1, name: 'Catalog' }).waitFor()
    await expect.poll(focused).toBe('Catalog')
    await expect.poll(() => page.title()).toBe('Catalog · Shop · Heavylift')
    // The first stop of Tab on a page leads past the navigation.
    await page.reload()
    await pageIsReady(page)
    await page.keyboard.press('Tab')
    await expect.poll(() => focused()).toBe('Skip to content')
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('has a drawer for navigation on a phone', async () => {
    const { page, context, problems } = await openDevice(browser, 'phone')
    await page.goto(`${address}/shop/catalog`)
    await page.getByRole('button', { name: 'Open navigation' }).click()
    const drawer = page.getByRole('dialog', { name: 'Navigation' })
    await drawer.getByRole('link', { name: 'Import' }).waitFor()
    expectNone(await barriers(page), 'barriers in the drawer')
    await drawer.getByRole('link', { name: 'Ledger' }).click()
    await page.getByRole('heading', { level: 1, name: 'Ledger' }).waitFor()
    await drawer.waitFor({ state: 'hidden' })
    expectNone(problems, 'console errors')
    await context.close()
  })

  // Last, since the pages above are looked at with the sample alone.
  it('imports a feed, reports the wrong row, and the assistant answers from it', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/shop/import`)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'lamps.csv', mimeType: 'text/csv', buffer: Buffer.from(feed) })
    // What it will look like is shown first, and here the sample stays.
    await page.getByRole('heading', { name: 'How shoppers will see it' }).waitFor({ timeout: 30_000 })
    await page.getByText('Orbit Wall Lamp').first().waitFor()
    await page.getByLabel(/^Instead of the sample/).uncheck()
    await page.getByRole('button', { name: 'Import', exact: true }).click()
    await page.getByRole('heading', { name: 'Rejected rows' }).waitFor({ timeout: 30_000 })
    await expect
      .poll(() => page.getByRole('region', { name: 'Rejected rows' }).getByRole('row').count())
      .toBe(2)
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
