// @vitest-environment happy-dom
import { renderPage } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Decision from '../src/pages/ledger/decision.tsx'
import Ledger from '../src/pages/ledger/ledger.tsx'
import { consoleServer, decisionRow } from './support/console-server.ts'

function ledgerServer() {
  const server = consoleServer()
  const rows = [
    decisionRow(),
    decisionRow({ id: 'dec_2', system: 'live', kind: 'nfl.blitz', output: { headline: 'A blitz comes' } }),
  ]
  server.answer('get', '/ledger/decisions', ({ query }) => ({
    decisions: rows.filter(({ system }) => !query['system'] || system === query['system']),
    next: null,
  }))
  server.answer('get', '/ledger/decisions/:decisionId', ({ params }) =>
    decisionRow({
      id: params['decisionId'] ?? '',
      outcomes: [{ kind: 'correct', value: 1, atMs: Date.parse('2026-05-04T13:00:00Z') }],
    }),
  )
  server.answer('get', '/ledger/facets', {
    facets: [
      { system: 'shop', kind: 'answer', version: 'shop@1', count: 1, lastRecordedAtMs: 2 },
      { system: 'live', kind: 'nfl.blitz', version: 'blitz@1', count: 1, lastRecordedAtMs: 1 },
    ],
  })
  return server
}

test('shows the decisions of all systems, and of one when asked [CONSOLE-LEDGER-02]', async () => {
  const server = ledgerServer()
  const page = await renderPage(Ledger, { at: '/ledger', servers: [server] })
  await page.findByText('intent search, products 2')
  expect(page.getByText('A blitz comes')).toBeTruthy()
  await page.findByRole('option', { name: 'Live (1)' })
  await page.user.selectOptions(page.getByLabelText('System'), 'live')
  await page.waitForGone('intent search, products 2')
  expect(page.address()).toBe('/ledger?system=live')
  expect(page.getByText('A blitz comes')).toBeTruthy()
  await page.user.selectOptions(page.getByLabelText('Recorded'), 'Last 7 days')
  await page.user.click(page.getByRole('button', { name: 'Clear filters' }))
  expect(page.address()).toBe('/ledger?range=7d')
  expect(server.problems).toEqual([])
})

test('opens what was known, decided and came of it beside the list, by a link too', async () => {
  const server = ledgerServer()
  const page = await renderPage(Ledger, { at: '/ledger?decision=dec_9', servers: [server] })
  const drawer = await page.findByRole('dialog', { name: 'Decision: answer' })
  expect(drawer.textContent).toContain('conversation/1')
  expect(drawer.textContent).toContain('correct: 1')
  expect(page.getByRole('link', { name: 'Open as a page' }).getAttribute('href')).toBe(
    '/ledger/decisions/dec_9',
  )
  await page.user.keyboard('{Escape}')
  expect(page.address()).toBe('/ledger')
})

test('shows one decision at an address of its own, and says so when there is none', async () => {
  const server = ledgerServer()
  const place = { path: '/ledger/decisions/$decisionId', at: '/ledger/decisions/dec_1', servers: [server] }
  const page = await renderPage(Decision, place)
  await page.findByRole('heading', { name: 'Decision: answer' })
  expect(document.title).toBe('Decision: answer · Heavylift')

  server.fail('get', '/ledger/decisions/:decisionId', {
    status: 404,
    code: 'decision-unknown',
    message: 'There is no such decision.',
  })
  const missing = await renderPage(Decision, place)
  await missing.findByText('There is no such decision.')
})
