import { sum } from '@heavylift/core/math'
import { designPoint } from './sampling/design.ts'
import type { BuiltInScenario, ScenarioParameter } from './library/built-in-scenario.ts'
import { builtInScenarios } from './built-in-scenarios.ts'
import { exposureOf } from './exposure.ts'
import type { ScenarioCase } from './scenario-case.ts'
import type { SuiteOptions, SuitePart } from './suite-part.ts'

/** A suite over all built-in scenarios. */
export interface LibrarySuite {
  summary: string
  /** Cases without `n`. */
  cases: number
  /** `even`: as many of each scenario. `exposure`: by the square root of how often its class is met, so that rare ones are tested too. */
  share: 'even' | 'exposure'
  /** Whether each scenario begins with its usual values. */
  hasUsual: boolean
}

export const librarySuites: Record<string, LibrarySuite> = {
  smoke: {
    summary: 'Each scenario with its usual values: seconds.',
    cases: 0,
    share: 'even',
    hasUsual: true,
  },
  'built-in': {
    summary: 'Each scenario with its usual values and a few dozen others over its ranges.',
    cases: 500,
    share: 'even',
    hasUsual: true,
  },
  full: {
    summary: 'A hundred thousand cases over all ranges (Latin hypercube), more of what is met more often.',
    cases: 100_000,
    share: 'exposure',
    hasUsual: false,
  },
}

/** Parts of a library's suite, a scenario each. Values are uniform over their ranges; weights are 1. */
export function libraryParts(
  suite: LibrarySuite,
  { n = suite.cases, seed = 1, least }: SuiteOptions,
): SuitePart[] {
  const weights = builtInScenarios.map(({ scenarioClass }) =>
    suite.share === 'even' ? 1 : Math.sqrt(exposureOf(scenarioClass)),
  )
  const shares = sharesWithLeast(weights, leastOf(least), n)
  let soFar = 0
  let given = 0
  return builtInScenarios.map((scenario, index) => {
    soFar += shares[index] as number
    const upTo = index === builtInScenarios.length - 1 ? n : Math.round(n * soFar)
    const drawn = Math.max(suite.hasUsual ? 1 : 0, upTo - given)
    given = upTo
    return libraryPart(scenario, drawn, seed, suite.hasUsual)
  })
}

/** Cases that each scenario should have at least: its class's, shared with the other scenarios of the class. */
function leastOf(least: SuiteOptions['least']): number[] {
  if (least === undefined) return builtInScenarios.map(() => 0)
  const sizes = new Map<string, number>()
  for (const { scenarioClass } of builtInScenarios)
    sizes.set(scenarioClass, (sizes.get(scenarioClass) ?? 0) + 1)
  return builtInScenarios.map(({ scenarioClass }) =>
    Math.ceil((least.byClass[scenarioClass] ?? least.any) / sizes.get(scenarioClass)!),
  )
}

/** Shares of `n` cases by weight, none below its least; where there are too few for that, by what is wanted. Sum 1. */
function sharesWithLeast(weights: readonly number[], least: readonly number[], n: number): number[] {
  const wanted = sum(least)
  if (wanted > 0 && wanted >= n) return least.map((cases) => cases / wanted)
  // Who is below its least by weight gets that, and the others share what is left; again, until nobody is.
  const isHeld = weights.map(() => false)
  for (;;) {
    const left = n - sum(least.filter((_, index) => isHeld[index]))
    const total = sum(weights.filter((_, index) => !isHeld[index]))
    const cases = weights.map((weight, index) =>
      isHeld[index] ? (least[index] as number) : (left * weight) / total,
    )
    const short = cases.findIndex((value, index) => !isHeld[index] && value < (least[index] as number))
    if (short < 0) return cases.map((value) => (n === 0 ? 1 / weights.length : value / n))
    isHeld[short] = true
  }
}

function libraryPart(scenario: BuiltInScenario, count: number, seed: number, hasUsual: boolean): SuitePart {
  const { name, scenarioClass, parameters } = scenario
  const drawn = hasUsual ? count - 1 : count
  return {
    count,
    at(index): ScenarioCase {
      const isUsual = hasUsual && index === 0
      const values: Record<string, number> = {}
      if (!isUsual) {
        const point = designPoint('latin', index - (hasUsual ? 1 : 0), drawn, parameters.length, seed)
        for (const [axis, parameter] of parameters.entries())
          values[parameter.name] = parameterAt(parameter, point[axis] as number)
      }
      return {
        id: `${name}/${index}`,
        scenarioClass,
        source: { kind: 'builtIn', name },
        parameters: values,
        seed: seed * 1_000_003 + index,
        weight: 1,
      }
    },
  }
}

/** The value of a parameter at a share of its range; on its grid where it has one, all of its values equally likely. */
export function parameterAt({ min, max, step }: ScenarioParameter, u: number): number {
  if (step === undefined) return min + (max - min) * u
  const steps = Math.round((max - min) / step)
  return min + step * Math.min(Math.floor(u * (steps + 1)), steps)
}
