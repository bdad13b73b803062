// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import Approvals from '../../console/approvals/approvals.tsx'
import Memory from '../../console/memory/memory.tsx'
import Runs from '../../console/runs/runs.tsx'
import Run from '../../console/runs/run.tsx'
import Tools from '../../console/tools/tools.tsx'
import Templates from '../../console/templates/templates.tsx'
import { ToolChanges } from '../../console/tools/tool-changes.tsx'
import Studio from '../../console/studio/studio.tsx'
import { agentDefinition } from '../../src/definition/definition.ts'
import { checkDraft } from '../../src/drafts/check-draft.ts'
import { routeGroups } from '../../src/routes/route-groups.ts'

const text = `schema: heavylift.agent/1
name: refunds
title: Refunds # ours
input: { type: object, examples: [{ amount: 3 }] }
steps:
  - { id: sum, kind: set, title: Sum, value: "\${input.amount}" }
  - { id: ask, kind: approve, title: Ask, after: [sum], who: [boss], ask: Pay? }
`

// happy-dom has no fonts, which fields that grow listen to.
Object.defineProperty(document, 'fonts', { value: new EventTarget() })

function agentsServer() {
  const server = fakeServer('/api/agents', routesFrom(routeGroups))
  let [now, revision] = [text, 0]
  const draft = () => ({
    name: 'refunds',
    text: now,
    revision,
    changedMs: 0,
    canUndo: revision > 0,
    canRedo: false,
    problems: checkDraft(now),
  })
  server.answer('get', '/drafts/:name', draft)
  server.answer('patch', '/drafts/:name', ({ body }) => {
    now = (body as { text: string }).text
    revision++
    return draft()
  })
  server.stream('/drafts/:name/live', [])
  server.answer('get', '/agents', { agents: [] })
  server.answer('get', '/tools/changes', { changes: [] })
  server.answer('get', '/runs', { runs: [] })
  return { server, text: () => now }
}

const studio = { path: '/agents/studio/$name', at: '/agents/studio/refunds?step=ask' }

test('the form edits the file and leaves its comments, and what is wrong stands at its field [AGENTS-STUDIO-06]', async () => {
  const { server, text: file } = agentsServer()
  const page = await renderPage(Studio, { ...studio, servers: [server] })
  await page.findByRole('heading', { level: 1, name: 'Refunds' })
  const title = await page.findByDisplayValue('Ask')
  await page.user.clear(title)
  await page.user.type(title, 'Ask the boss')
  await expect.poll(file).toContain('title: Ask the boss')
  await page.findByText(/Saved · revision/)
  expect(file()).toContain('# ours')
  const deadline = page.getByLabelText('Deadline')
  await page.user.type(deadline, 'soon')
  await page.findAllByText(/deadline must be/)
  expect(page.getByText(/to mend before it can be published/)).toBeTruthy()
  expect(server.problems).toEqual([])
})

test('what came of a step that was tried is brought into view, in browsers that answer with a promise too [AGENTS-STUDIO-06]', async () => {
  const { server } = agentsServer()
  const sample = server.sample('get', '/runs/:runId')
  server.answer('post', '/drafts/:name/try', { runId: 'run-1' })
  server.answer('get', '/runs/:runId', {
    ...sample,
    run: { ...sample.run, runId: 'run-1', state: 'done', error: null, startedMs: 10, endedMs: 30 },
    output: { came: 'of it' },
  })
  const scrolled = vi.spyOn(Element.prototype, 'scrollIntoView').mockReturnValue(Promise.resolve() as never)
  const page = await renderPage(Studio, { ...studio, servers: [server] })
  await page.user.click(await page.findByRole('button', { name: 'Try this step' }))
  await page.findByText(/of it/)
  expect(scrolled.mock.contexts.map((each) => (each as Element).getAttribute('role'))).toContain('status')
  page.unmount()
  scrolled.mockRestore()
})

test('a run shows each step’s state, evidence and failure in words', async () => {
  const { server } = agentsServer()
  const run = {
    ...server.sample('get', '/runs/:runId').run,
    runId: 'run-1',
    agent: 'refunds',
    version: 1,
    state: 'failed' as const,
    trigger: { kind: 'manual' },
    error: { code: 'tool-refused', message: 'The till is closed. Open it.', path: 'sum' },
    endedMs: 30,
    startedMs: 10,
    createdMs: 10,
  }
  const entry = (seq: number, path: string, happened: { kind: string; [name: string]: unknown }) => ({
    seq,
    path,
    atMs: 10 + seq,
    happened,
  })
  server.answer('get', '/runs/:runId', {
    run,
    input: { amount: 3 },
    output: null,
    entries: [
      entry(0, 'sum', { kind: 'began', step: 'set' }),
      entry(1, 'sum', {
        kind: 'ended',
        exit: 'error',
        failure: { code: 'tool-refused', message: 'The till is closed. Open it.' },
      }),
    ],
    questions: [],
  })
  const definition = agentDefinition.parse({
    schema: 'heavylift.agent/1',
    name: 'refunds',
    title: 'R',
    steps: [{ id: 'sum', kind: 'set', value: 1 }],
  })
  server.answer('get', '/agents/:name/versions/:version', { definition })
  const page = await renderPage(Run, {
    path: '/agents/runs/$runId',
    at: '/agents/runs/run-1?step=sum',
    servers: [server],
  })
  await page.findByRole('heading', { level: 1, name: 'Run of refunds' })
  await page.findByText('Failed at sum')
  expect(page.getAllByText('The till is closed. Open it.').length).toBeGreaterThan(0)
  await page.findByText(/failed: The till is closed/)
})

