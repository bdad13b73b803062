import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser, Page } from 'playwright-core'
import type { Product } from '../systems/shop/src/domain/product.ts'
import { chromiumPath } from './product.ts'
import { connectBrowser, expectNone, openDevice, problemsOf } from './support.ts'

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('a shopper in the demo store', () => {
  const address = inject('productAddress')
  let browser: Browser

  beforeAll(async () => {
    browser = await connectBrowser()
  })
  afterAll(async () => {
    await browser?.close()
  })

  const panel = (page: Page) => page.locator('heavylift-assistant')
  const lastAnswer = (page: Page) => panel(page).locator('.answer').last()

  async function signIn(page: Page): Promise<void> {
    await page.goto(`${address}/store/account`)
    await Promise.all([
      page.waitForEvent('load'),
      page.getByRole('button', { name: 'Sign in as Alex Morgan' }).click(),
    ])
    await page.getByRole('heading', { name: 'Hello, Alex' }).waitFor()
  }

  async function ask(page: Page, message: string): Promise<void> {
    const box = panel(page).getByRole('textbox')
    if (!(await box.isVisible()))
      await panel(page).getByRole('button', { name: 'Ask about products' }).click()
    await box.fill(message)
    await box.press('Enter')
    await panel(page).locator('.asked').filter({ hasText: message }).last().waitFor()
    await page.waitForFunction(() => {
      const root = document.querySelector('heavylift-assistant')?.shadowRoot
      const answers = [...(root?.querySelectorAll('.answer') ?? [])]
      return answers.length > 0 && answers.every((answer) => !answer.hasAttribute('aria-busy'))
    })
  }

  async function redSizeInStock(productId: string): Promise<string> {
    const answer = await fetch(`${address}/api/shop/products/${productId}`)
    const { product } = (await answer.json()) as { product: Product }
    const variant = product.variants.find(({ options, stock }) => options['color'] === 'Red' && stock !== 0)
    return variant?.options['size'] ?? ''
  }

  it('finds, asks on, buys by confirmation, and is known on another device', async () => {
    const desktop = await openDevice(browser, 'desktop')
    const { page } = desktop
    await signIn(page)
    await page.goto(`${address}/store/`)
    await ask(page, 'Red football boots for a child')

    const cards = lastAnswer(page).locator('article.card')
    await expect.poll(() => cards.count()).toBeGreaterThan(0)
    const title = (await cards.first().locator('.card-title').textContent()) ?? ''
    expect(title).toContain('Football Boots')
    await expect.poll(() => lastAnswer(page).locator('.chips').textContent()).toContain('red')

    await cards.first().locator('.card-title').click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    // The panel stands beside the price, not over it.
    const price = await page.locator('.price.big').boundingBox()
    const assistant = await panel(page).locator('.panel').boundingBox()
    expect((price?.x ?? 0) + (price?.width ?? 0)).toBeLessThanOrEqual(assistant?.x ?? 0)

    await ask(page, 'How do they do in the rain?')
    expect((await lastAnswer(page).textContent())?.length).toBeGreaterThan(20)

    const productId = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')
    await ask(page, `Add this in red, size ${await redSizeInStock(productId)}, to my cart`)
    const confirmation = lastAnswer(page).locator('.confirm')
    await confirmation.waitFor()
    await expect.poll(() => page.getByRole('link', { name: /Basket, 0 items/ }).count()).toBe(1)
    await confirmation.getByRole('button', { name: 'Yes, do it' }).click()
    await confirmation.locator('[data-state="accepted"]').waitFor()
    await page.getByRole('link', { name: /Basket, 1 item/ }).waitFor()
    expectNone(desktop.problems, 'console errors')
    await desktop.context.close()

    const phone = await openDevice(browser, 'phone')
    await signIn(phone.page)
    await phone.page.goto(`${address}/store/`)
    await ask(phone.page, 'What were the boots I looked at before?')
    await expect.poll(() => lastAnswer(phone.page).textContent()).toContain(title)
    await phone.page.goto(`${address}/store/basket`)
    await phone.page.getByRole('link', { name: title }).waitFor()
    await phone.page.goto(`${address}/store/memory`)
    const remembered = phone.page.locator('.memories li').filter({ hasText: title }).first()
    await remembered.waitFor()
    const before = await phone.page.locator('.memories li').count()
    await remembered.getByRole('button', { name: /^Delete/ }).click()
    await expect.poll(() => phone.page.locator('.memories li').count()).toBe(before - 1)
    expectNone(phone.problems, 'console errors')
    await phone.context.close()
  })

  it('checks out a basket', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/store/search?q=coffee`)
    await page.locator('.product-card a').first().click()
    await page.getByRole('button', { name: 'Add to basket' }).click()
    await page.getByText('In your basket.').waitFor()
    await page.goto(`${address}/store/checkout`)
    await page.getByRole('button', { name: 'Order now' }).click()
    await page.getByRole('heading', { name: 'Thank you, it is ordered' }).waitFor()
    await page.getByRole('link', { name: 'See your orders' }).click()
    await page.locator('.orders > li').first().waitFor()
    await expect.poll(() => page.locator('.orders > li').count()).toBe(1)
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('closes with Escape, gives the focus back, and keeps the conversation over page loads', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/store/`)
    await ask(page, 'Running shoes under $100')
    await page.reload()
    await panel(page).locator('.asked').filter({ hasText: 'Running shoes under $100' }).waitFor()
    await panel(page).getByRole('textbox').press('Escape')
    const launcher = panel(page).getByRole('button', { name: 'Ask about products' })
    await launcher.waitFor()
    await expect
      .poll(() =>
        page.evaluate(() =>
          document.querySelector('heavylift-assistant')?.shadowRoot?.activeElement?.getAttribute('class'),
        ),
      )
      .toBe('launcher')
    await context.close()
  })

  const pages = [
    '/store/',
    '/store/c/Sports',
    '/store/search?q=boots',
    '/store/p/football-boots-1',
    '/store/basket',
    '/store/account',
    '/store/memory',
  ]
  it('has pages that fit and can be read, in light and in dark', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'light')
    // The store follows the system's theme.
    const toTheme = (page: Page, colorScheme: 'dark' | 'light') => page.emulateMedia({ colorScheme })
    const found: string[] = []
    for (const path of pages) {
      await page.goto(address + path, { waitUntil: 'networkidle' })
      found.push(...(await problemsOf(page, path, toTheme)))
    }
    await page.goto(`${address}/store/p/football-boots-1`)
    await ask(page, 'Compare it with another one')
    found.push(...(await problemsOf(page, 'with the assistant', toTheme)))
    expectNone(found, 'what is wrong')
    expectNone(problems, 'console errors')
    await context.close()
  })
})
