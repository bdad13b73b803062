// @vitest-environment happy-dom
import type { Tile } from '@heavylift/core'
import { renderPage } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Home from '../src/pages/home/home.tsx'
import { needsPerson } from '../src/pages/home/attention.ts'
import { consoleServer, decisionRow, systems } from './support/console-server.ts'

const tile = (change: Partial<Tile> = {}): Tile => ({
  state: 'running',
  headline: '1,500 products are live.',
  number: { label: 'Half of answers took less than', value: 400, unit: 'ms', goal: { atMost: 1000 } },
  decisionsToday: 12,
  ...change,
})

test('shows every system with its number against the goal and what was decided last [CONSOLE-HOME-02]', async () => {
  const server = consoleServer()
  server.stream('/tiles', [{ event: 'tile', data: { system: 'shop', tile: tile() } }])
  server.answer('get', '/ledger/decisions', { decisions: [decisionRow()], next: null })
  const page = await renderPage(Home, { servers: [server] })
  const shop = await page.findByRole('article', { name: 'Shop' })
  await page.findByText('1,500 products are live.')
  expect(shop.textContent).toContain('met, goal: at most 1,000 ms')
  expect(page.getByRole('article', { name: 'Live' }).textContent).toContain('Failed')
  await page.findByText('intent search, products 2')
  expect(page.getByText('2 of 3 run')).toBeTruthy()
  expect(page.queryByText(/Begin here/)).toBeNull()
  await page.user.click(page.getByText('intent search, products 2'))
  expect(page.address()).toBe('/ledger/decisions/dec_1')
  expect(server.problems).toEqual([])
})

test('says what to begin with while nothing has been decided', async () => {
  const server = consoleServer()
  server.stream('/tiles', [{ event: 'tile', data: { system: 'shop', tile: tile({ decisionsToday: 0 }) } }])
  const page = await renderPage(Home, { servers: [server] })
  const line = await page.findByText(/Begin here/)
  expect(line.querySelector('a')?.getAttribute('href')).toBe('/store/')
})

test('says a number without a unit as it is', () => {
  const drifting = tile({ number: { label: 'Drifts', value: 2, unit: '', goal: { atMost: 0 } } })
  expect(needsPerson(systems, { shop: drifting }).map(({ text }) => text)).toContain(
    'Shop: Drifts 2, goal: at most 0',
  )
})

test('says first what does not run, then what misses its goal, and nothing of what is well', () => {
  const slow = tile({ number: { label: 'Errors', value: 3, unit: '%', goal: { atMost: 1 } } })
  const needs = needsPerson(systems, {
    shop: slow,
    models: tile({ needs: [{ text: '2 calls were refused', to: '/models/calls' }] }),
    live: tile({ headline: 'The feed broke.' }),
  })
  expect(needs.map(({ text, to }) => [text, to])).toEqual([
    ['Live: The feed broke.', '/live'],
    ['Models: 2 calls were refused', '/models/calls'],
    ['Shop: Errors 3 %, goal: at most 1 %', '/shop/catalog'],
  ])
})
