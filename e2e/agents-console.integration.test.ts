import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import type { Browser } from 'playwright-core'
import { chromiumPath } from './product.ts'
import {
  barriers,
  connectBrowser,
  expectNone,
  openDevice,
  overflow,
  pageIsReady,
  problemsOf,
} from './support.ts'

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('the console of agents', () => {
  const address = inject('productAddress')
  let browser: Browser
  beforeAll(async () => {
    browser = await connectBrowser()
  })
  afterAll(async () => {
    await browser?.close()
  })

  it('makes an agent out of a template: a step added, connected by dragging, tried, undone, published [AGENTS-CONSOLE-01]', async () => {
    const { page, context, problems } = await openDevice(browser, 'desktop')
    const name = `recon-${Date.now().toString(36)}`
    await page.goto(`${address}/agents/templates`)
    await page.getByRole('button', { name: /Reconciliation/ }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill(name)
    await page.getByRole('button', { name: 'Open in the studio' }).click()
    await page.getByRole('heading', { level: 1, name: 'Reconciliation' }).waitFor()
    await page.getByRole('button', { name: 'Run the draft' }).click()
    await page.getByRole('region', { name: 'What it made' }).getByText('R-1003').waitFor()
    await page.locator('.react-flow__node[data-id="report"]').click()
    await page.getByRole('button', { name: /Add step/ }).click()
    await page.getByLabel('Search kinds of steps and tools').fill('approv')
    await page.keyboard.press('Enter')
    await page.getByText('Saved · revision 1').waitFor()
    const handle = (step: string, which: string) =>
      page.locator(`.react-flow__node[data-id="${step}"] .react-flow__handle${which}`)
    await handle('strangers', '[data-handleid="then"]').hover()
    await page.mouse.down()
    await handle('approve', '.target').hover()
    await page.mouse.up()
    await page.getByText('Saved · revision 2').waitFor()
    await page.getByLabel('Question').fill('Pay ${steps.reprt.output.paid}?')
    await page
      .getByText(/Did you mean “report”/)
      .first()
      .waitFor()
    expectNone(await problemsOf(page, 'the studio'), 'what is wrong')
    for (const revision of [4, 5, 6]) {
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText(`Saved · revision ${revision}`).waitFor()
    }
    expect(await page.locator('.react-flow__node[data-id="approve"]').count()).toBe(0)
    await page.getByText('Text', { exact: true }).click()
    await page.locator('.cm-content').getByText('# Money that came in').waitFor()
    await page.getByText('Canvas', { exact: true }).click()
    await page.getByRole('button', { name: /^Publish/ }).click()
    await page.getByRole('button', { name: 'Publish version 1' }).click()
    await page.getByText('Version 1 is live').waitFor()
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('shows a run that waits, takes its answer and goes on [AGENTS-CONSOLE-02]', async () => {
    const { page, context, problems } = await openDevice(browser, 'phone', 'dark')
    const { runId } = (await (
      await fetch(`${address}/api/agents/agents/intake/runs`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          input: { title: 'Odd', text: 'Something that no team is known for', from: 'me', needBy: 'soon' },
        }),
      })
    ).json()) as { runId: string }
    await page.goto(`${address}/agents/runs/${runId}`)
    await pageIsReady(page)
    await page.getByText('Take the request “Odd” of me?').waitFor()
    expectNone(await overflow(page), 'what sticks out')
    expectNone(await barriers(page), 'barriers')
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByText('It came to its end; this never changes.').waitFor()
    expect(await page.locator('.react-flow__edge').count()).toBeGreaterThan(0)
    expectNone(problems, 'console errors')
    await context.close()
  })

  it('loads the canvas on its own pages only [AGENTS-CONSOLE-03]', async () => {
    const { page, context } = await openDevice(browser, 'desktop')
    const scripts: Promise<string>[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) scripts.push(response.text())
    })
    await page.goto(`${address}/`)
    await pageIsReady(page)
    const texts = await Promise.all(scripts)
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.filter((text) => text.includes('react-flow__')).length).toBe(0)
    await context.close()
  })
})
