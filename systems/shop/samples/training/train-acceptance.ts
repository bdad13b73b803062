import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Constraint } from '../../src/domain/constraints.ts'
import { emptyTally, metricsOf, score } from '../../src/evals/constraint-score.ts'
import {
  readShoppingBench,
  vocabularyOf,
  withoutVoucher,
  type StatedQuery,
} from '../../src/evals/shoppingbench.ts'
import { facetConstraints } from '../../src/understand/facets.ts'
import { featureNames } from '../../src/understand/features.ts'
import { acceptAbove, handSet, vector } from '../../src/understand/model.ts'
import { readQuery } from '../../src/understand/reading.ts'
import { compileVocabulary } from '../../src/understand/vocabulary.ts'
import { fitAcceptance, trainingSamples, type TrainingSample } from './acceptance-fit.ts'

/**
 * Fits the acceptance model of the query parser and writes its weights.
 *
 *   node systems/shop/samples/training/train-acceptance.ts --data DIR [--write]
 *
 * DIR holds ShoppingBench `product.jsonl`, `shop.jsonl`, `voucher.jsonl`. Prints five-fold cross-validated figures on the
 * product queries (each query scored by weights that never saw it), then fits on all and, with --write, replaces
 * `src/understand/weights.ts`. Only weights of generic features are kept: no word, value or facet name.
 */
const { values } = parseArgs({
  options: { data: { type: 'string' }, write: { type: 'boolean', default: false } },
})
if (values.data === undefined) throw new Error('Say where the ShoppingBench files are: --data DIR')

const productWeight = 2
/** Queries for several products at once say less surely which words go with which product. */
const multiWeight = 1
const pull = 3
const folds = 5

const [product = [], ...multi] = await Promise.all(
  ['product.jsonl', 'shop.jsonl', 'voucher.jsonl'].map((file) => readShoppingBench(values.data ?? '', file)),
)
const vocabulary = vocabularyOf([product, ...multi].flat().flatMap((task) => task.products))
const compiled = compileVocabulary(vocabulary)

const samplesOf = (tasks: readonly StatedQuery[], weight: number): TrainingSample[] =>
  tasks.flatMap(({ query, products }) =>
    trainingSamples(
      withoutVoucher(query),
      products.flatMap(({ facets }) => facets),
      vocabulary,
      weight,
    ),
  )

function parse(query: string, weights: Float64Array): Constraint[] {
  const reading = readQuery(query, vocabulary.currency)
  return [
    ...(reading.price === null ? [] : [reading.price.constraint]),
    ...reading.services.map(({ constraint }) => constraint).filter(({ text }) => text !== ''),
    ...facetConstraints(reading, compiled, weights).map(({ constraint }) => constraint),
  ]
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
const prior = vector(handSet)
const shared = samplesOf(multi.flat(), multiWeight)

const tally = emptyTally()
for (let fold = 0; fold < folds; fold++) {
  const train = product.filter((_, index) => index % folds !== fold)
  const weights = fitAcceptance([...shared, ...samplesOf(train, productWeight)], { prior, pull })
  for (const task of product.filter((_, index) => index % folds === fold)) {
    for (const stated of task.products) score(tally, task.query, parse(task.query, weights), stated)
  }
}
print({ figures: 'cross-validated on product queries', acceptAbove, ...metricsOf(tally) })

const apart = emptyTally()
const apartWeights = fitAcceptance(shared, { prior, pull })
for (const task of product)
  for (const stated of task.products) score(apart, task.query, parse(task.query, apartWeights), stated)
print({ figures: 'product queries, weights from shop and voucher queries only', ...metricsOf(apart) })

const samples = [...shared, ...samplesOf(product, productWeight)]
const weights = fitAcceptance(samples, { prior, pull })
const whole = emptyTally()
for (const task of product)
  for (const stated of task.products) score(whole, task.query, parse(task.query, weights), stated)
print({
  figures: 'product queries, weights from all queries (these included)',
  samples: samples.length,
  ...metricsOf(whole),
})

if (values.write) {
  const lines = featureNames.map((name, index) => `  ${name}: ${(weights[index] ?? 0).toFixed(3)},`)
  const text = `import type { Weights } from './features.ts'\n\n/** Written by samples/training/train-acceptance.ts; see docs/decisions for data and figures. */\nexport const weights: Weights = {\n${lines.join('\n')}\n}\n`
  await writeFile(new URL('../../src/understand/weights.ts', import.meta.url), text)
  print({ written: 'systems/shop/src/understand/weights.ts' })
}
