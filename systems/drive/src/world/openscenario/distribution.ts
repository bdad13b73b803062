import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  numberAttribute,
  onlyChild,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import { ReadingNotes } from './reading-notes.ts'
import { openScenarioTable } from './schema/openscenario-table.ts'
import { plainName } from './parameters.ts'
import { parseStochastic } from './stochastic.ts'

/** What a `<ParameterValueDistribution>` file asks for. */
export interface Distribution {
  /** Path as the file gives it. */
  scenarioFile: string
  /** How many combinations there are. */
  count: number
  /** The combination at an index from 0; the last axis of the file turns fastest. */
  at(index: number): Map<string, string>
}

type Choice = [name: string, value: string][]

/** Values of a range with both limits, by steps; the last is never above the upper limit. */
function rangeValues(range: XmlElement): string[] {
  const step = numberAttribute(range, 'stepWidth')
  const limits = requiredChild(range, 'Range')
  const low = numberAttribute(limits, 'lowerLimit')
  const high = numberAttribute(limits, 'upperLimit')
  if (step <= 0 || high < low) throw schemaError(range, 'needs a positive stepWidth and limits in order')
  const count = Math.floor((high - low) / step + 1e-9) + 1
  return Array.from({ length: count }, (_, index) => String(Number((low + index * step).toPrecision(12))))
}

function axis(element: XmlElement): Choice[] {
  if (element.name === 'DeterministicMultiParameterDistribution') {
    const sets = childrenOf(requiredChild(element, 'ValueSetDistribution'), 'ParameterValueSet')
    return sets.map((set) =>
      childrenOf(set, 'ParameterAssignment').map((assignment) => [
        plainName(attribute(assignment, 'parameterRef')),
        attribute(assignment, 'value'),
      ]),
    )
  }
  if (element.name !== 'DeterministicSingleParameterDistribution')
    throw schemaError(element, 'is not supported')
  const name = plainName(attribute(element, 'parameterName'))
  const values = onlyChild(element)
  if (values.name === 'DistributionRange') return rangeValues(values).map((value) => [[name, value]])
  if (values.name !== 'DistributionSet') throw schemaError(values, 'is not supported')
  return childrenOf(values, 'Element').map((value) => [[name, attribute(value, 'value')]])
}

/** Null where the file holds no distribution. Throws `drive-file-invalid`. */
export function parseDistribution(root: XmlElement): Distribution | null {
  const distribution = optionalChild(root, 'ParameterValueDistribution')
  if (!distribution) return null
  new ReadingNotes().take(openScenarioTable.check(root))
  const scenarioFile = attribute(requiredChild(distribution, 'ScenarioFile'), 'filepath')
  const stochastic = optionalChild(distribution, 'Stochastic')
  if (stochastic) return { scenarioFile, ...parseStochastic(stochastic) }
  const axes = requiredChild(distribution, 'Deterministic').children.map(axis)
  return {
    scenarioFile,
    count: axes.reduce((product, choices) => product * choices.length, 1),
    at(index) {
      const chosen: Choice = []
      let rest = index
      for (const choices of axes.toReversed()) {
        chosen.unshift(...(choices[rest % choices.length] ?? []))
        rest = Math.floor(rest / choices.length)
      }
      return new Map(chosen)
    },
  }
}
