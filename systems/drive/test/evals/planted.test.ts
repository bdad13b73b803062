import { expect, test } from 'vitest'
import { findingOf, outcomesOf, specOf } from '../../src/evals/planted/planted.ts'
import { closedLoopCases } from '../../src/evals/closed-loop/closed-loop.ts'
import { versionNamed } from '../../src/driver/versions/versions.ts'

const tools = { signal: new AbortController().signal, report: () => undefined, stage: '' }

test('a planted fault is found where it matters, and a neutral change is not [DRIVE-CLEAR-16]', async () => {
  const cases = closedLoopCases(400, 5)
    .filter(({ scenarioClass }) => scenarioClass === 'stop-sign')
    .slice(0, 8)
  expect(cases).toHaveLength(8)
  const before = await outcomesOf(cases, versionNamed('pdm').spec, tools)
  const same = await outcomesOf(cases, specOf('same'), tools)
  expect(same).toEqual(before)
  const without = await outcomesOf(cases, specOf('no-stop-signs'), tools)
  expect(findingOf('no-stop-signs', before, without)).toMatchObject({ isFound: true, mended: 0 })
  expect(findingOf('same', before, same)).toMatchObject({ isFound: false, broken: 0 })
})

test('runs that another ended are no evidence in a comparison [DRIVE-CLEAR-16]', () => {
  const before = ['passed', 'passed', 'struck', 'failed'] as const
  const now = ['failed', 'struck', 'failed', 'passed'] as const
  expect(findingOf('same', before, now)).toMatchObject({ broken: 1, mended: 1, isFound: false })
})
