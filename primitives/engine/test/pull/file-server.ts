import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server does with one request, given how many came before. */
export interface Serving {
  body: Buffer
  /** Cuts the connection after so many bytes of this answer. */
  cutAfter?: number
  status?: number
  headers?: Record<string, string>
}

export interface FileServer {
  url: string
  /** `Range` headers in order of arrival; empty strings for none. */
  ranges: string[]
  close(): Promise<void>
}

/** A real HTTP server that honours `Range` and `If-Range`, and misbehaves as told. */
export async function startFileServer(serve: (path: string, count: number) => Serving): Promise<FileServer> {
  const ranges: string[] = []
  const server = createServer((request, response) => {
    const { body, cutAfter, status = 200, headers = {} } = serve(request.url ?? '/', ranges.length)
    const { range = '', 'if-range': ifRange } = request.headers
    ranges.push(range)
    const etag = headers['etag'] ?? '"one"'
    const start = ifRange === etag ? Number(/^bytes=(\d+)-$/.exec(range)?.[1] ?? 0) : 0
    const part = body.subarray(start)
    response.writeHead(start > 0 ? 206 : status, { etag, 'content-length': part.length, ...headers })
    if (cutAfter === undefined) return void response.end(part)
    response.write(part.subarray(0, cutAfter), () => setTimeout(() => response.destroy(), 20))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    ranges,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
