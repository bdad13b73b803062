import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { readFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { graphicsFiles } from '../../src/graphics/graphics-folder.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
}

/** It names its icon, since a browser would ask for one that is not there, and log that. */
const blankPage = '<!doctype html><link rel="icon" href="data:," /><body></body>'

export interface TestServer {
  address: string
  server: Server
  stop: () => Promise<void>
}

/** Sends the graphics as the product does, on a free port of loopback or the given one; `handle` answers first and says whether it did. */
export async function startStaticServer(
  handle: (request: IncomingMessage, response: ServerResponse) => boolean = () => false,
  port = 0,
): Promise<TestServer> {
  const server = createServer((request, response) => {
    if (handle(request, response)) return
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (path === '/blank') {
      response.writeHead(200, { 'content-type': 'text/html' }).end(blankPage)
      return
    }
    const folder = graphicsFiles
      .filter(({ mount }) => path.startsWith(mount))
      .toSorted((a, b) => b.mount.length - a.mount.length)[0]
    const file = folder ? join(folder.dir, path.slice(folder.mount.length) || 'index.html') : null
    if (file === null) return void response.writeHead(404).end()
    readFile(file).then(
      (bytes) => {
        response.writeHead(200, {
          'content-type': types[extname(file)] ?? 'application/octet-stream',
          'access-control-allow-origin': '*',
        })
        response.end(bytes)
      },
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    server,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
