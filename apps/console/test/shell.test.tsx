// @vitest-environment happy-dom
import { Page } from '@heavylift/ui'
import { renderPage } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import { currentPage, currentSystem, listedSystems } from '../src/shell/navigation.ts'
import { hasWords, pageHits } from '../src/shell/palette-hits.ts'
import { Rail } from '../src/shell/rail.tsx'
import { Shell } from '../src/shell/shell.tsx'
import { consoleServer, systems } from './support/console-server.ts'

const rail = (at: string, isNarrow = false) =>
  renderPage(
    () => (
      <Rail
        systems={systems}
        version="1.0.0"
        recent={[{ to: '/ledger', title: 'Ledger', system: null }]}
        isNarrow={isNarrow}
      />
    ),
    { at },
  )

test('lists systems with their state, and the pages of the open one alone [CONSOLE-NAV-01]', async () => {
  const page = await rail('/shop/catalog')
  const names = page
    .getAllByRole('link')
    .map((link) => link.textContent)
    .filter((name) => !name?.startsWith('API'))
  expect(names).toEqual([
    'Heavylift',
    'Home',
    'Shop, running',
    'Catalog',
    'Import',
    'Live■ Failed',
    'Models, running',
    'Ledger',
    'Experiments',
    'Keys and settings',
    'Ledger',
  ])
  expect(page.getByRole('link', { name: 'Catalog' }).getAttribute('aria-current')).toBe('page')
})

test('shows icons with their names when it is narrow', async () => {
  const page = await rail('/live/insights', true)
  expect(page.getByRole('link', { name: /^Live/ }).getAttribute('title')).toBe('Live')
  expect(page.queryByText('Recent')).toBeNull()
})

test('knows the open system and the page of the rail that a deeper address belongs to', () => {
  const [shop, live] = listedSystems(systems)
  expect([shop?.name, live?.name]).toEqual(['shop', 'live'])
  expect(currentSystem(systems, '/live')?.name).toBe('live')
  expect(currentSystem(systems, '/livestock')).toBeNull()
  expect(shop && currentPage(shop, '/shop/catalog/lamp-1')).toBe('/shop/catalog')
  expect(live && currentPage(live, '/live/insights')).toBe('/live/insights')
  expect(live && currentPage(live, '/live')).toBe('/live')
})

test('leaves out what needs a database where there is none', async () => {
  const server = consoleServer()
  server.answer('get', '/systems', { ...server.sample('get', '/systems'), hasLedger: false, systems })
  const page = await renderPage(() => <Shell />, { at: '/settings', servers: [server] })
  await page.findByRole('link', { name: /^Models/ })
  await page.waitForGone('Ledger')
  expect(page.queryByText('Experiments')).toBeNull()
  expect(page.getAllByRole('link', { name: 'Keys and settings' }).length).toBeGreaterThan(0)
  expect(pageHits(systems, 'ledger', false)).toEqual([])
})

test('finds pages by words of title and system', () => {
  expect(pageHits(systems, 'live ins').map(({ to }) => to)).toEqual(['/live/insights'])
  expect(pageHits(systems, 'settings').map(({ to }) => to)).toEqual(['/settings'])
  expect(hasWords('Red football boots', 'boots red')).toBe(true)
})

test('leads everywhere by keys, and lists them [CONSOLE-KEYBOARD-01]', async () => {
  const server = consoleServer()
  const page = await renderPage(() => <Shell />, { at: '/settings', servers: [server] })
  await page.findByText('main')
  await page.user.keyboard('?')
  const sheet = await page.findByRole('dialog', { name: 'Keys' })
  expect(sheet.textContent).toContain('Go to the ledger')
  await page.user.keyboard('{Escape}')
  await page.waitForGone('Go to the ledger')
  await page.user.keyboard('/')
  const field = await page.findByRole('combobox', { name: 'Search' })
  await page.user.type(field, 'insights')
  const option = await page.findByRole('option', { name: /Insights/ })
  expect(field.getAttribute('aria-activedescendant')).toBe(option.id)
  await page.user.keyboard('{Enter}')
  expect(page.address()).toBe('/live/insights')
})

test('moves the focus to the heading of the page that one goes to', async () => {
  const page = await renderPage(() => <Page title="Settings">x</Page>, { at: '/settings' })
  await page.findByRole('heading', { name: 'Settings' })
  page.unmount()
  const next = await renderPage(() => <Page title="Ledger">x</Page>, { at: '/ledger' })
  await next.findByRole('heading', { name: 'Ledger' })
  expect(document.activeElement?.textContent).toBe('Ledger')
})
