import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { RequestListener, Server, ServerResponse } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { discoverSchema } from '../../src/discovery/discover-config.ts'
import type { DiscoverOf } from '../../src/discovery/discover-config.ts'
import { kubernetesSource } from '../../src/discovery/kubernetes-source.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end()
})

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  ends.push(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return (server.address() as AddressInfo).port
}

function configOf(config: object = {}): DiscoverOf<'kubernetes'> {
  return discoverSchema(z.string()).parse({
    kind: 'kubernetes',
    namespace: 'models',
    service: 'vllm',
    allow: ['10.0.0.0/8'],
    ...config,
  }) as DiscoverOf<'kubernetes'>
}

function sliceOf(
  name: string,
  version: number,
  endpoints: object[],
  ports: object[] = [{ name: 'http', port: 8000 }],
) {
  return {
    metadata: { name, resourceVersion: String(version) },
    addressType: 'IPv4',
    endpoints,
    ports,
  }
}
const up = (address: string, more: object = {}) => ({
  addresses: [address],
  conditions: { ready: true },
  ...more,
})
const list = (version: number, items: object[], token?: string) => ({
  kind: 'EndpointSliceList',
  metadata: { resourceVersion: String(version), ...(token === undefined ? {} : { continue: token }) },
  items,
})

/** The API server's part: answers lists as `lists` says, one after the other, and hands out watches. */
function fakeApi(lists: (object | 410)[]) {
  const asked: { query: Record<string, string>; authorization: string | undefined }[] = []
  const watches: { response: ServerResponse; version: string | null }[] = []
  let heard: () => void = () => undefined
  const answer: RequestListener = (request, response) => {
    const url = new URL(request.url ?? '/', 'http://api')
    if (url.pathname !== '/apis/discovery.k8s.io/v1/namespaces/models/endpointslices') {
      response.writeHead(404).end()
      return
    }
    asked.push({
      query: Object.fromEntries(url.searchParams),
      authorization: request.headers.authorization,
    })
    if (url.searchParams.get('watch') === 'true') {
      response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
      watches.push({ response, version: url.searchParams.get('resourceVersion') })
      heard()
      return
    }
    const next = lists.shift() ?? 410
    if (next === 410) response.writeHead(410).end('{"kind":"Status","code":410}')
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(next))
  }
  return {
    answer,
    asked,
    watches,
    /** Resolves with the watch of that number, from 0. */
    async watch(at: number) {
      while (watches[at] === undefined) await new Promise<void>((resolve) => (heard = resolve))
      return watches[at]
    },
  }
}

function read(config: DiscoverOf<'kubernetes'>, folder?: string, environment?: NodeJS.ProcessEnv) {
  const stop = new AbortController()
  ends.push(() => stop.abort())
  const secrets = async (reference: string) => `secret ${reference}`
  const sets = kubernetesSource(config, secrets, folder, environment)(stop.signal)[Symbol.asyncIterator]()
  return async () => ((await sets.next()).value ?? []) as { address: string; port: number; zone?: string }[]
}

const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`

test('ready endpoints are listed page by page and then watched, bookmarks and ended watches included [MODELS-DISCOVER-02]', async () => {
  const api = fakeApi([
    list(
      10,
      [
        sliceOf('a', 5, [
          up('10.0.0.1', { zone: 'eu-1a' }),
          up('10.0.0.9', { conditions: { ready: false } }),
        ]),
      ],
      'more',
    ),
    list(10, [sliceOf('b', 6, [{ addresses: ['10.0.0.2'], conditions: {} }])]),
  ])
  const port = await listen(createServer(api.answer))
  const next = read(configOf({ server: `http://127.0.0.1:${port}`, token: 'file:cluster', port: 'http' }))
  expect(await next()).toEqual([
    { address: '10.0.0.1', port: 8000, zone: 'eu-1a' },
    { address: '10.0.0.2', port: 8000 },
  ])
  const added = next()
  const first = await api.watch(0)
  expect(first.version).toBe('10')
  first.response.write(event('ADDED', sliceOf('c', 11, [up('10.0.0.3')])))
  expect((await added).map(({ address }) => address)).toEqual(['10.0.0.1', '10.0.0.2', '10.0.0.3'])
  const changed = next()
  first.response.write(event('BOOKMARK', { metadata: { resourceVersion: '20' } }))
  // The server ends a watch now and then; the next goes on where that ended.
  first.response.end()
  const second = await api.watch(1)
  expect(second.version).toBe('20')
  // An event may come in pieces.
  const text = event('DELETED', sliceOf('a', 21, []))
  second.response.write(text.slice(0, 30))
  setTimeout(() => second.response.write(text.slice(30)), 20)
  expect((await changed).map(({ address }) => address)).toEqual(['10.0.0.2', '10.0.0.3'])
  expect(new Set(api.asked.map(({ authorization }) => authorization))).toEqual(
    new Set(['Bearer secret file:cluster']),
  )
  expect(api.asked[1]?.query).toMatchObject({
    continue: 'more',
    labelSelector: 'kubernetes.io/service-name=vllm',
  })
})

