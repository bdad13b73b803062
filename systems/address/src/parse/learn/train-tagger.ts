import { createRandom } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { makeAddress } from '../../../samples/make-addresses.ts'
import type { LabelledAddress } from '../../domain/labelled-address.ts'
import { addNoise } from '../../domain/noise.ts'
import type { Noise } from '../../domain/noise.ts'
import { Places } from '../places.ts'
import type { TaggerWeights } from '../tagger.ts'
import { ExampleMaker } from './examples.ts'
import { CrfTrainer } from './train-crf.ts'
import type { Rates } from './train-crf.ts'

export interface TrainingSet {
  addresses: readonly LabelledAddress[]
  /** Whether a label stands for all that are the same in the coarse space. */
  isCoarse: boolean
}

export interface TrainOptions {
  rounds: number
  /** Made addresses a round. */
  made: number
  /** How often each labelled address is learned from in a round, each time with other noise. */
  repeats: number
  seed: number
  rates: Rates
  /** Weights smaller than this are left out. */
  least: number
}

export const trainDefaults: TrainOptions = {
  rounds: 10,
  made: 20_000,
  repeats: 4,
  seed: 1,
  rates: { alpha: 0.15, beta: 1, l1: 0.5, l2: 0.05 },
  least: 0.02,
}

const noiseShares: readonly (readonly [Noise, number])[] = [
  ['none', 0.4],
  ['bare', 0.22],
  ['typo', 0.18],
  ['both', 0.2],
]

/** Learns a tagger from labelled addresses and made ones, both with noise. The same input gives the same weights. */
export function trainTagger(
  sets: readonly TrainingSet[],
  options: TrainOptions,
  { report, signal }: { report: ReportProgress; signal: AbortSignal },
): TaggerWeights {
  const random = createRandom(options.seed)
  const maker = new ExampleMaker(new Places())
  const trainer = new CrfTrainer(options.rates)
  const noise = () => {
    let roll = random.next()
    return noiseShares.find(([, share]) => (roll -= share) < 0)?.[0] ?? 'none'
  }
  const real = sets.flatMap(({ addresses, isCoarse }) =>
    addresses.flatMap((address) => Array.from({ length: options.repeats }, () => ({ address, isCoarse }))),
  )
  const size = real.length + options.made
  for (let round = 0; round < options.rounds; round++) {
    const order = random.sample([...real, ...Array.from({ length: options.made }, () => null)], size)
    for (const [at, one] of order.entries()) {
      if (at % 500 === 0) {
        signal.throwIfAborted()
        report({
          stage: 'learning',
          done: round * size + at,
          total: options.rounds * size,
          unit: 'addresses',
        })
      }
      const address = addNoise(one?.address ?? makeAddress(random), noise(), random)
      trainer.learn(maker.make(address, one?.isCoarse ?? false))
    }
  }
  return trainer.weights(options.least)
}
