import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { logistic } from '@heavylift/core/math'
import { listingEvidence } from '../../src/assistant/evidence.ts'
import { featuresOf } from '../../src/assistant/lines/line-model.ts'
import type { LineModel } from '../../src/assistant/lines/line-features.ts'
import type { Product } from '../../src/domain/product.ts'
import { english } from '../../src/language/lexicon.ts'
import { fitLogistic, type LogisticSample } from './fit-logistic.ts'

/**
 * Fits the models that tell which line of a listing answers a question, and from which probability it is said.
 *
 *   node systems/shop/samples/training/train-lines.ts --data FILE --cosines FILE --fit semi --fit epqa [--report NAME]… [--write]
 *
 * The file holds questions of people about products: `[{ source, split, id, question, title, cands: [{ kind: 'text', text } | { kind:
 * 'attribute', name, values }, … label] }]`, a label above 0 where the line answers. --cosines: `{ id: { line: cosine } }`, of the same
 * model as the product embeds with. Weights are fitted on the questions of --fit whose split is `tune`; the probability from which a line is said is the
 * least at which, in five folds of them, no source is answered where nothing answers in more than --said of its questions; where the model that knows meanings finds none, the one that goes by words
 * may answer from the least at which no source is answered so in more than --together. Sources
 * of --report (split `held`) are only scored. With --write, `src/assistant/lines/line-weights.ts` is replaced: weights of generic features, no word.
 */
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    cosines: { type: 'string' },
    fit: { type: 'string', multiple: true, default: ['semi', 'epqa'] },
    report: { type: 'string', multiple: true, default: [] },
    said: { type: 'string', default: '0.12' },
    together: { type: 'string', default: '0.13' },
    pull: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
  },
})

interface Asked {
  source: string
  split: string
  id: string
  question: string
  title: string
  cands: ({ label: number } & (
    | { kind: 'text'; text: string }
    | { kind: 'attribute'; name: string; values: string[] }
  ))[]
}

interface Case {
  source: string
  split: string
  hasAnswer: boolean
  /** Of each line, by the names of a model. */
  lines: { features: Record<string, number>; answers: boolean }[]
}

/** What is known before any data: where nothing else is asked than what listings say in other words, its line is the answer. */
const handSet: Readonly<Record<string, number>> = { asideAlone: 4 }

const squeezed = (text: string): string => text.toLowerCase().replaceAll(/\s+/g, ' ').replace(/[.…]$/, '')
const folds = 5

function caseOf(
  { source, split, question, title, cands, id }: Asked,
  cosines: Record<string, Record<string, number>> | null,
): Case {
  const product: Product = {
    id: 'asked',
    title,
    brand: null,
    description: cands
      .flatMap((each) => (each.kind === 'text' ? each.text.replace(/[^.!?]$/, '$&.') : []))
      .join('\n'),
    categories: [],
    attributes: Object.fromEntries(
      cands.flatMap((each) => (each.kind === 'attribute' ? [[each.name, each.values]] : [])),
    ),
    variants: [],
    images: [],
    url: null,
    services: [],
    rating: null,
  }
  const lines = listingEvidence(product, english).filter(
    (line) => line.source.kind === 'product' && line.source.field !== 'categories',
  )
  const known = cosines?.[id]
  const features = featuresOf(
    question,
    product,
    lines,
    english,
    known === undefined ? null : (text) => known[text] ?? null,
  )
  const answers = lines.map((line) => {
    const field = line.source.kind === 'product' ? line.source.field : ''
    const held = squeezed(line.text)
    const own = cands.find((each) =>
      each.kind === 'attribute'
        ? each.name === field
        : field === 'description' &&
          (squeezed(each.text).includes(held) || held.includes(squeezed(each.text).slice(0, 60))),
    )
    return (own?.label ?? 0) > 0
  })
  return {
    source,
    split,
    hasAnswer: cands.some(({ label }) => label > 0),
    lines: features.map((each, at) => ({ features: { ...each }, answers: answers[at] ?? false })),
  }
}

const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
const rounded = (value: number): number => Math.round(value * 1000) / 1000

function fit(cases: readonly Case[], names: readonly string[]): LineModel {
  const samples = cases.flatMap(({ source, lines }): LogisticSample[] => {
    // Each source counts the same.
    const weight = 1000 / cases.filter((other) => other.source === source).length
    return lines.map(({ features, answers }) => ({
      features: [1, ...names.map((name) => features[name] ?? 0)],
      isTrue: answers,
      weight,
    }))
  })
  const prior = Float64Array.from(['bias', ...names], (name) => handSet[name] ?? 0)
  const [bias = 0, ...weights] = fitLogistic(samples, { prior, pull: Number(options.pull) })
  return {
    bias: rounded(bias),
    weights: Object.fromEntries(names.map((name, at) => [name, rounded(weights[at] ?? 0)])),
    answersFrom: 0,
  }
}

/** The best line of a case by a model. */
function bestOf({ lines }: Case, { bias, weights }: LineModel): { probability: number; answers: boolean } {
  const scored = lines.map(({ features, answers }) => ({
    answers,
    probability: logistic(
      Object.entries(features).reduce((sum, [name, value]) => sum + (weights[name] ?? 0) * value, bias),
    ),
  }))
  return scored.toSorted((a, b) => b.probability - a.probability)[0] ?? { probability: 0, answers: false }
}

