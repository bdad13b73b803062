// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Velocity from '../../console/velocity/velocity.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

const delivery = {
  deployments: 36,
  weeks: 12,
  deploymentsPerWeek: 3,
  leadHours: 40,
  changeFailRate: 0.125,
  reworkRate: null,
  recoveryHours: null,
  batchCommits: 6,
}
const shown = {
  repository: 'loans',
  adoptedAtMs: Date.parse('2026-03-01'),
  controls: ['parcels'],
  before: delivery,
  after: { ...delivery, weeks: 20, deploymentsPerWeek: 6 },
  own: { ratio: 2, low: 1.5, high: 2.7 },
  against: { ratio: 1.9, low: 1.3, high: 2.8 },
  controlRatio: 1.05,
  verdict: 'faster' as const,
  withheld: [] as string[],
  weeks: [{ atMs: Date.parse('2026-03-01'), count: 3, control: 4, isAfter: true }],
}

async function pageOf(
  change: Partial<typeof shown> | { own: null; verdict: 'too little'; withheld: string[] },
) {
  const server = fakeServer('/api/spec', routesFrom(routeGroups))
  server.answer('get', '/velocity', {
    repositories: [
      { name: 'loans', deployments: 156, adoptedAtMs: shown.adoptedAtMs, isSample: true },
      { name: 'parcels', deployments: 200, adoptedAtMs: null, isSample: true },
    ],
    shown: { ...shown, ...change },
    least: { weeks: 8, deployments: 10 },
    placebo: { dates: 120, faster: 3, slower: 1 },
  })
  const page = await renderPage(Velocity, { path: '/spec/velocity', at: '/spec/velocity', servers: [server] })
  await page.findByText('How often this figure is wrong')
  expect(server.problems).toEqual([])
  return page
}

test('shows the ratio with its interval beside the controls, what failed and how large deployments were [SPEC-VELOCITY-03]', async () => {
  const page = await pageOf({})
  const text = page.container.textContent
  expect(text).toContain('2.00×95 % interval 1.50× to 2.70×')
  expect(text).toContain('1.90×95 % interval 1.30× to 2.80×')
  expect(text).toContain('1.05×parcels')
  expect(text).toMatch(/Of 120 dates at random, “faster” was said of 2\.5/)
  expect(page.getByRole('table', { name: 'Before and since' }).textContent).toContain('not known')
})

test('shows no ratio where there is too little, and says why [SPEC-VELOCITY-03]', async () => {
  const why = 'There are 5 whole weeks since; 8 are needed.'
  const page = await pageOf({ own: null, verdict: 'too little', withheld: [why] })
  expect(page.getByText('Too little to say')).toBeTruthy()
  expect(page.getByText(why)).toBeTruthy()
  expect(page.container.textContent).not.toContain('95 % interval')
})
