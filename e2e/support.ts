import axe from 'axe-core'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect, inject } from 'vitest'

/** The browser of the whole run, in a connection of this file. */
export function connectBrowser(): Promise<Browser> {
  return chromium.connect(inject('browserAddress'))
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

/** Serious and critical violations that axe finds, shadow roots included; of colours only, if so asked. */
export async function seriousViolations(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(
    async (rules) => {
      // In the page, where the source above has put it.
      const inPage = globalThis as unknown as { axe: { run: typeof axe.run } }
      const { violations } = await inPage.axe.run({
        resultTypes: ['violations'],
        ...(rules === null ? {} : { runOnly: { type: 'rule', values: rules } }),
      })
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map((node) => node.html.slice(0, 160))
              .join(' | ')}`,
        )
    },
    rules === 'colours' ? ['color-contrast', 'link-in-text-block'] : null,
  )
}

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Everything that axe finds against WCAG 2.2 AA and good practice, of whatever weight; of colours only, if so asked. Each as one line:
 * the rule and the first elements.
 */
export async function barriers(page: Page, rules: 'all' | 'colours' = 'all'): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(
    async (runOnly) => {
      // In the page, where the source above has put it.
      const inPage = globalThis as unknown as { axe: { run: typeof axe.run } }
      const { violations } = await inPage.axe.run({ resultTypes: ['violations'], runOnly })
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 160))
            .join(' | ')}`,
      )
    },
    rules === 'colours'
      ? { type: 'rule' as const, values: ['color-contrast', 'link-in-text-block'] }
      : { type: 'tag' as const, values: [...wcag22aa, 'best-practice'] },
  )
}

/** Switches the theme as a person does. */
export async function switchTheme(page: Page, to: 'dark' | 'light'): Promise<void> {
  await page.getByRole('button', { name: `Switch to the ${to} theme` }).click()
  await page.waitForFunction((theme) => document.documentElement.dataset['theme'] === theme, to)
}

/** A console page is there: its heading, what it waits for, its charts. */
export async function pageIsReady(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.waitForFunction(
    () =>
      document.querySelector('.hl-skeleton') === null &&
      [...document.querySelectorAll('.hl-plot')].every((plot) => plot.querySelector('svg') !== null),
  )
}

/**
 * Expects of a console page that is open in light that it fits and can be read; with `alsoDark` in dark too, to which it is
 * switched as a person switches it. What stands where does not depend on the theme, so colours alone are looked at again.
 */
export async function expectReadable(page: Page, path: string, alsoDark: boolean): Promise<void> {
  expectNone(await overflow(page), `overflow on ${path}`)
  expectNone(await seriousViolations(page), `axe on ${path}`)
  if (!alsoDark) return
  await switchTheme(page, 'dark')
  expectNone(await seriousViolations(page, 'colours'), `axe in dark on ${path}`)
  await switchTheme(page, 'light')
}

/** First contentful paint in ms, for the record; null when the browser has not painted. */
export function firstPaintMs(page: Page): Promise<number | null> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null)
}

export function expectNone(found: string[], what: string): void {
  expect(found, what).toEqual([])
}
