import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AddressInfo } from 'node:net'
import { basename, extname, join } from 'node:path'
import { HeavyliftError, RawResponse } from '@heavylift/core'
import type { StaticFiles } from '@heavylift/core'
import { watchFiles } from '../../src/recap/watch-folder.ts'
import type { TestLive } from '../support/start-test-live.ts'

const hls = createRequire(import.meta.url).resolve('hls.js/dist/hls.min.js')

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }

/** What the product's server lets a page do. */
const policy = ({ connectSources = [] }: StaticFiles): string =>
  `default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; media-src 'self' blob:; worker-src 'self' blob:; connect-src 'self' ${connectSources.join(' ')}`

export interface RecapServer {
  address: string
  /** How many segments the stream lists now; it grows while the test goes on. */
  listed: number
  stop(): Promise<void>
}

/** One server: the video as a growing live stream below /video/, the routes of live below /api/live/, and a blank page. */
export async function serveRecap(live: () => TestLive, dir: string): Promise<RecapServer> {
  const state = { listed: 0 }
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      response.writeHead(HeavyliftError.isInstance(error) ? error.status : 500).end(String(error))
    })
  })
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    // As a packager's server does for players on other sites.
    if (url.pathname.startsWith('/video/')) response.setHeader('access-control-allow-origin', '*')
    const files = watchFiles
      .filter(({ mount }) => url.pathname.startsWith(mount))
      .toSorted((a, b) => b.mount.length - a.mount.length)[0]
    if (files) {
      const file = join(files.dir, url.pathname.slice(files.mount.length) || 'index.html')
      const type = types[extname(file)] ?? 'application/octet-stream'
      response.writeHead(200, { 'content-type': type, 'content-security-policy': policy(files) })
      response.end(await readFile(file))
    } else if (url.pathname === '/') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><script src="/hls.js"></script><video muted></video>')
    } else if (url.pathname === '/hls.js') response.end(await readFile(hls))
    else if (url.pathname === '/video/live.m3u8')
      response.end(windowOf(await readFile(join(dir, 'live.m3u8'), 'utf8'), state.listed))
    else if (url.pathname.startsWith('/video/'))
      response.end(await readFile(join(dir, basename(url.pathname))))
    else await callRoute(live(), url, request, response)
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return Object.assign(state, {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  })
}

/** The playlist as it was when only so many segments were there. */
function windowOf(text: string, listed: number): string {
  const lines = text.split('\n').filter((line) => line !== '#EXT-X-ENDLIST')
  let seen = 0
  const end = lines.findIndex((line) => line.startsWith('#EXTINF') && ++seen > listed)
  return lines.slice(0, end === -1 ? lines.length : end).join('\n')
}

async function callRoute(
  live: TestLive,
  url: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, matchId = '', rest = ''] = /^\/api\/live\/matches\/([^/]+)\/(.+)$/.exec(url.pathname) ?? []
  const method = request.method?.toLowerCase()
  const route = live.running.routes.find(
    (each) => each.path === `/matches/:matchId/${rest}` && each.method === method,
  )
  if (!route) return void response.writeHead(404).end()
  const result = await route.handle({
    params: { matchId: decodeURIComponent(matchId) },
    query: route.query?.parse(Object.fromEntries(url.searchParams)) ?? {},
    body: null,
    headers: new Headers({ host: request.headers.host ?? '' }),
    caller: { tenantId: 'main', scope: 'operator', keyId: null },
    signal: AbortSignal.timeout(30_000),
    lastEventId: null,
  })
  if (!(result instanceof RawResponse)) return void response.end(JSON.stringify(result))
  response.writeHead(result.status, result.headers)
  response.end(Buffer.from(await new Response(result.body as ReadableStream<Uint8Array>).arrayBuffer()))
}
