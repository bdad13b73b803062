import { routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import { routeGroups } from '../../src/routes/route-groups.ts'

/** They answer 204. */
const silent = ['delete /memory/:memoryId', 'delete /watches/:watchId', 'post /outcomes', 'post /views']

test('every route says what it answers: a schema, events, media types, or nothing', () => {
  const unsaid = routesFrom(routeGroups)
    .filter(({ response, events, media }) => !response && !events && !media)
    .map(({ method, path }) => `${method} ${path}`)
  expect(unsaid.toSorted()).toEqual(silent)
})
