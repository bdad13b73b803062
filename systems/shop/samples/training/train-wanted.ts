import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { logistic } from '@heavylift/core/math'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { isNoun } from '../../src/understand/nouns.ts'
import { tokenize } from '../../src/understand/text.ts'
import { compileVocabulary, isStated } from '../../src/understand/vocabulary.ts'
import { wantedFeatures } from '../../src/understand/wanted-words.ts'
import { fitLogistic } from './fit-logistic.ts'
import { openWishStores } from './marked-wishes.ts'
import type { WishStore } from './marked-wishes.ts'

/**
 * Fits which words of a message say what is wanted.
 *
 *   node systems/shop/samples/training/train-wanted.ts --data DIR [--pull 3] [--write]
 *
 * DIR holds a folder for each store, as `heavylift eval shop.answers` reads them, and beside it `NAME.tsv`: on each line the goods that are right, a
 * tab, and a message with marks: `[…]` around what the thing is called, `{…}` around what it should be, `-{…}` around what it must not be.
 * Each store is read as one that nobody has seen: by weights fitted to the others. With --write `src/understand/wanted-weights.ts` is replaced.
 */
const { values: options } = parseArgs({
  options: {
    data: { type: 'string' },
    pull: { type: 'string', default: '3' },
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
})

interface Word {
  text: string
  features: string[]
  isWanted: boolean
}

function wordsOf({ file, store, wishes }: WishStore): Word[][] {
  const lexicon = lexiconOf(file.language)
  const compiled = compileVocabulary(store.vocabulary, lexicon)
  return wishes.map(({ text, wanted, unwanted }) => {
    const tokens = tokenize(text, lexicon)
    const features = wantedFeatures(tokens, lexicon, {
      isNoun: ({ stem, kind }) => kind === 'word' && isNoun(stem, compiled),
      isStated: ({ stem }) => isStated(stem, compiled),
    })
    const isIn = (spans: typeof wanted, at: number) => spans.some(({ start, end }) => start <= at && at < end)
    return tokens.flatMap((token, at) => {
      const own = features[at]
      return own === null || own === undefined || isIn(unwanted, token.start)
        ? []
        : { text: token.word, features: own, isWanted: isIn(wanted, token.start) }
    })
  })
}

interface Fitted {
  bias: number
  weights: Record<string, number>
}

function fit(words: readonly Word[]): Fitted {
  const counts = new Map<string, number>()
  for (const { features } of words) for (const name of features) counts.set(name, (counts.get(name) ?? 0) + 1)
  const names = [...counts].flatMap(([name, count]) => (count >= leastSeen ? name : [])).toSorted()
  const places = new Map(names.map((name, at) => [name, at + 1]))
  const samples = words.map(({ features, isWanted }) => {
    const row = new Float64Array(names.length + 1)
    row[0] = 1
    for (const name of features) {
      const at = places.get(name)
      if (at !== undefined) row[at] = 1
    }
    return { features: row, isTrue: isWanted, weight: 1 }
  })
  const [bias = 0, ...weights] = fitLogistic(samples, {
    prior: new Float64Array(names.length + 1),
    pull: Number(options.pull),
    rounds: 8,
  })
  return { bias, weights: Object.fromEntries(names.map((name, at) => [name, rounded(weights[at] ?? 0)])) }
}

const rounded = (value: number): number => Math.round(value * 1000) / 1000
/** A feature of fewer words tells nothing. */
const leastSeen = 8

const chance = ({ features }: Word, { bias, weights }: Fitted): number =>
  logistic(features.reduce((sum, name) => sum + (weights[name] ?? 0), bias))

const stores = new Map<string, Word[][]>()
const scratch = await mkdtemp(join(tmpdir(), 'heavylift-wanted-'))
try {
  for await (const each of openWishStores(options.data ?? '', scratch)) stores.set(each.name, wordsOf(each))
} finally {
  await rm(scratch, { recursive: true, force: true })
}
const print = (value: unknown): void => void process.stdout.write(`${JSON.stringify(value)}\n`)
for (const [left, messages] of stores) {
  const model = fit([...stores].flatMap(([name, each]) => (name === left ? [] : each.flat())))
  const scored = messages.flat().map((word) => ({ word, chance: chance(word, model) }))
  const wanted = scored.filter(({ word }) => word.isWanted)
  const others = scored.filter(({ word }) => !word.isWanted)
  const at = (from: number) => ({
    kept: rounded(wanted.filter((one) => one.chance >= from).length / wanted.length),
    storyKept: rounded(others.filter((one) => one.chance >= from).length / others.length),
  })
  print({ left, wanted: wanted.length, others: others.length, 0.15: at(0.15), 0.3: at(0.3), 0.5: at(0.5) })
  if (options.list)
    for (const message of messages)
      print(
        message
          .map((word) => `${word.isWanted ? '*' : ''}${word.text}:${rounded(chance(word, model))}`)
          .join(' '),
      )
}
const model = fit([...stores.values()].flat(2))
if (options.write) {
  const text = `/** Written by samples/training/train-wanted.ts: features of what stands around a word, none of words of content. */\nexport const wantedBias = ${rounded(model.bias)}\n\nexport const wantedWeights: Readonly<Record<string, number>> = ${JSON.stringify(model.weights, null, 2)}\n`
  await writeFile(new URL('../../src/understand/wanted-weights.ts', import.meta.url), text)
}
