import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runVerify } from '../../src/commands/run-verify.ts'

const service = `import express from 'express'
import { z } from 'zod'
const loan = z.object({ book: z.string().max(5), days: z.number().int().min(1) })
const app = express()
app.use(express.json())
const signedIn = (req, res, next) => {
  if (!req.get('x-key')) return res.status(401).json({ message: 'no key' })
  next()
}
app.get('/loans', (req, res) => res.json({ loans: [] }))
app.get('/loans/:loanId', (req, res) => {
  const found = store.find(req.params.loanId)
  if (!found) return res.status(404).json({ message: 'no loan' })
  res.json({ loan: found })
})
app.post('/loans', signedIn, (req, res) => {
  const made = loan.safeParse(req.body)
  if (!made.success) return res.status(400).end()
  if (store.isFull()) return res.status(507).end()
  res.status(201).json({ loan: made.data })
})
const fromHere = (req, res, next) => {
  if (!req.get('x-token')) return res.status(403).json({ message: 'no token' })
  next()
}
app.post('/returns', fromHere, signedIn, (req, res) => res.status(204).end())
app.delete('/loans/:loanId', signedIn, (req, res) => res.status(204).end())
app.get('/shelves', (req, res) => res.json([]))
app.get('/silence', (req, res) => res.json([]))
app.listen(80)
`

const bodyOf = async (request: IncomingMessage) => {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}
const asked: string[] = []
// Answers as its code says, but for shelves (nothing routes them), books of any length, and what is gone.
const server = createServer((request, response) => {
  void bodyOf(request).then((text) => {
    const { method = '', url = '' } = request
    asked.push(`${method} ${url}`)
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(body))
    }
    const hasKey = request.headers['x-key'] !== undefined
    if (method === 'GET' && url === '/loans') return answer(200, { loans: [] })
    if (method === 'GET' && url.startsWith('/loans/'))
      return url === '/loans/7' ? answer(200, { loan: {} }) : answer(404, { message: 'no loan' })
    if (method === 'POST' && url === '/loans') {
      if (!hasKey) return answer(401, { message: 'no key' })
      const { book, days } = (text === '' ? {} : JSON.parse(text)) as { book?: unknown; days?: unknown }
      const fits = typeof book === 'string' && typeof days === 'number' && days >= 1
      return fits ? answer(201, { loan: {} }) : answer(400, null)
    }
    if (method === 'DELETE' && url.startsWith('/loans/'))
      return hasKey ? answer(410, { message: 'gone' }) : answer(401, { message: 'no key' })
    if (url === '/returns') {
      // A token counts that the cookie has too.
      const token = request.headers['x-token']
      if (!token || request.headers.cookie?.includes(`token=${String(token)}`) !== true)
        return answer(403, { message: 'no token' })
      return hasKey ? answer(204, null) : answer(401, { message: 'no key' })
    }
    if (url === '/silence') return request.socket.destroy()
    answer(404, { message: `nothing at ${url}` })
  })
})
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spec-claims-'))
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"express":"5.0.0","zod":"4.0.0"}}')
  writeFileSync(join(folder, 'app.js'), service)
  writeFileSync(
    join(folder, 'means.json'),
    JSON.stringify({
      callers: [
        { name: 'reader', headers: { 'x-key': 'k', 'x-token': 't1', cookie: 'session=s; token=t1' } },
      ],
      values: { loanId: 7 },
      bodies: { 'POST /loans': { book: 'Emma', days: 3 } },
    }),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

test('tries what the spec says of a running service, and says what it denies, what it does not tell and what was not tried [SPEC-VERIFY-02]', async () => {
  const { port } = server.address() as AddressInfo
  const lines: string[] = []
  const { verdict } = await runVerify({
    args: { path: folder },
    options: { url: `http://localhost:${port}`, claims: join(folder, 'means.json') },
    report: () => undefined,
    print: (line) => lines.push(line),
    signal: new AbortController().signal,
  })
  expect(verdict).toBe('no')
  expect(lines).toEqual([
    'contradicted POST /loans asks of body.book maxLength 5 But POST /loans was answered with 201.',
    'contradicted THE service SHALL answer GET /shelves. But GET /shelves was answered with 404.',
    'not told     DELETE /loans/{loanId} answers 410 (DELETE /loans/7)',
    expect.stringMatching(/^not tried    2 times: localhost:\d+ did not answer GET \/silence: /),
    'not tried    1 times: asks `store.isFull()` holds',
    'not tried    1 times: asks `store.isFull()` does not hold',
    'not tried    1 times: a guard of other',
    '30 claims: 21 holds, 2 contradicted, 2 not reached, 5 not tried; 1 answers that the spec does not tell.',
  ])
  // What takes away comes last.
  expect(asked.findLast((one) => !one.includes('heavylift'))).toBe('DELETE /loans/7')
})

test('claims are tried only where the service and what to try them with are given [SPEC-VERIFY-02]', async () => {
  const given = (options: Record<string, string>) =>
    runVerify({
      args: { path: folder },
      options,
      report: () => undefined,
      print: () => undefined,
      signal: new AbortController().signal,
    })
  const claims = join(folder, 'means.json')
  await expect(given({ claims, har: claims })).rejects.toMatchObject({ code: 'claims-without-service' })
  const url = 'http://127.0.0.1:1'
  await expect(given({ claims: join(folder, 'app.js'), url })).rejects.toMatchObject({
    code: 'means-invalid',
  })
})
