import { routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import { routeGroups } from '../../src/routes/route-groups.ts'
import { conversationDetail } from '../../src/routes/schemas/conversation.ts'
import { understanding } from '../assistant/fixture.ts'

/** They answer 204. */
const silent = ['delete /memory/:memoryId', 'delete /watches/:watchId', 'post /outcomes', 'post /views']

test('every route says what it answers: a schema, events, media types, or nothing', () => {
  const unsaid = routesFrom(routeGroups)
    .filter(({ response, events, media }) => !response && !events && !media)
    .map(({ method, path }) => `${method} ${path}`)
  expect(unsaid.toSorted()).toEqual(silent)
})

test('a conversation that was held with an earlier release can be read', () => {
  const search = {
    text: 'boots',
    constraints: [],
    sort: 'relevance',
    productType: 'boots',
    categoryName: null,
  }
  const step = {
    kind: 'search',
    search,
    limit: 6,
    isGuess: false,
    said: 'boots',
    isRefinement: false,
    refined: null,
  }
  const turn = {
    turnId: 'turn_1',
    attempt: 1,
    device: null,
    inputs: null,
    inputHash: null,
    number: 1,
    status: 'done',
    message: 'boots',
    pageProductId: null,
    plan: {
      kind: 'results',
      understanding: understanding(),
      status: 'Looking through the store…',
      steps: [step],
      search,
      isRefinement: false,
      clarify: null,
    },
    calls: [],
    parts: [],
    verification: null,
    version: null,
    error: null,
    firstContentMs: 1,
    durationMs: 1,
    startedAtMs: 1,
  }
  const kept = {
    conversationId: 'c',
    shopperId: null,
    state: {},
    createdAtMs: 1,
    updatedAtMs: 1,
    turns: [turn],
  }
  expect(conversationDetail.safeParse(kept).error?.issues ?? []).toEqual([])
})