type Best = ReturnType<typeof bestOf> & { hasAnswer: boolean; source: string }

const saidIdly = (best: readonly Best[], from: number): number => {
  const without = best.filter(({ hasAnswer }) => !hasAnswer)
  return without.filter(({ probability }) => probability >= from).length / Math.max(1, without.length)
}

function report(best: readonly Best[], from: number): void {
  for (const source of new Set(best.map((one) => one.source))) {
    const own = best.filter((one) => one.source === source)
    const having = own.filter(({ hasAnswer }) => hasAnswer)
    const said = having.filter(({ probability }) => probability >= from)
    const right = said.filter(({ answers }) => answers).length
    print({
      source,
      n: own.length,
      right: rounded(right / having.length),
      other: rounded((said.length - right) / having.length),
      saidThoughNotThere: rounded(saidIdly(own, from)),
      of: own.length - having.length,
    })
  }
}

const all = JSON.parse(await readFile(options.data ?? '', 'utf8')) as Asked[]
const cosines =
  options.cosines === undefined
    ? null
    : (JSON.parse(await readFile(options.cosines, 'utf8')) as Record<string, Record<string, number>>)

/** What each case of --fit is told by models that did not see it, and by the model that saw all of them. */
interface Trained {
  model: LineModel
  unseen: readonly Best[]
  held: readonly Best[]
}

/** The least of some steps from which no source of --fit is answered too often where nothing answers. */
const leastOf = (
  steps: readonly number[],
  idly: (source: string, from: number) => number,
  most = Number(options.said),
): number | undefined => steps.find((from) => options.fit.every((source) => idly(source, from) <= most))

const steps = Array.from({ length: 99 }, (_, at) => (at + 1) / 100)

function train(name: string, cases: readonly Case[]): Trained {
  const names = Object.keys(cases[0]?.lines[0]?.features ?? {})
  const tuned = cases.filter(({ source, split }) => split === 'tune' && options.fit.includes(source))
  const held = cases.filter(({ source, split }) => split === 'held' && options.report.includes(source))
  const judged = (one: Case, by: LineModel): Best => ({
    ...bestOf(one, by),
    hasAnswer: one.hasAnswer,
    source: one.source,
  })
  const unseen = Array.from({ length: folds }, (_, fold) => {
    const by = fit(
      tuned.filter((_one, at) => at % folds !== fold),
      names,
    )
    return tuned.filter((_one, at) => at % folds === fold).map((one) => judged(one, by))
  }).flat()
  const answersFrom =
    leastOf(steps, (source, from) =>
      saidIdly(
        unseen.filter((one) => one.source === source),
        from,
      ),
    ) ?? 1
  print({ model: name, answersFrom, folds: 'of --fit' })
  report(unseen, answersFrom)
  const model = { ...fit(tuned, names), answersFrom }
  print({ model: name, held: true })
  const ofHeld = held.map((one) => judged(one, model))
  report(ofHeld, answersFrom)
  return { model, unseen, held: ofHeld }
}

const words = train(
  'byWords',
  all.map((one) => caseOf(one, null)),
)
const meaning =
  cosines === null
    ? null
    : train(
        'byMeaning',
        all.map((one) => caseOf(one, cosines)),
      )

/** What is said where words may speak beside meaning, from a probability on; the cases stand in the same order for both. */
function together(
  byWords: readonly Best[],
  byMeaning: readonly Best[],
  from: number,
  { answersFrom }: LineModel,
): Best[] {
  return byMeaning.map((one, at) => {
    const other = byWords[at] ?? one
    // As one model's: a probability of 1 is said, one of 0 is not.
    if (one.probability >= answersFrom) return { ...one, probability: 1 }
    return other.probability >= from ? { ...other, probability: 1 } : { ...one, probability: 0 }
  })
}

let wordsAnswerFrom = 1
if (meaning !== null) {
  const unseenFrom = (from: number) => together(words.unseen, meaning.unseen, from, meaning.model)
  const own = steps.filter((from) => from >= words.model.answersFrom)
  wordsAnswerFrom =
    leastOf(
      own,
      (source, from) =>
        saidIdly(
          unseenFrom(from).filter((one) => one.source === source),
          1,
        ),
      Number(options.together),
    ) ?? 1
  print({ model: 'both', wordsAnswerFrom, held: true })
  report(together(words.held, meaning.held, wordsAnswerFrom, meaning.model), 1)
}

if (options.write) {
  const written = ([name, model]: [string, LineModel]): string =>
    `export const ${name}: LineModel = ${JSON.stringify(model, null, 2).replaceAll('"', '')}\n`
  const models = { byWords: words.model, byMeaning: (meaning ?? words).model }
  const text = `import type { LineModel } from './line-features.ts'\n\n/** Written by samples/training/train-lines.ts; see docs/decisions/0085 for data and figures. */\n${Object.entries(
    models,
  )
    .map(written)
    .join(
      '\n',
    )}\n/** Where meaning finds no line that answers, one that words are so sure of does. */\nexport const wordsAnswerFrom = ${wordsAnswerFrom}\n`
  await writeFile(new URL('../../src/assistant/lines/line-weights.ts', import.meta.url), text)
  print({ written: 'systems/shop/src/assistant/lines/line-weights.ts' })
}
