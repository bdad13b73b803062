import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createSecureServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setDefaultCACertificates, getCACertificates } from 'node:tls'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { generate } from '../../src/load/generate.ts'
import { reportOf } from '../../src/load/report.ts'
import { scenarioSchema } from '../../src/load/scenario.ts'
import { allowTarget } from '../../src/load/target.ts'

const folder = mkdtempSync(join(tmpdir(), 'ready-tls-'))
const versions = new Set<string>()
let server: ReturnType<typeof createSecureServer>
let url: string
let certificate: string

beforeAll(async () => {
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  execFileSync('openssl', ['req', '-x509', ...kind, ...files, ...subject], { stdio: 'ignore' })
  certificate = readFileSync(join(folder, 'cert.pem'), 'utf8')
  const key = readFileSync(join(folder, 'key.pem'), 'utf8')
  server = createSecureServer({ key, cert: certificate, allowHTTP1: true }, (request, response) => {
    versions.add(request.httpVersion)
    response.end('ok')
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true, force: true })
})

async function play(http: '1.1' | '2') {
  const scenario = scenarioSchema.parse({
    name: 'tls',
    target: url,
    http,
    requests: [{ name: 'all', path: '/', check: { bodyIncludes: 'ok' } }],
    load: [{ kind: 'constant', ratePerSecond: 100, seconds: 0.3 }],
    maxConnections: 10,
  })
  const target = await allowTarget(url, null, () => Promise.resolve(null))
  return reportOf(scenario, await generate(scenario, target, new AbortController().signal))
}

test('TLS with HTTP/1.1 and HTTP/2 is loaded; a certificate that nobody vouches for is a fault [READY-LOAD-11]', async () => {
  const refused = await play('1.1')
  expect([refused.ok, refused.faults[0]?.kind]).toEqual([0, 'tls'])
  const before = getCACertificates('default')
  setDefaultCACertificates([...before, certificate])
  try {
    const first = await play('1.1')
    expect([first.ok, first.failed, [...versions]]).toEqual([30, 0, ['1.1']])
    versions.clear()
    const second = await play('2')
    expect([second.ok, second.failed, [...versions]]).toEqual([30, 0, ['2.0']])
  } finally {
    setDefaultCACertificates(before)
  }
})
