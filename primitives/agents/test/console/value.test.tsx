// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Value from '../../console/value/value.tsx'
import { formatHours } from '../../console/value/format-hours.ts'
import { routeGroups } from '../../src/routes/route-groups.ts'

test('time below an hour is said in minutes', async () => {
  expect([0, 1 / 15, -0.5, 1, 2.5, 1_234].map(formatHours)).toEqual([
    '0 min',
    '4 min',
    '-30 min',
    '1 h',
    '2.5 h',
    '1,234 h',
  ])
  const server = fakeServer('/api/agents', routesFrom(routeGroups))
  const figure = {
    estimate: 1 / 15,
    low: 1 / 15,
    high: 1 / 15,
    grade: 'claimed' as const,
    next: 'Measure 30 cases.',
  }
  server.answer('get', '/value', {
    days: 30,
    agents: [
      {
        agent: 'sorting',
        runs: 1,
        costMicros: 0,
        approvals: 0,
        outcomes: 0,
        hours: figure,
        errorsAvoided: null,
        usd: null,
        baseline: null,
      },
    ],
  })
  const page = await renderPage(Value, { path: '/agents/value', at: '/agents/value', servers: [server] })
  // Of the sums and in the row.
  expect(await page.findAllByText('4 min')).toHaveLength(2)
})
