import { parseArgs } from 'node:util'
import { writeFile } from 'node:fs/promises'
import { logistic } from '@heavylift/core/math'
import { listingEvidence } from '../../src/assistant/evidence.ts'
import { featuresOf } from '../../src/assistant/lines/line-model.ts'
import { byWords } from '../../src/assistant/lines/line-weights.ts'
import type { LineModel } from '../../src/assistant/lines/line-features.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { listingExamples } from '../../src/language/listing-examples.ts'
import type { Language } from '../../src/language/language.ts'
import { fitLogistic } from './fit-logistic.ts'
import { listedProduct, listingsOf, withoutListing } from './made-listings.ts'

/**
 * Fits how much it counts what a question and a line are about, beside all that `train-lines.ts` fitted, and from which probability a line is said.
 *
 *   node systems/shop/samples/training/train-line-about.ts [--write]
 *
 * On the made listings of `language/data/<code>/listings.txt` and `further-listings.txt`. Each is read as that of a store that nobody has seen: what texts are about is fitted without it in
 * all languages, and so are the weights and the probability by which it is judged. With --write,
 * `src/assistant/lines/about-weights.ts` is replaced.
 */
const { values: options } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    pull: { type: 'string', default: '3' },
  },
})

interface Case {
  hasAnswer: boolean
  lines: { features: Record<string, number>; answers: boolean }[]
}

const added = ['aboutSaid', 'aboutLead', 'aboutOther']
const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
const rounded = (value: number): number => Math.round(value * 1000) / 1000

/** The questions of one listing in one language, their features fitted without it. */
function casesOf(language: Language, at: number): Case[] {
  const listing = listingExamples(language)[at]!
  const lexicon = lexiconOf(language.code)
  const product = listedProduct(listing)
  const lines = listingEvidence(product, lexicon)
  const all = [...listing.fields, ...listing.sentences]
  return withoutListing(at, () =>
    listing.questions.flatMap(({ about, text }) => {
      const answering = all.filter((each) => each.about === about).map((each) => valueOf(each.text))
      // What has no name may be the same or not.
      if (about === 'other' && answering.length > 0) return []
      return {
        hasAnswer: answering.length > 0,
        lines: featuresOf(`${text}?`, product, lines, lexicon, null).map((features, place) => ({
          features: { ...features },
          answers: answering.some((value) => lines[place]!.text.includes(value)),
        })),
      }
    }),
  )
}

const valueOf = (text: string): string => text.slice(text.indexOf(': ') + 1).trim()

const scoreOf = (features: Record<string, number>, { bias, weights }: LineModel): number =>
  Object.entries(features).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, bias)

/** The weights of before, stretched, with those of what texts are about. */
function fit(cases: readonly Case[], before: LineModel): LineModel {
  const bare = { ...before, weights: { ...before.weights } }
  for (const name of added) delete bare.weights[name]
  const samples = cases.flatMap(({ lines }) =>
    lines.map(({ features, answers }) => ({
      features: [1, scoreOf(features, bare) - bare.bias, ...added.map((name) => features[name] ?? 0)],
      isTrue: answers,
      weight: 1000 / cases.length,
    })),
  )
  const prior = Float64Array.from([bare.bias, 1, ...added.map(() => 0)])
  const [bias = 0, stretch = 1, ...weights] = fitLogistic(samples, { prior, pull: Number(options.pull) })
  return {
    bias: rounded(bias),
    weights: {
      ...Object.fromEntries(
        Object.entries(bare.weights).map(([name, value]) => [name, rounded(value * stretch)]),
      ),
      ...Object.fromEntries(added.map((name, at) => [name, rounded(weights[at] ?? 0)])),
    },
    answersFrom: 0,
  }
}

interface Best {
  hasAnswer: boolean
  answers: boolean
  probability: number
}

function bestOf({ hasAnswer, lines }: Case, model: LineModel): Best {
  const [best] = lines
    .map(({ features, answers }) => ({ answers, probability: logistic(scoreOf(features, model)) }))
    .toSorted((a, b) => b.probability - a.probability)
  return { hasAnswer, answers: best?.answers ?? false, probability: best?.probability ?? 0 }
}

function rates(best: readonly Best[], from: number) {
  const having = best.filter(({ hasAnswer }) => hasAnswer)
  const said = having.filter(({ probability }) => probability >= from)
  const right = said.filter(({ answers }) => answers).length
  const without = best.filter(({ hasAnswer }) => !hasAnswer)
  return {
    n: having.length,
    first: rounded(having.filter(({ answers }) => answers).length / having.length),
    right: rounded(right / having.length),
    other: rounded((said.length - right) / having.length),
    without: without.length,
    saidThoughNotThere: rounded(
      without.filter(({ probability }) => probability >= from).length / without.length,
    ),
  }
}

/** What a false line costs beside what a right one gains. */
const falseCosts = 3
const steps = Array.from({ length: 90 }, (_, at) => (at + 5) / 100)
const bestFrom = (best: readonly Best[]): number =>
  steps
    .map((from) => {
      const said = best.filter(({ probability }) => probability >= from)
      const right = said.filter(({ answers }) => answers).length
      return { from, worth: right - falseCosts * (said.length - right) }
    })
    .toSorted((a, b) => b.worth - a.worth)[0]!.from

interface Trained {
  model: LineModel
  /** The best line of each question of each listing, by models that did not see it; `from`: the probability chosen on the others. */
  unseen: readonly (Best & { from: number })[]
}

function train(name: string, before: LineModel): Trained {
  const cases = stores.map((at) => languageCodes.flatMap((code) => casesOf(lexiconOf(code).language, at)))
  print({
    name,
    before: rates(
      cases.flat().map((one) => bestOf(one, before)),
      before.answersFrom,
    ),
  })
  const unseen = stores.flatMap((_, left) => {
    const rest = cases.filter((_one, at) => at !== left).flat()
    const model = fit(rest, before)
    const from = bestFrom(rest.map((one) => bestOf(one, model)))
    return cases[left]!.map((one) => ({ ...bestOf(one, model), from }))
  })
  // Each from its own probability on: as one of a half.
  const said = unseen.map((one) => ({ ...one, probability: one.probability >= one.from ? 1 : 0 }))
  print({ name, leftOut: rates(said, 0.5) })
  const model = fit(cases.flat(), before)
  // What was chosen without each listing varies: the middle of it.
  const froms = unseen.map(({ from }) => from).toSorted((a, b) => a - b)
  const answersFrom = froms[Math.floor(froms.length / 2)]!
  print({ name, answersFrom, leftOut: rates(unseen, answersFrom) })
  print({
    name,
    bias: model.bias,
    answersFrom,
    ...Object.fromEntries(added.map((own) => [own, model.weights[own]])),
  })
  return { model: { ...model, answersFrom }, unseen }
}

const stores = listingsOf(lexiconOf('en').language)
const words = train('byWords', byWords)
if (options.write) {
  const model = JSON.stringify(words.model, null, 2).replaceAll('"', '')
  const text = `import type { LineModel } from './line-features.ts'\n\n/** Written by samples/training/train-line-about.ts; see docs/decisions/0085 for data and figures. */\nexport const byAbout: LineModel = ${model}\n`
  await writeFile(new URL('../../src/assistant/lines/about-weights.ts', import.meta.url), text)
}
