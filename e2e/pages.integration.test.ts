import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest'
import type { Browser } from 'playwright-core'
import { chromiumPath } from './product.ts'
import { connectBrowser, expectNone, firstPaintMs, openDevice, pageIsReady, problemsOf } from './support.ts'

interface Listed {
  systems: { name: string; title: string; pages: { path: string; title: string }[] }[]
}

// Needs a Chromium: `apt-get install chromium`, or CHROMIUM=/path.
describe.skipIf(chromiumPath === null)('every page of every system', () => {
  const address = inject('productAddress')
  let browser: Browser
  /** By system; pages that no list names (one product, one decision) are with the system they belong to. */
  const walks = new Map<string, string[]>()

  const json = async <T>(path: string): Promise<T> => (await (await fetch(address + path)).json()) as T

  beforeAll(async () => {
    browser = await connectBrowser()
    const asked = await fetch(`${address}/api/shop/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Red football boots for a child' }),
    })
    const conversationId = asked.headers.get('x-heavylift-conversation') ?? ''
    await asked.text()
    const { decisions } = await json<{ decisions: { page: string }[] }>(
      '/api/heavylift/ledger/decisions?limit=1',
    )
    walks.set('the console', [
      '/',
      '/ledger',
      decisions[0]?.page ?? '',
      '/experiments',
      '/settings',
      '/nothing-here',
    ])
    const { systems } = await json<Listed>('/api/heavylift/systems')
    for (const { name, pages } of systems) {
      walks.set(
        name,
        pages.map(({ path }) => (path === '/' ? `/${name}` : `/${name}${path}`)),
      )
    }
    walks.get('agents')?.push('/agents/studio/alert-triage', '/agents/runs/sample-alert-triage-1')
    // The samples are made beside the start.
    await vi.waitFor(
      async () => {
        const { repositories } = await json<{ repositories: { id: string }[] }>('/api/spec/repositories')
        expect(repositories.map(({ id }) => id)).toContain('library-loans')
      },
      { timeout: 60_000, interval: 500 },
    )
    walks.get('spec')?.push('/spec/studio/library-loans')
    walks.get('shop')?.push('/shop/catalog/football-boots-1', `/shop/conversations/${conversationId}`)
  })
  afterAll(async () => {
    await browser?.close()
  })

  it.each([
    'the console',
    'shop',
    'live',
    'address',
    'spec',
    'drive',
    'robots',
    'ready',
    'models',
    'agents',
    'jobs',
    'fleet',
  ])(
    'can be read by everybody, fits, and has a name of its own: %s [CONSOLE-AXE-01] [CONSOLE-AXE-02]',
    async (name) => {
      const { page, context, problems } = await openDevice(browser, 'desktop', 'light')
      const found: string[] = []
      const paints: string[] = []
      const titles = new Map<string, string>()
      for (const path of walks.get(name) ?? []) {
        await page.goto(address + path)
        await pageIsReady(page)
        paints.push(`${path} ${Math.round((await firstPaintMs(page)) ?? 0)}`)
        const title = await page.title()
        if (titles.has(title)) found.push(`${path} is called “${title}” like ${titles.get(title)}`)
        titles.set(title, path)
        found.push(...(await problemsOf(page, path)))
      }
      process.stdout.write(`First content in ms: ${paints.join(', ')}\n`)
      expectNone(found, 'what is wrong')
      expectNone(problems, 'console errors')
      await context.close()
    },
    180_000,
  )

  it('walks all that the server lists', async () => {
    const { systems } = await json<Listed>('/api/heavylift/systems')
    expect(systems.map(({ name }) => name).toSorted()).toEqual([
      'address',
      'agents',
      'drive',
      'fleet',
      'jobs',
      'live',
      'models',
      'ready',
      'robots',
      'shop',
      'spec',
    ])
  })
})
