// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Calibration from '../../console/calibration/calibration.tsx'
import Insights from '../../console/insights/insights.tsx'
import Moments from '../../console/moments/moments.tsx'
import Director from '../../console/director/director.tsx'
import Feeds from '../../console/feeds/feeds.tsx'
import Wall from '../../console/wall/wall.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

const routes = routesFrom(routeGroups)
const team = (id: string) => ({ id, abbreviation: id.toUpperCase(), name: `The ${id}`, colour: null })

function liveServer() {
  const server = fakeServer('/api/live', routes)
  const listing = server.sample('get', '/matches').matches[0]!
  const match = {
    ...listing,
    status: 'ended',
    isSample: true,
    span: null,
    match: {
      ...listing.match,
      id: 'm1',
      sport: 'nfl' as const,
      title: 'Bears at Lions',
      home: team('lions'),
      away: team('bears'),
    },
  }
  server.answer('get', '/matches', { matches: [match] })
  return { server, match }
}

test('Insights shows what came of an insight, and its evidence on a click [LIVE-DIRECTOR-09]', async () => {
  const { server } = liveServer()
  const { insight } = server.sample('get', '/matches/:matchId/insights').insights[0]!
  server.answer('get', '/matches/:matchId/insights', {
    insights: [
      {
        insight: {
          ...insight,
          id: 'i1',
          kind: 'nfl.blitz',
          headline: 'Number 52 comes',
          estimate: { type: 'probability', probability: 0.8 },
          evidence: [{ label: 'Distance to the line', value: 1.5, unit: 'yd' }],
        },
        outcome: { happened: 1, isCorrect: true, confidence: 0.8, atMs: 5 },
      },
    ],
  })
  const page = await renderPage(Insights, { at: '/live/insights', servers: [server] })
  await page.findByText('Right: it happened')
  await page.user.click(page.getByText('Number 52 comes'))
  await page.findByText('Distance to the line')
  expect(page.address()).toContain('sel=i1')
  expect(server.problems).toEqual([])
})

test('Calibration draws nothing of a handful of outcomes, and says how many it takes [LIVE-DIRECTOR-10]', async () => {
  const { server } = liveServer()
  const kind = server.sample('get', '/calibration').kinds[0]!
  server.answer('get', '/calibration', { kinds: [{ ...kind, kind: 'nfl.blitz', scored: 3, decisions: 9 }] })
  server.answer('get', '/reports', { reports: [] })
  const page = await renderPage(Calibration, { at: '/live/calibration', servers: [server] })
  await page.findByText('Too few to draw')
  // Its outcomes, and what of it goes on air.
  expect(page.getAllByText('Blitz')).toHaveLength(2)
  expect(page.getByText(/No feed tells whether a car would have run dry/)).toBeTruthy()
  expect(page.queryByRole('img')).toBeNull()
  expect(server.problems).toEqual([])
})

test('Moments asks for the kind and order that its address names, and for nothing else [LIVE-DIRECTOR-09]', async () => {
  const { server } = liveServer()
  const tag = server.sample('get', '/tags').tags[0]!
  server.answer('get', '/tags', { tags: [{ ...tag, id: 't1', text: 'A long pass' }], next: null })
  const page = await renderPage(Moments, {
    at: '/live/moments?type=score&order=important&sport=curling',
    servers: [server],
  })
  await page.findByText('A long pass')
  const asked = server.requests.find(({ path }) => path === '/tags')?.query
  expect(asked).toMatchObject({ type: 'score', order: 'important' })
  expect(asked).not.toHaveProperty('sport')
  expect(server.problems).toEqual([])
})

test('Director says what went with the simulated matches, and starts them again [LIVE-DIRECTOR-07]', async () => {
  const { server } = liveServer()
  const page = await renderPage(Director, { at: '/live', servers: [server] })
  await page.findByText('Simulated matches')
  server.answer('delete', '/sample', { removed: 3 })
  server.answer('get', '/matches', { matches: [] })
  await page.user.click(page.getByRole('button', { name: 'Remove them' }))
  await page.findByText(/^3 simulated matches removed/)
  await page.user.click(page.getByRole('button', { name: 'Start simulated matches again' }))
  await expect
    .poll(() => server.requests.some(({ method, path }) => method === 'post' && path === '/sample'))
    .toBe(true)
  expect(server.problems).toEqual([])
})

test('Feed health puts a feed with an alarm in words, and says why parts were left out [LIVE-HOST-09]', async () => {
  const { server } = liveServer()
  const { feeds, letters } = server.sample('get', '/feeds')
  const quiet = { ...feeds[0]!, match: 'm1', title: 'Bears at Lions', status: 'live', alarm: null }
  const loud = {
    ...quiet,
    match: 'm2',
    title: 'Race',
    rejected: 3,
    alarm: 'Its clock is 90 s ahead of this server.',
  }
  server.answer('get', '/feeds', {
    feeds: [loud, quiet],
    letters: [{ ...letters[0]!, kind: 'rejected', match: 'm2', reason: 'It is 24 hours ahead.' }],
  })
  const page = await renderPage(Feeds, { at: '/live/feeds', servers: [server] })
  await page.findByText('1 feed needs a look')
  page.getByText('Its clock is 90 s ahead of this server.')
  page.getByText('It is 24 hours ahead.')
  expect(server.problems).toEqual([])
})

test('the wall shows matches side by side, and leads to what matters now [LIVE-WALL-02]', async () => {
  const { server, match } = liveServer()
  const other = { ...match, match: { ...match.match, id: 'm2', title: 'Owls at Foxes' } }
  server.answer('get', '/matches', { matches: [match, other] })
  server.answer('get', '/now', {
    moments: [
      {
        id: 't1',
        matchId: 'm2',
        title: 'Owls at Foxes',
        text: 'Owls take the lead.',
        atMs: 60_000,
        agoMs: 4_000,
        importance: 0.8,
        score: 0.7,
      },
    ],
  })
  const page = await renderPage(Wall, { at: '/live/wall', servers: [server] })
  await page.findByRole('region', { name: 'Bears at Lions' })
  await page.findByRole('region', { name: 'Owls at Foxes' })
  const link = await page.findByRole('link', { name: /Owls take the lead/ })
  expect(link.getAttribute('href')).toMatch(/^\/live\?match=m2&sel=t1&t=.*55000/)
  expect(server.problems).toEqual([])
})
