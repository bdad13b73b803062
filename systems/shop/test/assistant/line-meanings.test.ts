import { silentLogger } from '@heavylift/core'
import { NearTexts } from '@heavylift/models/meaning'
import { expect, test } from 'vitest'
import { answerFromListing } from '../../src/assistant/compose/extract.ts'
import { Citations } from '../../src/assistant/compose/writer.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { lineCosines } from '../../src/assistant/lines/candidate-lines.ts'
import { product } from '../search/products.ts'
import { WordEmbedder } from '../search/word-embedder.ts'

const jacket = {
  ...product('jacket', 'Winter jacket'),
  description: 'Warm on cold days.\nShell of flumpet.\nTwo pockets and a hood.',
}

function setUp() {
  const embedder = new WordEmbedder()
  const near = new NearTexts({
    embedder: () => embedder,
    log: silentLogger,
    signal: new AbortController().signal,
  })
  const facts = emptyFacts('EUR')
  facts.products.set(jacket.id, jacket)
  facts.subjectIds = [jacket.id]
  const cosines = (question: string) => near.cosines('acme', question, ['Shell of flumpet.', 'Two pockets.'])
  return { embedder, facts, cosines }
}

test('a line that shares no word with a question answers it where it means the same', async () => {
  const { facts } = setUp()
  const say = () => answerFromListing('all right in a shower?', jacket, facts, new Citations())?.join(' ')
  expect(say()).toBeUndefined()
  const asked: string[] = []
  facts.cosines = await lineCosines('all right in a shower?', 'product-answer', facts, (question, texts) => {
    asked.push(question)
    return Promise.resolve(new Map(texts.map((text) => [text, text.startsWith('Shell') ? 0.9 : 0.79])))
  })
  expect(asked).toEqual(['all right in a shower?'])
  expect(say()).toContain('Shell of flumpet')
  // Of what is found in a list nothing is asked.
  expect(
    await lineCosines('jackets', 'results', facts, () => Promise.reject(new Error('not asked'))),
  ).toEqual(new Map())
})

test('lines are embedded once, and the query each time that it is another', async () => {
  const { embedder, cosines } = setUp()
  const first = await cosines('is it of grunzel?')
  expect(first?.get('Shell of flumpet.')).toBeGreaterThan(first?.get('Two pockets.') ?? 1)
  expect(embedder.asked).toHaveLength(3)
  await cosines('is it of grunzel?')
  await cosines('has it pockets?')
  expect(embedder.asked.slice(3)).toEqual(['query: has it pockets?'])
})

test('without a model, where it fails or does not come in time nothing is known, and the next question tries again', async () => {
  const { embedder, cosines } = setUp()
  embedder.failure = new Error('down')
  expect(await cosines('of grunzel?')).toBeNull()
  embedder.failure = null
  expect(await cosines('of grunzel?')).not.toBeNull()

  const none = new NearTexts({
    embedder: () => null,
    log: silentLogger,
    signal: new AbortController().signal,
  })
  expect(await none.cosines('acme', 'of grunzel?', ['Shell of flumpet.'])).toBeNull()

  const held = Promise.withResolvers<Float32Array[]>()
  const late = new NearTexts({
    embedder: () => ({ name: 'test-e5', embed: () => held.promise }),
    patienceMs: 1,
    log: silentLogger,
    signal: new AbortController().signal,
  })
  expect(await late.cosines('acme', 'of grunzel?', ['Shell of flumpet.'])).toBeNull()
  held.resolve([Float32Array.of(1, 0), Float32Array.of(0.6, 0.8)])
  expect(
    (await late.cosines('acme', 'of grunzel?', ['Shell of flumpet.']))?.get('Shell of flumpet.'),
  ).toBeCloseTo(0.6)
})
