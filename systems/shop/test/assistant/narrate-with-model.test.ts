import { silentLogger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { expect, test } from 'vitest'
import { cardOf } from '../../src/assistant/cards.ts'
import { inEnglish } from '../../src/assistant/phrases.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { ModelWorth } from '../../src/assistant/model-worth.ts'
import { narrateWithModel } from '../../src/assistant/narrate-with-model.ts'
import type { NarratorOptions } from '../../src/assistant/narrate-with-model.ts'
import type { NarrateInput } from '../../src/assistant/turn.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { swift, understanding } from './fixture.ts'

const lead = 'Swift FG Kids Football Boots Red is the one that fits, at $49.99.'
const rest = 'The listing says that the synthetic upper sheds water.'

function input(lexicon = english): NarrateInput {
  const facts = emptyFacts('USD', lexicon)
  facts.products.set(swift.id, swift)
  facts.cards.set(swift.id, cardOf(swift, null, [], inEnglish))
  facts.subjectIds = [swift.id]
  return {
    tenantId: 'main',
    message: 'is it waterproof?',
    plan: {
      kind: 'product-answer',
      understanding: understanding(),
      steps: [],
      search: null,
      isRefinement: false,
      clarify: null,
    },
    facts,
    composition: {
      parts: [],
      sentences: [lead, rest],
      citations: [],
      pills: [],
      shownIds: [swift.id],
      warned: [],
      focusId: swift.id,
    },
    recent: [],
    signal: new AbortController().signal,
  }
}

/** What is said, in order, and what became of the model's sentences. */
async function say(complete: Complete, options: Partial<NarratorOptions> = {}, lexicon = english) {
  const narration = narrateWithModel({ model: { name: 'm', complete }, log: silentLogger, ...options })(
    input(lexicon),
  )
  const said: string[] = []
  for (;;) {
    const next = await narration.next()
    if (next.done) return { said, verification: next.value }
    said.push(next.value)
  }
}

const writes = (text: string, finishReason = 'stop'): Complete =>
  async function* () {
    yield { type: 'text', text }
    yield { type: 'done', finishReason, usage: null }
  }

/** Says nothing until it is given up. */
const silent: Complete = async function* (_messages, { signal }) {
  await new Promise((resolve) => signal.addEventListener('abort', resolve))
  yield { type: 'text', text: '' }
  throw new ModelError({ code: 'model-aborted', message: 'given up' })
}

test('the composer’s first sentence waits for no model [SHOP-WORDING-05]', async () => {
  const narration = narrateWithModel({ model: { name: 'm', complete: silent }, log: silentLogger })(input())
  expect(await narration.next()).toEqual({ done: false, value: lead })
  await narration.return(undefined as never)
})

test('a model is not asked for words in a language that its check does not read', async () => {
  let asked = 0
  const complete: Complete = (messages, options) => {
    asked++
    return writes('Costa 49,99 $. È sintetico.')(messages, options)
  }
  const { said, verification } = await say(complete, {}, lexiconOf('it'))
  expect(said).toEqual([lead, rest])
  expect(verification.modelError).toBe('model-not-checked')
  expect(asked).toBe(0)
})

test('a model is tried out behind an answer before any shopper waits for it [SHOP-WORDING-05]', async () => {
  let nowMs = 0
  let asked = 0
  const worth = new ModelWorth({ monotonicMs: () => nowMs })
  const counted =
    (complete: Complete): Complete =>
    (messages, options) => {
      asked++
      return complete(messages, options)
    }
  const ask = (complete: Complete) =>
    say(counted(complete), { worth, firstSentenceMs: complete === silent ? 1 : 10_000 })
  const tried = async (count: number) => expect.poll(() => worth.use('m').tries).toBe(count)
  expect(await ask(silent)).toMatchObject({
    said: [lead, rest],
    verification: { modelError: 'model-on-trial' },
  })
  await tried(1)
  expect(worth.use('m')).toMatchObject({ state: 'unused', useful: 0 })
  expect(await ask(silent)).toMatchObject({
    said: [lead, rest],
    verification: { modelError: 'model-not-worth-the-wait' },
  })
  expect(asked).toBe(1)
  // After a pause it is tried again, and used once it has said something that holds.
  nowMs = 60_000
  await ask(writes('It is rated 4.4 from 5 reviews. It is synthetic.'))
  await tried(2)
  expect(worth.use('m').state).toBe('used')
  expect((await ask(writes('It is rated 4.4 from 5 reviews. It is synthetic.'))).said).toContain(
    'It is synthetic.',
  )
})

test('the model goes on after the first sentence, and its answer stands when it tells enough', async () => {
  const { said, verification } = await say(
    writes(
      'It is rated 4.4 from 5 reviews. The Swift FG comes with free shipping and is made of synthetic material.',
    ),
  )
  expect(said).toEqual([
    lead,
    'It is rated 4.4 from 5 reviews.',
    'The Swift FG comes with free shipping and is made of synthetic material.',
  ])
  expect(verification).toMatchObject({ author: 'model', kept: 2 })
})

test('what was said is not said again, and the composer finishes a thin answer', async () => {
  const { said, verification } = await say(
    writes('The Swift FG Kids Football Boots Red costs $49.99. It is synthetic.'),
  )
  expect(said).toEqual([lead, 'It is synthetic.', rest])
  expect(verification).toMatchObject({ author: 'both', kept: 1, repeated: 1 })
})

test('the last sentence of an answer that was cut off is not said', async () => {
  const { said } = await say(writes('It is rated 4.4 from 5 reviews. It is synthetic.', 'length'))
  expect(said).not.toContain('It is synthetic.')
})

test('a model that goes round in circles is stopped', async () => {
  let given = 0
  const { said, verification } = await say(async function* () {
    for (; given < 1_000; given++) yield { type: 'text', text: 'Any questions of the shop? ' }
    yield { type: 'done', finishReason: 'stop', usage: null }
  })
  expect(given).toBeLessThan(10)
  expect(said).toEqual([lead, rest])
  expect(verification.author).toBe('composer')
})