test('questions that ask the same are answered together, those that are left out are not [AGENTS-APPROVE-03]', async () => {
  const { server } = agentsServer()
  const question = (runId: string, ask: string) => ({
    runId,
    path: 'ask',
    kind: 'approval',
    who: ['boss'],
    ask,
    show: null,
    choices: ['approved', 'refused'],
    openedMs: 0,
    untilMs: null,
  })
  server.answer('get', '/questions', {
    questions: [
      question('run-1', 'Refund 12.50 EUR?'),
      question('run-2', 'Refund 3 EUR?'),
      question('run-3', 'Ship it?'),
      question('run-4', 'Refund 4 EUR?'),
    ],
  })
  const page = await renderPage(Approvals, { at: '/agents/approvals', servers: [server] })
  await page.findByText('3 that ask the same: Refund … EUR?')
  await page.user.click(page.getByLabelText('Refund 3 EUR?'))
  await page.user.click(page.getByRole('button', { name: 'Approve all 2' }))
  await expect
    .poll(() =>
      server.requests
        .filter(({ path }) => path === '/runs/:runId/answers')
        .map(({ params }) => params['runId']),
    )
    .toEqual(['run-1', 'run-4'])
})

test('evidence is shown as people read it: lists of alike things as tables, texts as texts, and as JSON for who wants that [AGENTS-APPROVE-04]', async () => {
  const { server } = agentsServer()
  server.answer('get', '/questions', {
    questions: [
      {
        runId: 'run-1',
        path: 'wake',
        kind: 'approval',
        who: [],
        ask: 'Wake somebody?',
        show: {
          alerts: [
            { serviceName: 'checkout', weight: 100 },
            { serviceName: 'payments', weight: 68, isNew: true },
          ],
          note: 'Twice tonight',
        },
        choices: ['approved', 'refused'],
        openedMs: 0,
        untilMs: null,
      },
    ],
  })
  const page = await renderPage(Approvals, { at: '/agents/approvals', servers: [server] })
  const shown = await page.findByRole('group', { name: 'Evidence for: Wake somebody?' })
  const cells = [...shown.querySelectorAll('tr')].map((row) =>
    [...row.children].map((cell) => cell.textContent),
  )
  expect(cells).toEqual([
    ['service name', 'weight', 'is new'],
    ['checkout', '100', ''],
    ['payments', '68', 'yes'],
  ])
  expect(page.getByText('Twice tonight').closest('div')?.textContent).toContain('note')
  expect(page.getByText('As JSON')).toBeTruthy()
})

test('what a tool asks is filled in and sent with the answer, and not where a person says no [AGENTS-MCP-ASKS-01]', async () => {
  const { server } = agentsServer()
  server.answer('get', '/questions', {
    questions: [
      {
        runId: 'run-1',
        path: 'go?1.0',
        kind: 'approval',
        who: ['owner'],
        ask: 'book of rooms asks: How many come?',
        show: null,
        form: {
          type: 'object',
          required: ['people'],
          properties: {
            people: { type: 'integer', title: 'People' },
            floor: { enum: ['ground', 'first'] },
            quiet: { type: 'boolean', title: 'Quiet' },
          },
        },
        choices: ['accept', 'decline'],
        openedMs: 0,
        untilMs: null,
      },
    ],
  })
  const page = await renderPage(Approvals, { at: '/agents/approvals', servers: [server] })
  await page.user.type(await page.findByLabelText(/People/), '3')
  await page.user.click(page.getByLabelText('Quiet'))
  const sent = () =>
    server.requests.filter(({ path }) => path === '/runs/:runId/answers').map(({ body }) => body)
  await page.user.click(page.getByRole('button', { name: 'Answer' }))
  await expect.poll(sent).toEqual([{ path: 'go?1.0', choice: 'accept', value: { people: 3, quiet: true } }])
  await page.user.click(page.getByRole('button', { name: 'Do not answer' }))
  await expect.poll(sent).toContainEqual({ path: 'go?1.0', choice: 'decline' })
})

