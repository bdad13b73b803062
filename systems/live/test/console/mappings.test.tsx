// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Mappings from '../../console/mappings/mappings.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

const routes = routesFrom(routeGroups)
const csv = 'game,q,clock,what\n1,1,11:30,two\n1,1,eleven,two\n'
const mapping = {
  name: 'town-league',
  sport: 'nba',
  match: { id: { from: 'game' } },
  clock: { period: { from: 'q', as: 'number' }, secondsLeft: { from: 'clock', as: 'clock' } },
  events: [{ kind: 'nba-action', fields: { actionType: { from: 'what' } } }],
}
const cells = { game: '1', q: '1', clock: '11:30', what: 'two' }

function mappingServer() {
  const server = fakeServer('/api/live', routes)
  server.answer('get', '/mappings', { mappings: [] })
  server.answer('post', '/mapping-proposals', { mapping, fields: [], unused: [] })
  server.answer('post', '/mapping-tries', {
    ...server.sample('post', '/mapping-tries'),
    faults: [],
    columns: Object.entries(cells).map(([path, value]) => ({
      path,
      written: path === 'clock' ? 'clock' : 'text',
      samples: [value],
      filled: 1,
    })),
    lists: [],
    rows: [
      {
        ref: 'row 2',
        cells,
        events: [{ kind: 'nba-action', actionType: '2pt', isMade: true, homeScore: 2, awayScore: 0 }],
        faults: [],
      },
      {
        ref: 'row 3',
        cells: { ...cells, clock: 'eleven' },
        events: [],
        faults: [{ column: 'clock', reason: '"clock" is "eleven", expected a clock such as 11:38.' }],
      },
    ],
    counts: { rows: 2, events: 1, rejected: 1, passedOver: 0 },
    kinds: { 'nba-action': 1 },
    matches: [{ id: '1', title: 'Vale at Town' }],
    notes: [],
  })
  server.answer('post', '/mappings', { name: 'town-league' })
  server.answer('get', '/mappings/:name', { mapping, isShipped: false })
  return server
}

test('Mappings proposes from pasted rows, shows rows beside events, and faults in their place [LIVE-MAPPING-07]', async () => {
  const server = mappingServer()
  const page = await renderPage(Mappings, { at: '/live/mappings', servers: [server] })
  await page.user.click(await page.findByText('Paste rows'))
  await page.user.click(page.getByLabelText('First rows, with the header'))
  await page.user.paste(csv)
  await page.user.click(page.getByText('Use these rows'))
  await page.findByText('2pt · made · 0–2')
  expect(page.getByText('"clock" is "eleven", expected a clock such as 11:38.')).toBeTruthy()
  expect(server.requests.find(({ path }) => path.endsWith('/mapping-proposals'))).toMatchObject({
    body: { name: 'pasted', text: csv },
  })

  // A column chosen in the form is in what is tried next, read as its values are written.
  await page.user.selectOptions(page.getByLabelText('Column of Kind of action'), 'clock')
  await page.user.click(page.getByText('As text'))
  expect((page.getByLabelText('The mapping as text') as HTMLTextAreaElement).value).toContain(
    '"actionType": {\n          "from": "clock",\n          "as": "clock"',
  )
  await page.user.click(page.getByRole('button', { name: /^Save/ }))
  await page.findByText(/live\/feed\?mapping=town-league/)
  const saved = server.requests.find(({ method, path }) => method === 'post' && path === '/mappings')
  expect(saved?.body).toMatchObject({ name: 'town-league' })
  expect(server.problems).toEqual([])
})
