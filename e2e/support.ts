import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Debian's Chromium, or the one that `CHROMIUM` names; null where there is none, and then these tests cannot run. */
export const chromiumPath =
  [process.env['CHROMIUM'], '/usr/bin/chromium', '/usr/bin/chromium-browser'].find(
    (path) => path !== undefined && existsSync(path),
  ) ?? null

export interface TestServer {
  address: string
  stop(): Promise<void>
}

/**
 * The whole product on a free port with an empty data folder: `heavylift serve`, with a small sample catalog. `options`
 * are further environment variables.
 */
export async function startProduct(options: Record<string, string> = {}): Promise<TestServer> {
  const home = mkdtempSync(join(tmpdir(), 'heavylift-e2e-'))
  const child = spawn(process.execPath, [join(root, 'apps/cli/src/main.ts'), 'serve'], {
    env: {
      ...process.env,
      HEAVYLIFT_HOME: home,
      HEAVYLIFT_SERVER_PORT: '0',
      HEAVYLIFT_SHOP_SAMPLE_PRODUCTS: '1500',
      HEAVYLIFT_SHOP_PILL_PRODUCTS: '20',
      // Only the tests of live look at its matches; the others would share the machine with them.
      HEAVYLIFT_LIVE_DEMO: 'false',
      ...options,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      const found = /(http:\/\/127\.0\.0\.1:\d+)/.exec(output)
      if (found?.[1]) resolve(found[1])
    })
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}:\n${output}`)))
  })
  await waitFor('the sample catalog', async () => {
    const answer = (await (await fetch(`${address}/api/shop/products?limit=1`)).json()) as { total?: number }
    return (answer.total ?? 0) > 0
  })
  return {
    address,
    async stop() {
      child.kill('SIGTERM')
      await ended
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Resolves when `isThere` does; rejects after two minutes, saying what was waited for. */
export async function waitFor(what: string, isThere: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 120_000
  while (Date.now() < until) {
    if (await isThere().catch(() => false)) return
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  throw new Error(`Waited two minutes for ${what}.`)
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath ?? '',
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
}

export const screens = {
  desktop: { width: 1440, height: 900 },
  phone: { width: 390, height: 844 },
}

/** A new device: its own storage. Console errors and exceptions of its pages are collected. */
export async function openDevice(
  browser: Browser,
  screen: keyof typeof screens,
  theme: 'dark' | 'light' = 'light',
): Promise<{ context: BrowserContext; page: Page; problems: string[] }> {
  const context = await browser.newContext({
    viewport: screens[screen],
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  await context.addInitScript((name) => localStorage.setItem('heavylift.theme', name), theme)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => problems.push(`${page.url()}: ${error.message}`))
  return { context, page, problems }
}

/** Elements that stick out of the page at the right. */
export function overflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return []
    return [...document.querySelectorAll('*')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`)
  })
}

/** Serious and critical violations that axe finds, shadow roots included. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(async () => {
    // In the page, where the source above has put it.
    const inPage = globalThis as unknown as { axe: { run: typeof axe.run } }
    const { violations } = await inPage.axe.run({ resultTypes: ['violations'] })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 160))
            .join(' | ')}`,
      )
  })
}

/** First contentful paint in ms, for the record; null when the browser has not painted. */
export function firstPaintMs(page: Page): Promise<number | null> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null)
}

export function expectNone(found: string[], what: string): void {
  expect(found, what).toEqual([])
}
