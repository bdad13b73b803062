import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

test('a plan for a suite that draws nothing asks for no number of cases [DRIVE-CLEAR-15]', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'plan-'))
  const entry = { scenario: 'cut-in', parameters: { egoSpeedMps: { values: [10, 20] } } }
  const suiteOf = async (more: object) => {
    const path = join(folder, 'suite.json')
    await writeFile(path, JSON.stringify({ suite: [{ ...entry, ...more }] }))
    return expandSuite(path)
  }
  const fixed = planInWords(planCases(await suiteOf({}), limits))
  expect(fixed).toMatch(/of 59\)\. The suite draws no more cases by itself: vary the parameters/)
  expect(fixed).not.toMatch(/--cases/)
  const drawn = await suiteOf({ sampling: { kind: 'random', n: 5, seed: 1 } })
  expect(planInWords(planCases(drawn, limits))).toMatch(/--cases 59 would do/)
  await rm(folder, { recursive: true })
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
