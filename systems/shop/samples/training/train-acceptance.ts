import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Constraint } from '../../src/domain/constraints.ts'
import { emptyTally, intervalsOf, metricsOf, score } from '../../src/evals/constraint-score.ts'
import { readSources, sampleSource, type ConstraintSource } from '../../src/evals/constraint-sources.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { facetConstraints } from '../../src/understand/facets.ts'
import { featureNames } from '../../src/understand/features.ts'
import { acceptAbove, handSet, vector } from '../../src/understand/model.ts'
import { readQuery } from '../../src/understand/reading.ts'
import { compileVocabulary } from '../../src/understand/vocabulary.ts'
import { trainingSamples, type TrainingSample } from './acceptance-fit.ts'
import { fitLogistic } from './fit-logistic.ts'

/**
 * Fits the acceptance model of the query parser and writes its weights.
 *
 *   node systems/shop/samples/training/train-acceptance.ts --fit DIR#voucher --fit sample --choose DIR#shop [--write]
 *
 * A source is a folder as `shop.constraints --data` reads it, after a `#` one source of it by name; `sample` is the sample's own.
 * Weights are fitted on the sources of --fit. Those of --choose are only scored, at several thresholds, to choose by. Sources that a
 * result is reported on belong to neither. With --write, `src/understand/weights.ts` is replaced. Only weights of generic features are
 * kept: no word, value or facet name.
 */
const { values } = parseArgs({
  options: {
    fit: { type: 'string', multiple: true, default: ['sample'] },
    choose: { type: 'string', multiple: true, default: [] },
    pull: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
})

async function sourcesOf(wanted: readonly string[]): Promise<ConstraintSource[]> {
  const read = await Promise.all(
    wanted.map(async (one) => {
      if (one === 'sample') return [sampleSource()]
      const [dir = '', name] = one.split('#')
      const sources = await readSources(dir)
      return name === undefined ? sources : sources.filter((source) => source.name === name)
    }),
  )
  return read.flat()
}

/** Each source counts the same, however many candidates it has. */
function samplesOf({ queries, vocabulary, language }: ConstraintSource): TrainingSample[] {
  const samples = queries.flatMap(({ query, products }) =>
    trainingSamples(
      query,
      products.flatMap(({ facets }) => facets),
      vocabulary,
      lexiconOf(language),
    ),
  )
  const weight = 1500 / Math.max(1, samples.length)
  return samples.map((sample) => ({ ...sample, weight }))
}

function parse(
  query: string,
  { vocabulary, language }: ConstraintSource,
  weights: Float64Array,
  threshold: number,
): Constraint[] {
  const lexicon = lexiconOf(language)
  const reading = readQuery(query, vocabulary.currency, lexicon)
  const compiled = compileVocabulary(vocabulary, lexicon)
  return facetConstraints(reading, compiled, { weights, threshold }).map(({ constraint }) => constraint)
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)

const samples = (await sourcesOf(values.fit)).flatMap(samplesOf)
const weights = fitLogistic(samples, { prior: vector(handSet), pull: Number(values.pull) })
for (const source of await sourcesOf(values.choose)) {
  for (const threshold of [0.4, 0.5, acceptAbove, 0.6, 0.7]) {
    const tally = emptyTally()
    for (const { query, products, excluded = [] } of source.queries)
      score(tally, query, parse(query, source, weights, threshold), {
        facets: products.flatMap(({ facets }) => facets),
        services: [],
        excluded,
      })
    const { valueRecall, verbatimRecall, paraphraseRecall, inventedRate } = metricsOf(tally)
    print({
      source: source.name,
      n: tally.queries,
      threshold,
      valueRecall,
      verbatimRecall,
      paraphraseRecall,
      inventedRate,
      interval: intervalsOf(tally)['inventedRate'],
    })
  }
}
print({ samples: samples.length, stated: samples.filter(({ isTrue }) => isTrue).length })

if (values.write) {
  const lines = featureNames.map((name, index) => `  ${name}: ${(weights[index] ?? 0).toFixed(3)},`)
  const text = `import type { Weights } from './features.ts'\n\n/** Written by samples/training/train-acceptance.ts; see docs/decisions for data and figures. */\nexport const weights: Weights = {\n${lines.join('\n')}\n}\n`
  await writeFile(new URL('../../src/understand/weights.ts', import.meta.url), text)
  print({ written: 'systems/shop/src/understand/weights.ts' })
}
