import { describe, expect, it } from 'vitest'
import { json, testApp } from './support/test-app.ts'

describe('a request that fits its route', () => {
  it('is parsed by the schemas and answered as JSON', async () => {
    const { send } = await testApp()
    const created = await send('/api/notes/notes', json('POST', { text: 'milk' }))
    expect(created.status).toBe(200)
    const { noteId } = (await created.json()) as { noteId: string }
    const listed = await send('/api/notes/notes?limit=3')
    expect(await listed.json()).toEqual({ notes: [{ noteId, text: 'milk' }] })
    expect((await send(`/api/notes/notes/${noteId}`)).status).toBe(200)
    expect(listed.headers.get('cache-control')).toBe('no-store')
    expect(listed.headers.get('x-content-type-options')).toBe('nosniff')
  })

  it('answers 204 when the handler returns null', async () => {
    const { send } = await testApp()
    const response = await send('/api/notes/notes', { method: 'DELETE' })
    expect(response.status).toBe(204)
    expect(await response.text()).toBe('')
  })

  it('answers HEAD like GET without a body', async () => {
    const { send } = await testApp()
    const response = await send('/api/notes/notes', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  it('keeps the own type and headers of raw answers', async () => {
    const { send } = await testApp()
    const response = await send('/api/notes/script.js')
    expect(response.headers.get('content-type')).toBe('text/javascript')
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.text()).toBe('run()')
  })

  it('carries a harmless request id of the caller and replaces any other', async () => {
    const { send } = await testApp()
    const own = await send('/api/notes/notes', { headers: { 'x-request-id': 'trace-0001' } })
    expect(own.headers.get('x-request-id')).toBe('trace-0001')
    const odd = await send('/api/notes/notes', { headers: { 'x-request-id': '"><script>' } })
    expect(odd.headers.get('x-request-id')).toMatch(/^req_/)
  })
})

describe('a request that does not fit', () => {
  const problem = async (response: Response) =>
    ((await response.json()) as { error: { code: string; message: string; details: unknown; id: string } })
      .error

  it('names the place, the field and what was expected [SERVER-ROUTES-02]', async () => {
    const { send } = await testApp()
    const response = await send('/api/notes/notes?limit=99')
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const error = await problem(response)
    expect(error.code).toBe('input-invalid')
    expect(error.message).toContain('query limit')
    expect(error.details).toEqual({ issues: [expect.objectContaining({ in: 'query', path: 'limit' })] })
    expect(error.id).toBe(response.headers.get('x-request-id'))
  })

  it.each([
    ['no body', { method: 'POST' }, 400, 'body-missing'],
    [
      'broken JSON',
      { method: 'POST', body: '{', headers: { 'content-type': 'application/json' } },
      400,
      'json-invalid',
    ],
    ['a form', { method: 'POST', body: new URLSearchParams({ text: 'x' }) }, 415, 'content-type-unsupported'],
    ['text that is JSON', { method: 'POST', body: '{"text":"x"}' }, 415, 'content-type-unsupported'],
    ['a field of another type', json('POST', { text: 1 }), 400, 'input-invalid'],
    ['too large a body', json('POST', { text: 'x'.repeat(500) }), 413, 'body-too-large'],
  ])('refuses %s', async (_name, init, status, code) => {
    const { send } = await testApp()
    const response = await send('/api/notes/notes', init)
    expect([response.status, (await problem(response)).code]).toEqual([status, code])
  })

  it('counts a body of unknown length and stops at the limit', async () => {
    const { send } = await testApp()
    let pulled = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(100_000))
      },
    })
    const response = await send('/api/notes/upload', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
    expect(pulled).toBeLessThan(20)
  })

  it('refuses a body that stops coming', async () => {
    const { send } = await testApp({ config: { bodyIdleTimeoutMs: 50 } })
    const silent = new ReadableStream<Uint8Array>({})
    const response = await send('/api/notes/upload', {
      method: 'POST',
      body: silent,
      duplex: 'half',
    } as RequestInit)
    expect([response.status, (await problem(response)).code]).toEqual([408, 'body-too-slow'])
  })

  it('shows nothing of a defect but an id that the log has [SERVER-ROUTES-03]', async () => {
    const { send, log } = await testApp()
    const response = await send('/api/notes/broken')
    expect(response.status).toBe(500)
    const text = await response.text()
    expect(text).not.toContain('swordfish')
    const id = (JSON.parse(text) as { error: { id: string } }).error.id
    const logged = log.lines.find(({ level, fields }) => level === 'error' && fields['requestId'] === id)
    expect(logged?.fields['error']).toBeInstanceOf(TypeError)
  })

  it.each(['/api/notes/nothing', '/api/nosuch/thing', '/api/', '/elsewhere'])(
    'answers 404 to %s',
    async (path) => {
      const { send } = await testApp()
      const response = await send(path)
      expect([response.status, (await problem(response)).code]).toEqual([404, 'route-unknown'])
    },
  )

  it('says when a system is still starting, and answers once it has started', async () => {
    const { send, systems } = await testApp()
    const [notes] = systems
    if (!notes) throw new Error('no system')
    notes.state = 'starting'
    const early = await send('/api/notes/notes')
    expect([early.status, early.headers.get('retry-after')]).toEqual([503, '1'])
    notes.state = 'running'
    expect((await send('/api/notes/notes')).status).toBe(200)
  })
})

describe('an event stream', () => {
  it('arrives in the wire format with its headers', async () => {
    const { send } = await testApp()
    const response = await send('/api/notes/count')
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-stream')).toBe('yes')
    expect(await response.text()).toBe(
      [1, 2, 3].map((i) => `id: ${i}\nevent: number\ndata: {"i":${i}}\n\n`).join(''),
    )
  })

  it('gives the handler the last event id [SERVER-SSE-02]', async () => {
    const { send } = await testApp()
    const response = await send('/api/notes/count', { headers: { 'last-event-id': '2' } })
    expect(await response.text()).toBe('id: 3\nevent: number\ndata: {"i":3}\n\n')
  })

  it('ends with an error event that keeps the inner text back', async () => {
    const { send } = await testApp()
    const text = await (await send('/api/notes/count?fail=1')).text()
    expect(text).toContain('event: error\ndata: {"error":{"code":"internal"')
    expect(text).not.toContain('swordfish')
  })
})

it('logs each request without its query', async () => {
  const { send, log } = await testApp()
  await send('/api/notes/notes?limit=2')
  const line = log.lines.find(({ message }) => message === 'request')
  expect(line?.fields).toMatchObject({
    method: 'GET',
    path: '/api/notes/notes',
    status: 200,
    tenantId: 'main',
  })
})
