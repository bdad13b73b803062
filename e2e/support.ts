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

const wcag22aa = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const ofColours = ['color-contrast', 'link-in-text-block']

/**
 * What axe finds against WCAG 2.2 AA and good practice, of whatever weight, shadow roots included: each as one line, the rule and the
 * first elements. Of colours alone, or of all but colours, if so asked.
 */
export async function barriers(
  page: Page,
  rules: 'all' | 'colours' | 'all but colours' = 'all',
): Promise<string[]> {
  await page.evaluate(axe.source)
  return page.evaluate(
    async ([options]) => {
      // In the page, where the source above has put it.
      const inPage = globalThis as unknown as { axe: { run: typeof axe.run } }
      const { violations } = await inPage.axe.run({ resultTypes: ['violations'], ...options })
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map((node) => node.html.slice(0, 160))
            .join(' | ')}`,
      )
    },
    [
      rules === 'colours'
        ? { runOnly: { type: 'rule' as const, values: ofColours } }
        : {
            runOnly: { type: 'tag' as const, values: [...wcag22aa, 'best-practice'] },
            ...(rules === 'all'
              ? {}
              : { rules: Object.fromEntries(ofColours.map((id) => [id, { enabled: false }])) }),
          },
    ],
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
 * What is wrong with a page that is open in light on a desktop, as lines with `what` it is: barriers and what sticks out at both
 * widths, and its colours in both themes. What stands where does not depend on the theme, nor do colours on the width, so each is
 * looked at once. `toTheme` switches as a person does.
 */
export async function problemsOf(
  page: Page,
  what: string,
  toTheme: (page: Page, theme: 'dark' | 'light') => Promise<void> = switchTheme,
): Promise<string[]> {
  const found: string[] = []
  const note = (kind: string, lines: string[]) =>
    found.push(...lines.map((line) => `${what}: ${kind}: ${line}`))
  note('sticks out', await overflow(page))
  note('barrier', await barriers(page))
  await toTheme(page, 'dark')
  note('barrier in dark', await barriers(page, 'colours'))
  await toTheme(page, 'light')
  await page.setViewportSize(screens.phone)
  // Rail and charts are laid out anew.
  await page.waitForTimeout(150)
  note('sticks out of a phone', await overflow(page))
  note('barrier on a phone', await barriers(page, 'all but colours'))
  await page.setViewportSize(screens.desktop)
  return found
}

/** First contentful paint in ms, for the record; null when the browser has not painted. */
export function firstPaintMs(page: Page): Promise<number | null> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null)
}

export function expectNone(found: string[], what: string): void {
  expect(found, what).toEqual([])
}
