import type { Random } from '@heavylift/core/math'
import { createRandom, sum } from '@heavylift/core/math'
import type { XmlElement } from '../xml/xml-element.ts'
import { plainName } from './parameters.ts'
import {
  attribute,
  childrenOf,
  numberAttribute,
  onlyChild,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'

/** Draws outside the range before it is said that the range holds next to nothing of the distribution. */
const mostDraws = 10_000

type Draw = (random: Random) => string

function limits(holder: XmlElement): [low: number, high: number] {
  const range = requiredChild(holder, 'Range')
  const low = numberAttribute(range, 'lowerLimit')
  const high = numberAttribute(range, 'upperLimit')
  if (high < low) throw schemaError(range, 'needs limits in order')
  return [low, high]
}

/** One of `items` by the share of its weight. */
function byWeight(items: XmlElement[], random: Random): XmlElement {
  const weights = items.map((item) => numberAttribute(item, 'weight'))
  let rest = random.next() * sum(weights)
  const found = items.find((_, index) => (rest -= weights[index] ?? 0) < 0)
  return found ?? (items.at(-1) as XmlElement)
}

/** Draws until one is inside the range, where there is one. */
function withinRange(distribution: XmlElement, draw: (random: Random) => number): Draw {
  const [low, high] = optionalChild(distribution, 'Range') ? limits(distribution) : [-Infinity, Infinity]
  return (random) => {
    for (let draws = 0; draws < mostDraws; draws++) {
      const value = draw(random)
      if (value >= low && value <= high) return String(value)
    }
    throw schemaError(distribution, 'has next to none of its values inside its range')
  }
}

/** Mean and variance, the latter not negative. */
function moments(distribution: XmlElement): [mean: number, variance: number] {
  const variance = numberAttribute(distribution, 'variance')
  if (variance < 0) throw schemaError(distribution, 'needs a variance that is not negative')
  return [numberAttribute(distribution, 'expectedValue'), variance]
}

function normal(distribution: XmlElement): Draw {
  const [mean, variance] = moments(distribution)
  const deviation = Math.sqrt(variance)
  return withinRange(distribution, (random) => mean + deviation * random.normal())
}

/** By the mean and variance of the values themselves, not of their logarithms. */
function logNormal(distribution: XmlElement): Draw {
  const [mean, variance] = moments(distribution)
  if (mean <= 0) throw schemaError(distribution, 'needs a positive expectedValue')
  const spread = Math.log(1 + variance / (mean * mean))
  const middle = Math.log(mean) - spread / 2
  return withinRange(distribution, (random) => Math.exp(middle + Math.sqrt(spread) * random.normal()))
}

/** More than any parameter means; a draw takes time in proportion. */
const mostEvents = 100_000

/** Counts of events. */
function poisson(distribution: XmlElement): Draw {
  const mean = numberAttribute(distribution, 'expectedValue')
  if (!(mean >= 0 && mean <= mostEvents))
    throw schemaError(distribution, `needs an expectedValue from 0 to ${mostEvents}`)
  return withinRange(distribution, (random) => random.poisson(mean))
}

function drawOf(distribution: XmlElement): Draw {
  switch (distribution.name) {
    case 'UniformDistribution': {
      const [low, high] = limits(distribution)
      return (random) => String(low + (high - low) * random.next())
    }
    case 'NormalDistribution':
      return normal(distribution)
    case 'LogNormalDistribution':
      return logNormal(distribution)
    case 'PoissonDistribution':
      return poisson(distribution)
    case 'ProbabilityDistributionSet': {
      const elements = childrenOf(distribution, 'Element')
      if (elements.length === 0) throw schemaError(distribution, 'needs an <Element>')
      return (random) => attribute(byWeight(elements, random), 'value')
    }
    case 'Histogram': {
      const bins = childrenOf(distribution, 'Bin')
      if (bins.length === 0) throw schemaError(distribution, 'needs a <Bin>')
      return (random) => {
        const [low, high] = limits(byWeight(bins, random))
        return String(low + (high - low) * random.next())
      }
    }
    default:
      throw schemaError(
        distribution,
        'is not supported; supported are UniformDistribution, NormalDistribution, LogNormalDistribution, PoissonDistribution, ProbabilityDistributionSet, Histogram',
      )
  }
}

/**
 * Test runs of a `<Stochastic>`. Run `index` depends on the file's seed, the index and the parameter's name alone, so that runs
 * can be made in any order and anywhere.
 */
export function parseStochastic(element: XmlElement): {
  count: number
  at(index: number): Map<string, string>
} {
  const seed = element.attributes.randomSeed ?? '0'
  const draws = childrenOf(element, 'StochasticDistribution').map((distribution) => ({
    name: plainName(attribute(distribution, 'parameterName')),
    draw: drawOf(onlyChild(distribution)),
  }))
  return {
    count: numberAttribute(element, 'numberOfTestRuns'),
    at: (index) =>
      new Map(draws.map(({ name, draw }) => [name, draw(createRandom(`${seed}/${index}/${name}`))])),
  }
}
