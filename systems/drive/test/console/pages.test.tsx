// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import Clearance from '../../console/clearance/clearance.tsx'
import Clearances from '../../console/clearance/clearances.tsx'
import Library from '../../console/library/library.tsx'
import Viewer from '../../console/viewer/viewer.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

const routes = routesFrom(routeGroups)

// What a browser has and this document has not; nothing is in sight.
beforeEach(() =>
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe() {}
      disconnect() {}
    },
  ),
)

function drive() {
  const server = fakeServer('/api/drive', routes)
  const version = (name: string) => ({ name, summary: '', spec: { kind: 'idm', parameters: {} } })
  server.answer('get', '/versions', { versions: ['scenario', 'idm', 'pdm'].map(version) })
  server.answer('get', '/suites', { suites: [{ name: 'built-in', summary: 'All of it.', cases: 500 }] })
  const [scenario] = server.sample('get', '/scenarios').scenarios
  const named = (name: string, title: string) => ({ ...scenario!, name, title, parameters: [] })
  server.answer('get', '/scenarios', {
    scenarios: [named('cut-in', 'Cut-in'), named('unprotected-left', 'Unprotected left turn')],
  })
  return server
}

const few =
  '22 classes have too few cases to tell: 1,460 more (1,660 in all) without another failure would show 5 %.'

describe('the page of clearances', () => {
  test('says first what the newest verdict lacks, and lists them in cases [DRIVE-VIEW-07]', async () => {
    const server = drive()
    const [sample] = server.sample('get', '/clearances').clearances
    const clearances = [
      {
        ...sample!,
        verdict: 'not cleared' as const,
        reason: few,
        version: 'pdm',
        suite: 'built-in',
        n: 200,
        failures: 1,
        against: 'idm',
      },
    ]
    server.answer('get', '/clearances', { clearances, running: null })
    const page = await renderPage(Clearances, { at: '/drive', servers: [server] })
    const band = await page.findByRole('region', { name: /^not cleared: 22 classes have too few cases/ })
    expect(band.textContent).toContain('pdm on built-in, against idm: 199 of 200 cases passed.')
    expect(page.getByRole('columnheader', { name: /Cases/ })).toBeTruthy()
    expect(server.problems).toEqual([])
  })

  test('says what is on its way while the first one runs [DRIVE-VIEW-07]', async () => {
    const server = drive()
    const progress = { stage: 'runs of pdm', done: 40, total: 1700, unit: 'runs' }
    server.answer('get', '/clearances', {
      clearances: [],
      running: { version: 'pdm', suite: 'built-in', progress, error: null },
    })
    const page = await renderPage(Clearances, { at: '/drive', servers: [server] })
    await page.findByText('The first verdict is on its way')
    await page.findByText(/40 of 1700/)
  })

  test('begins a clearance with the words of its address [DRIVE-VIEW-07]', async () => {
    const server = drive()
    server.answer('get', '/clearances', { clearances: [], running: null })
    const page = await renderPage(Clearances, {
      at: '/drive?form=open&version=pdm&against=none&cases=1660',
      servers: [server],
    })
    await page.findByDisplayValue('1660')
    await page.user.click(page.getByRole('button', { name: 'Begin' }))
    await vi.waitFor(() =>
      expect(server.requests.find(({ method }) => method === 'post')?.body).toEqual({
        version: 'pdm',
        against: '',
        suite: 'built-in',
        cases: 1660,
        limit: '',
      }),
    )
    expect(server.problems).toEqual([])
  })
})

describe('the page of one clearance', () => {
  test('leads from what is missing to a clearance with enough cases, and asks before it removes one [DRIVE-VIEW-07]', async () => {
    const server = drive()
    const report = server.sample('get', '/clearances/:id')
    server.answer('get', '/clearances/:id', {
      ...report,
      version: { ...report.version, name: 'pdm' },
      suite: { ...report.suite, name: 'built-in', n: 200 },
      verdict: 'not cleared',
      headline: few,
      casesToShow: 1660,
      n: 200,
      blockerCount: 3,
    })
    const page = await renderPage(Clearance, {
      path: '/drive/clearance/$id',
      at: '/drive/clearance/one',
      servers: [server],
    })
    const more = await page.findByRole('link', { name: 'Clear with 1,660 cases' })
    expect(more.getAttribute('href')).toMatch(/form=open.*version=pdm.*cases=.*1660/)
    await page.user.click(page.getByRole('button', { name: 'Remove' }))
    const going = await page.findByRole('list', { name: 'What goes' })
    expect(going.textContent).toMatch(/200 cases of built-in.*3 blockers/)
    expect(server.requests.some(({ method }) => method === 'delete')).toBe(false)
    await page.user.click(page.getByRole('button', { name: 'Remove clearance' }))
    await vi.waitFor(() => expect(page.address()).toBe('/drive'))
    expect(server.requests.filter(({ method }) => method === 'delete')).toMatchObject([
      { params: { id: 'one' } },
    ])
    expect(server.problems).toEqual([])
  })
})

describe('the library', () => {
  test('finds scenarios by their words [DRIVE-VIEW-07]', async () => {
    const server = drive()
    const page = await renderPage(Library, { at: '/drive/scenarios', servers: [server] })
    await page.findByText('Cut-in')
    await page.user.type(page.getByRole('textbox', { name: 'Find a scenario' }), 'left')
    await vi.waitFor(() => expect(page.queryByText('Cut-in')).toBeNull())
    expect(page.getByText('Unprotected left turn')).toBeTruthy()
    expect(server.problems).toEqual([])
  })
})

describe('the viewer', () => {
  test('opens on the crossroads with people, lights and traffic where the address names nothing [DRIVE-VIEW-07]', async () => {
    const server = drive()
    const run = server.sample('get', '/recording')
    const frame = (timeS: number) => ({
      timeS,
      agents: [0, 9 * timeS, 0, 0, 9, 0, 0],
      signals: [],
      explanation: null,
    })
    server.answer('get', '/recording', {
      ...run,
      recording: { ...run.recording, ego: 0, signals: [], stepS: 1, frames: [0, 1, 2].map(frame) },
    })
    const page = await renderPage(Viewer, { at: '/drive/viewer', servers: [server] })
    await page.findByRole('heading', { name: 'Viewer: Unprotected left turn' })
    await page.findByText('What happened')
    expect(server.requests.find(({ path }) => path === '/recording')?.query).toEqual({
      scenario: 'unprotected-left',
      set: 'walkers=2,oncoming=6,gapS=2.5',
      seed: '1',
      version: 'pdm',
    })
    expect(page.getByRole('combobox', { name: 'Against' })).toBeTruthy()
    expect(server.problems).toEqual([])
  })

  test('shows the usual values of a scenario that the address names, and says why one cannot be driven [DRIVE-VIEW-07]', async () => {
    const server = drive()
    server.fail('get', '/recording', {
      status: 400,
      code: 'option-invalid',
      message: 'cut-in has no parameter "walkers".',
    })
    const page = await renderPage(Viewer, { at: '/drive/viewer?scenario=cut-in', servers: [server] })
    await page.findByText('cut-in has no parameter "walkers".')
    expect(server.requests.find(({ path }) => path === '/recording')?.query).toMatchObject({
      scenario: 'cut-in',
    })
    expect(server.requests.find(({ path }) => path === '/recording')?.query['set']).toBeUndefined()
  })
})
