// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { route } from '@heavylift/core'
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { z } from 'zod'
import Overview from '../../console/overview/overview.tsx'
import { firstRequest, snippetsFor } from '../../console/first/snippets.ts'
import { routeGroups } from '../../src/routes/route-groups.ts'
import { callRecord } from '../metering/call-record.ts'

const keyOf = z.object({ revokedAtMs: z.number().nullable(), kind: z.string() })
const keyRoutes = [
  route({
    method: 'get',
    path: '/keys',
    summary: 'Keys.',
    access: 'admin',
    response: z.object({ keys: z.array(keyOf) }),
    handle: () => ({ keys: [] }),
  }),
  route({
    method: 'post',
    path: '/keys',
    summary: 'Makes one.',
    access: 'admin',
    body: z.strictObject({ name: z.string(), scope: z.literal('models') }),
    response: z.object({ secret: z.string() }),
    handle: () => ({ secret: '' }),
  }),
]

const stream = [
  { choices: [{ delta: { content: 'Hello ' } }] },
  { choices: [{ delta: { content: 'there.' }, finish_reason: 'stop' }] },
  { choices: [], usage: { prompt_tokens: 12, completion_tokens: 7 } },
]

/** The overview above a gateway that serves `models` and was called as `calls` say. */
async function overview({
  models = ['answers'],
  calls = [callRecord({ model: 'heavylift-sample/chat' })],
  keys = [] as z.output<typeof keyOf>[],
}) {
  const server = fakeServer('/api/models', routesFrom(routeGroups))
  const keyServer = fakeServer('/api/heavylift', keyRoutes)
  const snapshot = server.sample('get', '/snapshot')
  const [model] = snapshot.models
  if (!model) throw new Error('The sample has no model.')
  server.stream('/live', [
    {
      event: 'message',
      data: { ...snapshot, hasSample: false, models: models.map((name) => ({ ...model, name })) },
    },
  ])
  server.answer('get', '/calls', { calls, next: null })
  server.answer('get', '/calls/:callId', {
    ...server.sample('get', '/calls/:callId'),
    call: callRecord({ costMicros: 20, isPriced: true }),
  })
  keyServer.answer('get', '/keys', { keys })
  keyServer.answer('post', '/keys', { secret: 'hl_sk_first' })
  const asked: { authorization: string | null; body: unknown }[] = []
  const gateway = {
    fetch: (address: string, init: RequestInit) => {
      if (address !== '/v1/chat/completions') return null
      const authorization = new Headers(init.headers).get('authorization')
      asked.push({ authorization, body: typeof init.body === 'string' ? JSON.parse(init.body) : null })
      const events = [...stream.map((event) => JSON.stringify(event)), '[DONE]']
      return new Response(events.map((data) => `data: ${data}\n\n`).join(''), {
        headers: { 'content-type': 'text/event-stream', 'x-request-id': 'call_1' },
      })
    },
  }
  const page = await renderPage(Overview, { servers: [server, keyServer, gateway] })
  return { page, server, keyServer, asked }
}

test('a model is found, a key is made and shown once, a call with it streams back with what it took; then all folds away [MODELS-CONSOLE-15]', async () => {
  const { page, server, keyServer, asked } = await overview({})
  const call = await page.findByRole('button', { name: 'Call it' })
  expect(page.getByText('1. Find a model')).toBeDefined()
  expect(call.hasAttribute('disabled')).toBe(true)
  expect(page.getByLabelText('Program').textContent).toContain('YOUR_KEY')

  await page.user.click(page.getByRole('button', { name: 'Make a key' }))
  await page.findByText('Copy this key now: it is shown only once')
  expect(keyServer.requests.at(-1)?.body).toEqual({ name: 'my program', scope: 'models' })
  expect(page.getByLabelText('Program').textContent).toContain('hl_sk_first')

  await page.user.click(page.getByRole('button', { name: 'Call it' }))
  await page.findByText('Hello there.')
  await page.findByText('$0.000020')
  expect(asked).toEqual([{ authorization: 'Bearer hl_sk_first', body: firstRequest('answers') }])
  const numbers = [...page.container.querySelectorAll('.models-run-numbers dt')].map((dt) => dt.textContent)
  expect(numbers).toEqual(['First token', 'Tokens/s', 'Total', 'In', 'Out', 'Cache', 'Cost'])

  server.answer('get', '/calls', { calls: [callRecord()], next: null })
  keyServer.answer('get', '/keys', { keys: [{ revokedAtMs: null, kind: 'secret' }] })
  await page.user.click(page.getByRole('button', { name: 'Close the first steps' }))
  await page.waitForGone('2. Make a key')
  await page.waitForGone('No key yet')
  expect([...server.problems, ...keyServer.problems]).toEqual([])
})

test('without a model the first step pulls one or uses a server, and nothing is called [MODELS-CONSOLE-15]', async () => {
  const { page } = await overview({ models: [], calls: [] })
  await page.findByText('1. Pull a model')
  expect(page.getByText('Or use a server that you have')).toBeDefined()
  expect(page.getByText('Find a model first.')).toBeDefined()
})

test('where models were called the steps are folded: a line leads to them until there is a key [MODELS-CONSOLE-15]', async () => {
  const { page } = await overview({ calls: [callRecord()] })
  await page.user.click(await page.findByRole('button', { name: 'Show the first steps' }))
  await page.findByText('2. Make a key')
})

test('each program has the key, the model and the address that its client wants; bodies are JSON', () => {
  const origin = 'http://127.0.0.1:4280'
  const programs = snippetsFor({ origin, key: 'hl_sk_1', model: `it's "so"` })
  expect(programs.map(({ name }) => name)).toEqual([
    'curl',
    'OpenAI, Python',
    'OpenAI, JavaScript',
    'Anthropic, Python',
  ])
  for (const { code } of programs) {
    expect(code).toContain(origin)
    expect(code).toContain('hl_sk_1')
    expect(code).not.toContain('HEAVYLIFT_API_KEY')
  }
  const [curl = '', python = '', javascript = '', anthropic = ''] = programs.map(({ code }) => code)
  const json = /-d '([^]*)'$/.exec(curl)?.[1]?.replaceAll(String.raw`'\''`, "'")
  expect(JSON.parse(json ?? '')).toEqual(firstRequest(`it's "so"`))
  expect(JSON.parse(/create\((\{[^]*\})\)\n/.exec(javascript)?.[1] ?? '')).toEqual(firstRequest(`it's "so"`))
  expect(python).toContain(`base_url="${origin}/v1"`)
  expect(anthropic).toContain(`base_url="${origin}"`)
})
