import { silentLogger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { expect, test } from 'vitest'
import { ModelWorth } from '../../src/assistant/model-worth.ts'
import { examOf } from '../../src/assistant/reading/exam.ts'
import { heardBy } from '../../src/assistant/reading/reading.ts'
import type { Reading } from '../../src/assistant/reading/reading.ts'
import { readWithModel } from '../../src/assistant/reading/read-with-model.ts'
import type { ExamResult } from '../../src/assistant/reading/examine.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { understand } from '../../src/understand/understand.ts'
import { bolt, kettle, memoryCatalog, swift } from './fixture.ts'

const products = [swift, bolt, kettle]
const vocabulary = await memoryCatalog(products).vocabulary()
const toRead = {
  message: 'got smth for my lad to play footie in, 50 quid tops?',
  recent: [],
  shown: products,
  focusId: null,
  searched: null,
  vocabulary,
  lexicon: english,
  tenantId: 'main',
  signal: new AbortController().signal,
}
const find: Reading = {
  kind: 'find',
  about: [],
  names: [],
  words: 'kids football boots under 50',
  without: [],
}

const writes = (text: string): Complete =>
  async function* () {
    yield { type: 'text', text }
    yield { type: 'done', finishReason: 'stop', usage: null }
  }

/** Reads the sentences of an examination rightly, but for the first `wrong`, and everything else as `find`. */
function scholar(wrong: number): { complete: Complete; asked: () => number } {
  const known = new Map(examOf(vocabulary, english).map(({ message, kinds }) => [message, kinds[0]]))
  let asked = 0
  return {
    asked: () => asked,
    complete: (messages, options) => {
      asked++
      const { message } = JSON.parse(String(messages[1]?.content)) as { message: string }
      const kind = asked <= wrong ? 'not-ours' : known.get(message)
      return writes(JSON.stringify(kind ? { ...find, kind } : find))(messages, options)
    },
  }
}

async function examined(complete: Complete, patienceMs = 10_000) {
  const worth = new ModelWorth({ monotonicMs: () => 0 })
  const results: ExamResult[] = []
  const read = readWithModel({
    model: { name: 'm', complete },
    worth,
    log: silentLogger,
    patienceMs,
    stopping: new AbortController().signal,
    onExam: (result) => results.push(result),
  })
  const first = await read(toRead)
  await expect.poll(() => results.length).toBe(1)
  return { read, first, worth, exam: results[0] as ExamResult }
}

const heard = (reading: Reading, message = toRead.message) =>
  heardBy(reading, {
    message,
    said: understand(message, { vocabulary }),
    recent: [],
    shown: products,
    vocabulary,
    lexicon: english,
  })

test('a model reads messages once it has read sentences of known kind, behind an answer [SHOP-READING-01]', async () => {
  const { read, first, exam } = await examined(scholar(0).complete)
  expect(first).toBeNull()
  expect(exam.right).toBe(exam.asked)
  expect(await read(toRead)).toMatchObject({ reading: find, model: 'm' })
})

test('a model that reads them wrongly is given up early, and reads none [SHOP-READING-01]', async () => {
  const { complete, asked } = scholar(100)
  const { read, exam, worth } = await examined(complete)
  expect(exam.right).toBe(0)
  expect(exam.asked).toBeLessThan(examOf(vocabulary, english).length)
  expect(await read(toRead)).toBeNull()
  expect(asked()).toBe(exam.asked)
  expect(worth.use('m').state).toBe('unused')
})

test('what is late, broken or no reading leaves the message to the rules', async () => {
  const { complete } = scholar(0)
  let now: Complete = complete
  const { read } = await examined((...asked) => now(...asked), 500)
  now = writes('{"kind":"buy everything","about":[],"names":[],"words":"","without":[]}')
  expect(await read(toRead)).toBeNull()
  now = async function* (_messages, { signal }) {
    await new Promise((resolve) => signal.addEventListener('abort', resolve))
    yield { type: 'text', text: '' }
    throw new ModelError({ code: 'model-aborted', message: 'given up' })
  }
  expect(await read(toRead)).toBeNull()
})

test('the words of a model are understood by the shop’s own rules [SHOP-READING-02]', () => {
  expect(heard(find)).toMatchObject({
    message: find.words,
    understanding: { intent: 'search', constraints: [{ kind: 'price', max: 50 }] },
  })
  // A value that the catalog does not state filters nothing.
  expect(heard({ ...find, words: 'chartreuse football boots' })?.understanding.constraints).toEqual([])
})

test('a number that nobody said is not taken from a model [SHOP-READING-02]', () => {
  expect(heard({ ...find, words: 'football boots under 20' })).toBeNull()
  expect(heard({ ...find, words: 'football boots under 50000' }, 'boots, 50 thousand at most')).not.toBeNull()
  expect(heard({ ...find, words: 'football boots under 50' }, 'boots for fifty at most')).not.toBeNull()
})

test('what a model points at has to be in sight, and what is done is no business of it [SHOP-READING-02]', () => {
  expect(heard({ ...find, kind: 'question', about: [2], words: 'weight' })?.understanding).toMatchObject({
    intent: 'product-question',
    reference: { kind: 'shown', ids: [bolt.id] },
  })
  expect(heard({ ...find, kind: 'question', about: [9], words: 'weight' })).toBeNull()
  expect(heard({ ...find, kind: 'act' })).toBeNull()
  expect(heard({ ...find, words: '' })).toBeNull()
})

test('what is to cost less than one in sight is measured against that one', () => {
  expect(heard({ ...find, kind: 'cheaper', about: [2] })?.understanding.reference).toEqual({
    kind: 'relative',
    direction: 'cheaper',
    than: bolt.id,
  })
})

test.each(languageCodes)('the examination in %s holds every kind of which there are examples', (code) => {
  const sentences = examOf(vocabulary, lexiconOf(code))
  expect(sentences.length).toBeGreaterThan(20)
  for (const { message } of sentences) expect(message).not.toMatch(/[…{}|]/)
})