test('without a run the list says how there comes to be one', async () => {
  const { server } = agentsServer()
  const page = await renderPage(Runs, { at: '/agents/runs', servers: [server] })
  await page.findByText('No run yet')
  expect(page.getByRole('link', { name: 'start from a template' }).getAttribute('href')).toBe(
    '/agents/templates',
  )
})

test('a file of another platform becomes a draft, with what is left to do by hand first [AGENTS-STUDIO-07]', async () => {
  const { server } = agentsServer()
  server.answer('get', '/templates', { templates: [], describedBy: null })
  server.answer('post', '/imports', {
    name: 'my-flow',
    format: 'n8n',
    counts: { mapped: 4, approximated: 1, byHand: 1 },
    parts: [{ place: 'nodes/Odd', what: 'odd', state: 'by-hand', note: 'No step does this.' }],
    sources: [],
  })
  const page = await renderPage(Templates, { at: '/agents/templates', servers: [server] })
  await page.user.click(await page.findByRole('button', { name: /Import a file/ }))
  await page.user.upload(await page.findByLabelText('File'), new File(['{"nodes": []}'], 'My flow.json'))
  expect(await page.findByDisplayValue('my-flow')).toBeTruthy()
  await page.user.click(page.getByRole('button', { name: 'Import' }))
  await page.findByText('n8n: 4 parts do the same, 1 nearly, 1 is left to do by hand')
  expect(page.getByText('No step does this.')).toBeTruthy()
  expect(server.requests.find(({ path }) => path === '/imports')?.body).toEqual({
    name: 'my-flow',
    fileName: 'My flow.json',
    text: '{"nodes": []}',
  })
})

const changed = {
  source: 'openapi:shop',
  tool: 'charge',
  wasPin: 'a'.repeat(64),
  nowPin: 'b'.repeat(64),
  foundMs: 1,
  diff: [{ mark: '~' as const, step: null, text: 'input.properties.amount.type: "number" → "string"' }],
  agents: ['bills', 'rents'],
}

test('a tool that has changed shows what differs, and is taken as it is by a button [AGENTS-PIN-01]', async () => {
  const { server } = agentsServer()
  let taken: unknown = null
  server.answer('get', '/tools/changes', { changes: [changed] })
  server.answer('post', '/tools/changes/accept', ({ body }) => {
    taken = body
    return { agents: ['bills', 'rents'] }
  })
  const page = await renderPage(ToolChanges, { servers: [server] })
  await page.findByText(changed.diff[0]!.text)
  await page.user.click(page.getByRole('button', { name: 'Take it as it is now, in 2 agents' }))
  const { source, tool, wasPin, nowPin } = changed
  await expect.poll(() => taken).toEqual({ source, tool, wasPin, nowPin })
  expect(server.problems).toEqual([])
})

test('tools show what they may change and who uses them, and are tried as a run would call them [AGENTS-PAGE-TOOLS-01]', async () => {
  const { server } = agentsServer()
  const use = {
    calls: 3,
    failures: 1,
    lastMs: 1,
    lastFailureMs: 1,
    lastFailure: 'http-500: It broke',
    agents: ['refunds'],
  }
  const source = {
    name: 'openapi:shop',
    title: 'Shop',
    origin: 'tenant' as const,
    address: 'https://shop.example',
    credential: 'shop',
  }
  const tool = { description: 'Takes money.', takesKey: true, canCheck: false, pin: 'a'.repeat(64), ...use }
  server.answer('get', '/sources', { sources: [{ ...source, ...use }] })
  server.answer('get', '/tools/changes', { changes: [] })
  server.answer('get', '/sources/:source/tools', {
    tools: [
      {
        ...tool,
        name: 'charge',
        title: 'Charge',
        effect: 'money',
        input: { type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } },
      },
    ],
  })
  server.answer('get', '/credentials', { credentials: [] })
  let tried: unknown = null
  server.answer('post', '/sources/:source/try', ({ body }) => {
    tried = body
    return { state: 'lost' as const, value: null, code: 'http-500', message: 'The server failed.', tookMs: 5 }
  })
  const at = '/agents/tools?source=openapi:shop'
  const page = await renderPage(Tools, { path: '/agents/tools', at, servers: [server] })
  await page.findByText('Moves money')
  await page.findByText('http-500: It broke')
  expect(page.getByRole('link', { name: 'refunds' })).toBeTruthy()
  const call = page.getByRole('button', { name: 'Call charge' })
  expect(call).toHaveProperty('disabled', true)
  await page.user.click(page.getByRole('checkbox'))
  await page.user.click(call)
  await page.findByText('It may have happened')
  expect(tried).toMatchObject({ tool: 'charge', args: { amount: 0 }, credential: 'shop' })
  expect(server.problems).toEqual([])
})

