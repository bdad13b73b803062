// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import Studio from '../../console/studio/studio.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

const sentence = 'WHEN a client sends GET /loans, the service SHALL answer 200.'
const path = 'openspec/specs/loans/spec.md'

function spec({ settled = 0 }: { settled?: number } = {}) {
  const server = fakeServer('/api/spec', routesFrom(routeGroups))
  const overview = server.sample('get', '/repositories/:id')
  server.answer('get', '/repositories/:id', {
    ...overview,
    repository: { ...overview.repository, name: 'Library' },
    isAgreed: true,
    drifts: [],
    settled,
    questions: [],
    notRead: [],
    agents: ['literals'],
    testCommand: 'npm test',
    specs: [
      {
        path,
        feature: 'loans',
        format: 'openspec',
        isWritten: true,
        requirements: [{ key: 'GET /loans', title: 'GET /loans', drifts: 0, approval: 'none' }],
      },
    ],
  })
  server.answer('get', '/repositories/:id/spec', {
    path,
    isWritten: true,
    requirements: [
      {
        key: 'GET /loans',
        title: 'GET /loans',
        sentences: [
          {
            at: 0,
            text: sentence,
            factId: 'response-1',
            grade: 'proved',
            spans: [{ path: 'src/loans.ts', line: 2, endLine: 3, symbol: '' }],
          },
        ],
        scenarios: [],
        drifts: [],
        textHash: '1',
        tests: [],
        operations: [],
        common: [],
        approval: null,
      },
    ],
  })
  server.answer('get', '/repositories/:id/code', {
    path: 'src/loans.ts',
    text: 'const loans = []\nrouter.get("/", (req, res) =>\n  res.json(loans))\n',
    marks: [
      {
        spec: path,
        requirement: 'GET /loans',
        title: 'GET /loans',
        at: 0,
        text: sentence,
        line: 2,
        endLine: 3,
      },
    ],
  })
  return server
}

test('a sentence lights its lines, a line its sentence [SPEC-STUDIO-05]', async () => {
  const server = spec()
  const page = await renderPage(Studio, {
    path: '/spec/studio/$id',
    at: '/spec/studio/library',
    servers: [server],
  })
  const own = await page.findByRole('button', { name: new RegExp(sentence) })
  await page.user.click(own)
  expect(own.getAttribute('aria-pressed')).toBe('true')
  const lit = () =>
    [...page.container.querySelectorAll('[data-line]')].filter((line) => /lit/.test(line.className)).length
  expect(lit()).toBe(2)
  await page.user.click(page.getByRole('button', { name: 'Line 3: 1 sentence stands on it' }))
  expect(decodeURIComponent(page.address())).toMatch(/line="?3/)
  expect(page.getByRole('button', { name: new RegExp(sentence) }).getAttribute('aria-pressed')).toBe('true')
  expect(server.problems).toEqual([])
})

test('a requirement is found by its name among all specs [SPEC-STUDIO-05]', async () => {
  const server = spec()
  const page = await renderPage(Studio, {
    path: '/spec/studio/$id',
    at: '/spec/studio/library',
    servers: [server],
  })
  await page.user.click(await page.findByRole('combobox', { name: 'Go to a requirement' }))
  await page.user.type(page.getByRole('combobox', { name: 'Go to a requirement' }), 'get /loa')
  await page.user.click(await page.findByRole('option', { name: 'GET /loans' }))
  const own = await page.findByRole('button', { name: new RegExp(sentence) })
  expect(own.getAttribute('aria-pressed')).toBe('true')
  expect(decodeURIComponent(page.address())).toMatch(/requirement="?GET[ +]\/loans/)
  expect(server.problems).toEqual([])
})

test('an edit of what the code does already leaves nothing to build, and the scenario that follows is marked [SPEC-STUDIO-05]', async () => {
  const server = spec({ settled: 2 })
  const preview = server.sample('post', '/repositories/:id/preview')
  const line = '- **THEN** the status is 204'
  server.answer('post', '/repositories/:id/preview', {
    ...preview,
    delta: `## MODIFIED Requirements\n\n${line}\n`,
    changed: [line],
    plan: { tasks: [], waves: [], paths: [] },
  })
  const page = await renderPage(Studio, {
    path: '/spec/studio/$id',
    at: '/spec/studio/library',
    servers: [server],
  })
  expect(await page.findByText(/Code and spec agree, in 2 places otherwise than was agreed/)).toBeTruthy()
  await page.user.click(await page.findByRole('button', { name: /^Edit: / }))
  const field = page.getByRole('textbox', { name: 'The sentence' })
  await page.user.type(field, ' More.')
  await page.user.click(page.getByRole('button', { name: 'Keep this wording' }))
  expect((await page.findByText(line)).tagName).toBe('MARK')
  expect(page.getByText(/Nothing is left to do/)).toBeTruthy()
  expect(page.queryByRole('button', { name: 'Let it build in a worktree' })).toBeNull()
  localStorage.clear()
})

test('an edit shows its delta, its plan and what lint says, and is built by an agent [SPEC-STUDIO-05]', async () => {
  const server = spec()
  const preview = server.sample('post', '/repositories/:id/preview')
  server.answer('post', '/repositories/:id/preview', {
    ...preview,
    delta: '## MODIFIED Requirements',
    findings: [{ rule: 'words', requirement: 'GET /loans', message: 'How fast is fast?' }],
  })
  const page = await renderPage(Studio, {
    path: '/spec/studio/$id',
    at: '/spec/studio/library',
    servers: [server],
  })
  await page.user.click(await page.findByRole('button', { name: /^Edit: / }))
  const field = page.getByRole('textbox', { name: 'The sentence' })
  await page.user.clear(field)
  await page.user.type(field, sentence.replace('200', '204'))
  await page.user.click(page.getByRole('button', { name: 'Keep this wording' }))
  expect((await page.findByRole('region', { name: 'Delta' })).textContent).toContain('MODIFIED')
  expect(page.getByText(/How fast is fast/)).toBeTruthy()
  // Who comes back finds it.
  page.unmount()
  const again = await renderPage(Studio, {
    path: '/spec/studio/$id',
    at: '/spec/studio/library',
    servers: [server],
  })
  expect((await again.findByRole('region', { name: 'Delta' })).textContent).toContain('MODIFIED')
  await again.user.click(again.getByRole('button', { name: 'Let it build in a worktree' }))
  await expect.poll(() => again.address()).toContain('view=builds')
  expect(server.requests.find((one) => one.method === 'post' && one.path.endsWith('/builds'))?.body).toEqual({
    edits: [{ path, requirement: 'GET /loans', from: sentence, to: sentence.replace('200', '204') }],
    agent: 'literals',
    testCommand: 'npm test',
  })
  // What was refused can be given to another agent; what was done is no edit any more.
  const build = server.sample('get', '/repositories/:id/builds/:name')
  const back = async (status: 'refused' | 'done') => {
    server.answer('get', '/repositories/:id/builds/:name', { ...build, status })
    return await renderPage(Studio, {
      path: '/spec/studio/$id',
      at: '/spec/studio/library',
      servers: [server],
    })
  }
  again.unmount()
  const refused = await back('refused')
  expect(await refused.findByText(/: refused$/)).toBeTruthy()
  expect(localStorage.length).toBe(1)
  refused.unmount()
  const done = await back('done')
  await expect.poll(() => localStorage.length).toBe(0)
  // What is kept is gone before the page is drawn anew.
  await expect.poll(() => done.queryByText('Your change')).toBeNull()
  expect(server.problems).toEqual([])
})
