import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runVerify } from '../../src/commands/run-verify.ts'

const service = `import express from 'express'
const app = express()
app.get('/loans', (req, res) => res.json([]))
app.get('/loans/:loanId', (req, res) => {
  if (!find(req.params.loanId)) return res.status(404).end()
  res.json({})
})
app.post('/loans', (req, res) => res.status(201).json({}))
app.delete('/loans/:loanId', (req, res) => res.status(204).end())
`
let folder: string
const asked: string[] = []
// Answers as its code says, but for one.
const server = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`)
  response.statusCode = request.url === '/loans' ? 206 : 404
  response.end()
})
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spec-verify-'))
  writeFileSync(join(folder, 'package.json'), '{"dependencies":{"express":"5.0.0"}}')
  writeFileSync(join(folder, 'app.js'), service)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function verify(options: Record<string, string>) {
  const { verdict, statuses, unknown } = await runVerify({
    args: { path: folder },
    options,
    report: () => undefined,
    print: () => undefined,
    signal: new AbortController().signal,
  })
  const said = statuses
    .filter((one) => one.verdict !== 'not observed')
    .map((one) => `${one.verdict} ${one.requirement} ${one.status} ${one.times}`)
  return { verdict, said, unknown: unknown.map(({ method, path }) => `${method} ${path}`) }
}

test('asks a service on this machine what changes nothing, and tells what contradicts the spec [SPEC-VERIFY-01]', async () => {
  const { port } = server.address() as AddressInfo
  expect(await verify({ url: `http://localhost:${port}` })).toEqual({
    verdict: 'no',
    said: ['contradicted GET /loans 206 1', 'observed GET /loans/{loanId} 404 1'],
    unknown: [],
  })
  expect(asked.toSorted()).toEqual(['GET /loans', 'GET /loans/heavylift-unknown'])
  await expect(verify({ url: 'http://192.0.2.1/' })).rejects.toMatchObject({ code: 'service-not-consented' })
  await expect(verify({ url: 'file:///etc' })).rejects.toMatchObject({ code: 'service-invalid' })
  await expect(verify({})).rejects.toMatchObject({ code: 'nothing-to-verify-by' })
})

test('takes what a HAR file and traces saw as observations [SPEC-VERIFY-01]', async () => {
  const har = join(folder, 'session.har')
  const entry = (method: string, url: string, status: number) => ({
    request: { method, url },
    response: { status },
  })
  const entries = [
    entry('POST', 'https://api.example.com/loans?x=1', 201),
    entry('GET', 'https://api.example.com/loans/7', 200),
    entry('GET', 'https://api.example.com/loans/7', 0),
    entry('GET', 'https://api.example.com/favicon.ico', 404),
    entry('PUT', 'https://api.example.com/loans/7', 200),
  ]
  writeFileSync(har, JSON.stringify({ log: { entries } }))
  expect(await verify({ har })).toEqual({
    verdict: 'no',
    said: ['observed GET /loans/{loanId} 200 1', 'observed POST /loans 201 1'],
    unknown: ['PUT /loans/7'],
  })
  const traces = join(folder, 'traces.jsonl')
  const span = (values: Record<string, string | number>) => ({
    attributes: Object.entries(values).map(([key, value]) => ({
      key,
      value: typeof value === 'number' ? { intValue: String(value) } : { stringValue: value },
    })),
  })
  const document = (spans: unknown[]) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
  const stable = { 'http.request.method': 'DELETE', 'url.path': '/loans/1', 'http.response.status_code': 204 }
  const earlier = { 'http.method': 'GET', 'http.target': '/loans?a=b', 'http.status_code': 200 }
  writeFileSync(
    traces,
    `${document([span(stable), span({ 'db.system': 'postgresql' })])}\n${document([span(earlier)])}\n`,
  )
  expect(await verify({ traces })).toEqual({
    verdict: 'yes',
    said: ['observed GET /loans 200 1', 'observed DELETE /loans/{loanId} 204 1'],
    unknown: [],
  })
  writeFileSync(har, '{}')
  await expect(verify({ har })).rejects.toMatchObject({ code: 'har-invalid' })
})

test('plays a collection of Postman in its order, filled by variables, answers and given ones, and says what it could not send [SPEC-VERIFY-01]', async () => {
  const sent: { line: string; token: string | undefined; body: string }[] = []
  const lending = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      if (request.url === '/loans?copy=1') {
        response.writeHead(307, { location: '/loans/?copy=1' }).end()
        return
      }
      sent.push({
        line: `${request.method} ${request.url}`,
        token: request.headers.authorization,
        body,
      })
      response.statusCode = request.method === 'POST' ? 201 : request.method === 'DELETE' ? 403 : 200
      response.end(JSON.stringify({ loan: { id: 7, member: 'ada' } }))
    })
  })
  await new Promise<void>((resolve) => lending.listen(0, '127.0.0.1', resolve))
  const { port } = lending.address() as AddressInfo
  const file = join(folder, 'loans.postman_collection.json')
  writeFileSync(
    file,
    JSON.stringify({
      info: { name: 'Loans', schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{TOKEN}}' }] },
      variable: [{ key: 'MEMBER', value: 'ada' }],
      item: [
        {
          name: 'Loans',
          item: [
            {
              name: 'Borrow',
              event: [
                {
                  listen: 'test',
                  script: {
                    exec: ['const loan = pm.response.json().loan', "pm.globals.set('loanId', loan.id)"],
                  },
                },
              ],
              request: {
                method: 'POST',
                url: { raw: '{{URL}}/loans?copy=1' },
                body: { mode: 'raw', raw: '{"member":"{{MEMBER}}"}' },
              },
            },
            { name: 'Bring back', request: { method: 'DELETE', url: '{{URL}}/loans/{{loanId}}' } },
            { name: 'Fee', request: { url: '{{URL}}/fees/{{fee}}' } },
          ],
        },
      ],
    }),
  )
  try {
    expect(await verify({ url: `http://localhost:${port}`, postman: file, vars: 'TOKEN=t1' })).toEqual({
      verdict: 'no',
      said: ['observed POST /loans 201 1', 'contradicted DELETE /loans/{loanId} 403 1'],
      unknown: [],
    })
    expect(sent).toEqual([
      { line: 'POST /loans/?copy=1', token: 'Bearer t1', body: '{"member":"ada"}' },
      { line: 'DELETE /loans/7', token: 'Bearer t1', body: '' },
    ])
  } finally {
    lending.close()
  }
  writeFileSync(file, '{}')
  await expect(verify({ url: 'http://localhost:1', postman: file })).rejects.toMatchObject({
    code: 'postman-invalid',
  })
})
