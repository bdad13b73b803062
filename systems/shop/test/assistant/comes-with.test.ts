import { expect, test } from 'vitest'
import { otherReadings } from '../../src/assistant/second-reading.ts'
import { makePlan } from '../../src/assistant/plan/planner.ts'
import { english } from '../../src/language/lexicon.ts'
import { facet, planContext, product, understanding } from './fixture.ts'
import { talkingOf } from './talking.ts'

const camera = (id: string, title: string) =>
  product(id, { title, description: 'It has a bright screen.', categories: ['Cameras'] })
const card = (id: string, title: string) =>
  product(id, { title, description: 'For cameras and phones.', categories: ['Memory cards'] })
const cameras = [camera('a5', 'Lumo A5 Digital Camera'), camera('c1', 'Vesta C1 Digital Camera')]
const cards = [card('m1', 'Lumo 32 GB SD Memory Card'), card('m2', 'Tarn 64 GB SD Memory Card')]

const say = talkingOf([...cameras, ...cards])

test.each(['does it come with a memory card?', 'is a memory card included?'])(
  '“%s” beside a camera is asked of it, and no memory card answers',
  async (message) => {
    const answer = await say('digital camera', message)
    expect(answer.text).toBe('I do not know: the listing does not say.')
    expect(answer.cards).toEqual([])
  },
)

test('what comes with a thing is asked of it, however much it sounds like a wish', () => {
  const said = understanding({ intent: 'narrow', productType: 'memory card', searchText: 'memory card' })
  const plan = makePlan(
    'does it come with a memory card?',
    said,
    planContext({ shown: cameras, isTypeSold: true }),
  )
  expect(plan).toMatchObject({ kind: 'product-answer' })
  expect(plan.steps[0]).toEqual({ kind: 'products', subject: { from: 'ids', ids: ['a5'] } })
})

test('what comes with a thing is read as no wish either, where the catalog has a value of that name', () => {
  const message = 'does it come with a memory card?'
  const said = understanding({
    intent: 'product-question',
    productType: 'memory card',
    constraints: [facet('storage', 'memory card')],
  })
  const plan = makePlan(message, said, planContext({ shown: cameras, isTypeSold: true }))
  const options = { isInSight: true, hasSearched: true, lexicon: english }
  expect(otherReadings(message, said, plan, options)).toEqual([])
})
