import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { chromiumPath, waitFor } from './product.ts'
import { connectBrowser, expectNone, openDevice, pageIsReady, problemsOf } from './support.ts'

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console of the models gateway', () => {
  const address = inject('productAddress')
  const configFile = inject('modelsConfigFile')
  const waiting = new AbortController()
  let browser: Browser

  const complete = (model: string, prompt: string, signal?: AbortSignal) =>
    fetch(`${address}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages: [{ role: 'user', content: prompt }], stream: true }),
      ...(signal ? { signal } : {}),
    })

  beforeAll(async () => {
    browser = await connectBrowser()
    await Promise.all(['one', 'two', 'three'].map(async (prompt) => (await complete('large', prompt)).text()))
    await (await complete('frail', 'break')).text()
    // Goes on for as long as the tests, so that there is something in flight.
    await complete('large', 'never end', waiting.signal)
    await waitFor('calls in the log', async () => {
      const answer = await fetch(`${address}/api/models/calls`)
      return ((await answer.json()) as { calls: unknown[] }).calls.length === 4
    })
  })
  afterAll(async () => {
    waiting.abort()
    await browser?.close()
  })

  it('shows every replica with its calls in flight, and drains one and takes it back [MODELS-CONSOLE-05]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'dark')
    await page.goto(`${address}/models`)
    await page.getByText('Live, each second').waitFor()
    const lane = page.getByRole('listitem').filter({ hasText: '/llm-32b' })
    await lane.getByRole('img', { name: /^1 in flight: 1 writing/ }).waitFor()
    await page.getByRole('link', { name: 'model-cut-off' }).waitFor()
    await lane.getByRole('button', { name: /^Drain/ }).click()
    await lane.getByText('Draining').waitFor()
    // The lane may still show what was before; the answer says that it is done.
    const isBack = page.waitForResponse((response) => response.url().endsWith('/undrain') && response.ok())
    await lane.getByRole('button', { name: /^Take back/ }).click()
    await isBack
    await lane.getByText('Healthy').waitFor()
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('streams two models side by side and leads to the call in the log [MODELS-CONSOLE-06]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/models/playground?a=large&b=frail`)
    await page.getByLabel('Prompt').fill('Say something')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Every answer comes in pieces.').first().waitFor()
    await page.getByText('model-cut-off').waitFor()
    await page.getByText('finish: stop').waitFor()
    // 10 read and 5 written tokens at 1 and 2 dollars a million.
    await page.getByText('$0.000020').waitFor()
    await page.getByRole('link', { name: 'This call in the log' }).first().click()
    await page.getByRole('list', { name: /^Life of the call/ }).waitFor()
    await page.getByText('Prompts and answers are not kept.').waitFor()
    expect(new URL(page.url()).searchParams.get('call')).toMatch(/^call_/)
    await context.close()
  })

  it('leads from what failed and what was used to those calls in the log [MODELS-CONSOLE-10]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/models`)
    await page.getByRole('link', { name: 'show them', exact: true }).click()
    const rows = page.getByRole('table', { name: 'Calls' }).getByRole('row')
    await rows.filter({ hasText: 'frail' }).first().waitFor()
    await expect.poll(() => rows.filter({ hasText: 'large' }).count()).toBe(0)
    await page.goto(`${address}/models/usage`)
    await page.getByRole('table', { name: 'Usage by model' }).getByText('large').click()
    await rows.filter({ hasText: 'large' }).nth(2).waitFor()
    await expect.poll(() => rows.filter({ hasText: 'frail' }).count()).toBe(0)
    await page.getByLabel('To', { exact: true }).fill('2026-01-01T00:00')
    await page.getByText('No call matches').waitFor()
    await context.close()
  })

  it('refuses a wrong route at its field, saves a right one, and shows where the file is broken [MODELS-CONSOLE-07]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    await page.goto(`${address}/models/routes?model=large`)
    await page.getByLabel('Retries').fill('99')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Not saved').waitFor()
    await expect.poll(() => page.getByLabel('Retries').getAttribute('aria-invalid')).toBe('true')
    await page.getByLabel('Retries').fill('1')
    await page.getByRole('button', { name: 'Save' }).click()
    await waitFor('the file', () =>
      Promise.resolve(
        (JSON.parse(readFileSync(configFile, 'utf8')) as { models: { large: { retries?: number } } }).models
          .large.retries === 1,
      ),
    )
    await page.getByText('File', { exact: true }).click()
    const text = page.getByLabel('Text of the table')
    await text.fill('{\n  "models": [\n}')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('list', { name: 'Problems' }).getByText(/^3:/).first().waitFor()
    await context.close()
  })

  it('has pages that fit and can be read, with calls in them, in light and in dark [MODELS-CONSOLE-08]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop', 'light')
    const found: string[] = []
    for (const path of [
      '/models',
      '/models/routes?model=large',
      '/models/routes?view=text',
      '/models/routes?add=provider',
      '/models/playground?a=large&b=frail',
      '/models/usage?by=tenant&range=day',
      '/models/calls',
      '/models/calls?text=nothing-has-this&from=1750000000000',
    ]) {
      await page.goto(address + path)
      await pageIsReady(page)
      found.push(...(await problemsOf(page, path)))
    }
    expectNone(found, 'what is wrong')
    expectNone(problems, 'console errors')
    await context.close()
  })
})
