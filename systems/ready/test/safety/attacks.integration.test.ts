import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ask } from '../../src/game-day/probe.ts'
import { askByFetch } from '../../src/load/consent.ts'
import { allowTarget } from '../../src/load/target.ts'
import type { Target } from '../../src/load/target.ts'
import { consentLine } from '../../src/safety/consent-line.ts'

const secret = 'a-secret-of-this-installation'
const seen: { at: string; host: string | undefined; url: string | undefined }[] = []
const servers: Server[] = []
let attacker = 0
let victim = 0
let answer: (request: IncomingMessage, response: ServerResponse) => void = () => undefined

const listen = (name: string, handle: (request: IncomingMessage, response: ServerResponse) => void) => {
  const server = createServer((request, response) => {
    seen.push({ at: name, host: request.headers.host, url: request.url })
    handle(request, response)
  })
  servers.push(server)
  return new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

beforeAll(async () => {
  attacker = await listen('attacker', (request, response) => answer(request, response))
  victim = await listen('victim', (_request, response) =>
    response.end(consentLine(secret, `victim.invalid:${victim}`, '2999-01-01')),
  )
})
afterAll(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** As it is after the name was looked up, once. */
const targetAt = (port: number, name: string): Target => ({
  protocol: 'http:',
  host: '127.0.0.1',
  port,
  authority: `${name}:${port}`,
})
const askHere = askByFetch(['127.0.0.0/8'])

test('the address that is loaded is the one that is asked: its name is not looked up again [READY-LOAD-12]', async () => {
  // No resolver knows this name; whoever asked by it again would fail, or reach whom the attacker names by then.
  await expect(askHere(targetAt(victim, 'victim.invalid'))).resolves.toContain('heavylift-consent v1')
  expect(seen.at(-1)).toEqual({
    at: 'victim',
    host: `victim.invalid:${victim}`,
    url: '/.well-known/heavylift-load-consent',
  })
})

test('a consent that is redirected to, too long, broken or for another host is none [READY-LOAD-12]', async () => {
  const before = seen.filter(({ at }) => at === 'victim').length
  const answers: [string, typeof answer][] = [
    [
      'redirect to whoever consented',
      (request, response) =>
        response
          .writeHead(302, { location: `http://127.0.0.1:${victim}${request.url}` })
          .end(consentLine(secret, `a.invalid:${attacker}`, '2999-01-01')),
    ],
    ['an endless file', (_request, response) => response.end('x'.repeat(100_000))],
    [
      'a fault',
      (_request, response) =>
        response.writeHead(500).end(consentLine(secret, `a.invalid:${attacker}`, '2999-01-01')),
    ],
  ]
  for (const [what, one] of answers) {
    answer = one
    await expect(askHere(targetAt(attacker, 'a.invalid')), what).resolves.toBeNull()
  }
  expect(seen.filter(({ at }) => at === 'victim')).toHaveLength(before)
  // What the victim serves for itself, replayed by the attacker.
  const replayed = consentLine(secret, `victim.invalid:${victim}`, '2999-01-01')
  await expect(
    allowTarget('http://192.0.2.7', secret, () => Promise.resolve(replayed)),
  ).rejects.toMatchObject({
    code: 'target-refused',
  })
})

test.each([
  '127.0.0.1',
  '10.0.0.1',
  '169.254.169.254',
  '::ffff:169.254.169.254',
  '::ffff:a9fe:a9fe',
  'fd00:ec2::254',
  'fe80::1',
  '0.0.0.0',
  '::',
])('%s is not even asked where no network is allowed [READY-LOAD-12]', async (host) => {
  const before = seen.length
  const authority = host.includes(':') ? `[${host}]:${attacker}` : `${host}:${attacker}`
  await expect(askByFetch([])({ protocol: 'http:', host, port: attacker, authority })).resolves.toBeNull()
  expect(seen).toHaveLength(before)
})

test('a target that redirects leads nowhere else [READY-LOAD-12]', async () => {
  answer = (_request, response) => response.writeHead(307, { location: `http://127.0.0.1:${victim}/` }).end()
  const before = seen.filter(({ at }) => at === 'victim').length
  const observed = await ask(
    new URL(`http://127.0.0.1:${attacker}`),
    { name: 'a', method: 'POST', path: '/' },
    10_000,
  )
  expect([observed.status, seen.filter(({ at }) => at === 'victim').length]).toEqual([307, before])
})