test('credentials are added with a secret that never comes back, and without any the page says what they are for [AGENTS-PAGE-TOOLS-02]', async () => {
  const { server } = agentsServer()
  server.answer('get', '/sources', { sources: [] })
  server.answer('get', '/tools/changes', { changes: [] })
  server.answer('get', '/credentials', { credentials: [] })
  const page = await renderPage(Tools, { path: '/agents/tools', at: '/agents/tools', servers: [server] })
  await page.findByText('No credentials yet')
  await page.findByText('Nothing of your own yet')
  await page.user.click(page.getByRole('button', { name: 'Add credential' }))
  const secret = await page.findByLabelText(/^Secret/)
  expect(secret.getAttribute('type')).toBe('password')
  expect(page.getByText(/Add tools first/)).toBeTruthy()
  expect(server.problems).toEqual([])
})

test('the studio’s palette has the tools of the sources [AGENTS-PAGE-TOOLS-01]', async () => {
  const { server, text: file } = agentsServer()
  server.answer('get', '/known-tools', {
    tools: [
      {
        from: 'openapi:shop',
        name: 'charge',
        title: 'Charge a card',
        description: 'Takes money.',
        effect: 'money',
        takesKey: true,
        canCheck: false,
        pin: 'a'.repeat(64),
        input: { type: 'object', required: ['amount'] },
        credential: 'shop',
      },
    ],
  })
  const page = await renderPage(Studio, { ...studio, servers: [server] })
  await page.findByRole('heading', { level: 1, name: 'Refunds' })
  await page.user.click(page.getByRole('button', { name: /^Add step/ }))
  await page.user.click(await page.findByText('Charge a card'))
  await expect.poll(file).toContain('from: openapi:shop')
  expect(file()).toContain('credential: shop')
  expect(file()).toContain(`pin: ${'a'.repeat(64)}`)
})

test('owner, limits and triggers are forms, and what the form does not know stays [AGENTS-STUDIO-06]', async () => {
  const { server, text: file } = agentsServer()
  const page = await renderPage(Studio, {
    path: studio.path,
    at: '/agents/studio/refunds',
    servers: [server],
  })
  await page.user.type(await page.findByLabelText('Team'), 'Pay')
  await page.user.type(page.getByLabelText('Person'), 'Ada')
  await page.user.type(page.getByLabelText('Runs at once'), '3')
  await page.user.click(page.getByRole('button', { name: 'Add a trigger' }))
  await page.user.type(await page.findByLabelText('Cron'), '@daily')
  await page.user.click(page.getByRole('button', { name: 'Add a tool' }))
  await page.user.type(await page.findByLabelText('Source'), 'crm')
  await expect
    .poll(() => parse(file()))
    .toMatchObject({
      owner: { team: 'Pay', person: 'Ada' },
      limits: { concurrentRuns: 3 },
      triggers: [{ id: 'schedule', kind: 'schedule', cron: '@daily' }],
      tools: [{ id: 'tool', from: 'crm', tool: '' }],
    })
  expect(file()).toContain('# ours')
  await page.user.click(page.getByRole('button', { name: 'Remove schedule' }))
  await page.user.clear(page.getByLabelText('Runs at once'))
  await expect.poll(() => parse(file())).not.toHaveProperty('limits')
  expect(parse(file())).not.toHaveProperty('triggers')
})

test('one memory, or all of a subject, is erased once that is confirmed [AGENTS-MEMORY-05]', async () => {
  const { server } = agentsServer()
  server.answer('get', '/memory', {
    memories: [
      {
        memoryId: 'm1',
        agent: 'refunds',
        subject: 'c-7',
        kind: 'fact',
        text: 'Prefers mail.',
        value: null,
        trust: 'user',
        runId: null,
        origins: [],
        madeMs: 0,
        expiresMs: null,
      },
    ],
  })
  server.answer('post', '/memory/erase', { erased: 1 })
  const erased = () =>
    server.requests.filter(({ path }) => path.endsWith('/memory/erase')).map(({ body }) => body)
  const page = await renderPage(Memory, { at: '/agents/memory?subject=c-7', servers: [server] })
  await page.user.click(await page.findByRole('button', { name: 'Erase “Prefers mail.”' }))
  await page.findByText('Erase “Prefers mail.”?')
  expect(erased()).toEqual([])
  await page.user.click(page.getByRole('button', { name: 'Erase' }))
  await expect.poll(erased).toEqual([{ memoryId: 'm1' }])
  await page.user.click(await page.findByRole('button', { name: 'Erase all of c-7' }))
  await page.findByText('Erase everything about “c-7”?')
  await page.user.click(page.getByRole('button', { name: 'Erase' }))
  await expect.poll(erased).toEqual([{ memoryId: 'm1' }, { subject: 'c-7' }])
  expect(server.problems).toEqual([])
})
