import { silentLogger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { expect, test } from 'vitest'
import { cardOf } from '../../src/assistant/cards.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { ModelRest } from '../../src/assistant/model-rest.ts'
import { narrateWithModel } from '../../src/assistant/narrate-with-model.ts'
import type { NarratorOptions } from '../../src/assistant/narrate-with-model.ts'
import type { NarrateInput } from '../../src/assistant/turn.ts'
import { swift, understanding } from './fixture.ts'

const lead = 'Swift FG Kids Football Boots Red is the one that fits, at $49.99.'
const rest = 'The listing says that the synthetic upper sheds water.'

function input(): NarrateInput {
  const facts = emptyFacts('USD')
  facts.products.set(swift.id, swift)
  facts.cards.set(swift.id, cardOf(swift, null, []))
  facts.subjectIds = [swift.id]
  return {
    tenantId: 'main',
    message: 'is it waterproof?',
    plan: {
      kind: 'product-answer',
      understanding: understanding(),
      steps: [],
      search: null,
      status: '',
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
      focusId: swift.id,
    },
    recent: [],
    signal: new AbortController().signal,
  }
}

/** What is said, in order, and what became of the model's sentences. */
async function say(complete: Complete, options: Partial<NarratorOptions> = {}) {
  const narration = narrateWithModel({ model: { name: 'm', complete }, log: silentLogger, ...options })(
    input(),
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

test('a slow model is passed over, and rests while others ask [SHOP-WORDING-05]', async () => {
  let nowMs = 0
  let asked = 0
  const resting = new ModelRest({ monotonicMs: () => nowMs }, 1_000)
  const counted: Complete = (messages, options) => {
    asked++
    return silent(messages, options)
  }
  const ask = () => say(counted, { rest: resting, firstSentenceMs: 1 })
  expect(await ask()).toMatchObject({ said: [lead, rest], verification: { modelError: 'model-slow' } })
  expect(await ask()).toMatchObject({ said: [lead, rest], verification: { modelError: 'model-resting' } })
  expect(asked).toBe(1)
  nowMs = 1_000
  await ask()
  expect(asked).toBe(2)
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