test.each([
  [
    'an event',
    (response: ServerResponse) =>
      response.end(event('ERROR', { kind: 'Status', code: 410, reason: 'Expired' })),
  ],
  ['the answer', null],
])('410 Gone as %s lists anew [MODELS-DISCOVER-02]', async (_, gone) => {
  const api = fakeApi([
    list(1, [sliceOf('a', 1, [up('10.0.0.1')])]),
    410,
    list(90, [sliceOf('b', 90, [up('10.0.0.8')])]),
  ])
  const refusing: RequestListener = (request, response) => {
    // The second watch is refused outright.
    if (
      gone === null &&
      request.url?.includes('watch=true') === true &&
      !request.url.includes('resourceVersion=90')
    )
      response.writeHead(410).end()
    else api.answer(request, response)
  }
  const port = await listen(createServer(refusing))
  const next = read(configOf({ server: `http://127.0.0.1:${port}` }))
  expect((await next()).map(({ address }) => address)).toEqual(['10.0.0.1'])
  const anew = next()
  if (gone !== null) gone((await api.watch(0)).response)
  expect((await anew).map(({ address }) => address)).toEqual(['10.0.0.8'])
})

test('a refusal says what the account may not do, and being in no cluster what to write', async () => {
  const port = await listen(createServer((_, response) => response.writeHead(403).end()))
  await expect(read(configOf({ server: `http://127.0.0.1:${port}` }))()).rejects.toThrow(
    /list and watch endpointslices/,
  )
  await expect(read(configOf(), '/nowhere', {})()).rejects.toThrow(/"server"/)
})

function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

// Node cannot make certificates; without the openssl program there is none to serve.
test.skipIf(!hasOpenssl())(
  'inside a cluster the account of the pod is used: its certificate, and its token as it is now [MODELS-DISCOVER-02]',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'account-'))
    ends.push(() => rm(folder, { recursive: true, force: true }))
    const key = join(folder, 'key.pem')
    const certificate = join(folder, 'ca.crt')
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        key,
        '-out',
        certificate,
        '-days',
        '2',
      ].concat(['-subj', '/CN=kubernetes', '-addext', 'subjectAltName=IP:127.0.0.1']),
      { stdio: 'ignore' },
    )
    await writeFile(join(folder, 'token'), 'first\n')
    const api = fakeApi([list(1, [sliceOf('a', 1, [up('10.0.0.1')])])])
    const options = { key: await readFile(key), cert: await readFile(certificate) }
    const port = await listen(createSecureServer(options, api.answer) as unknown as Server)
    const next = read(configOf(), folder, {
      KUBERNETES_SERVICE_HOST: '127.0.0.1',
      KUBERNETES_SERVICE_PORT: String(port),
    })
    expect(await next()).toHaveLength(1)
    await writeFile(join(folder, 'token'), 'second\n')
    const later = next()
    const watch = await api.watch(0)
    watch.response.write(event('MODIFIED', sliceOf('a', 2, [])))
    expect(await later).toEqual([])
    expect(api.asked.map(({ authorization }) => authorization)).toEqual(['Bearer first', 'Bearer second'])
  },
)
