import { expect, test } from 'vitest'
import { casesWanted, leastCases, planCases, planInWords } from '../../src/clearance/plan-cases.ts'
import { parseLimits } from '../../src/clearance/report/clearance-plan.ts'
import { expandSuite } from '../../src/clearance/suites/suite.ts'

const limits = parseLimits('')

test('a plan says which classes cannot reach a verdict, and how many cases would do [DRIVE-CLEAR-15]', async () => {
  const few = planCases(await expandSuite('built-in', { n: 500 }), limits)
  expect(few.short.length).toBeGreaterThan(0)
  expect(few.short.every(({ cases, wanted }) => cases < wanted && wanted === 59)).toBe(true)
  expect(planInWords(few)).toMatch(/even without a failure \(.* of 59\)\. --cases \d+ would do\./)
  const enough = planCases(await expandSuite('built-in', { n: few.casesWanted! }), limits)
  expect(enough.short).toEqual([])
  expect(planInWords(enough)).toMatch(/each can reach its verdict/)
})

test('a suite by exposure gives each class the cases that its limits want, and loses none [DRIVE-CLEAR-15]', async () => {
  const rare = parseLimits('0.05,red-light-runner=0.01')
  expect(casesWanted(rare, 'red-light-runner')).toBe(299)
  const without = planCases(await expandSuite('full', { n: 4000 }), rare)
  expect(without.short.map(({ scenarioClass }) => scenarioClass)).toContain('red-light-runner')
  const suite = await expandSuite('full', { n: 4000, least: leastCases(rare) })
  expect(suite.count).toBe(4000)
  expect(planCases(suite, rare).short).toEqual([])
})
