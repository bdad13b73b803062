import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OutputHub } from '../../pipeline/hub/output-hub.ts'

/** The feed of insights of `main/<match>` as server-sent events, as the route `…/insights/stream` tells it, without a database. */
export function serveInsights(hub: OutputHub, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', 'http://bench.localhost')
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write(': open\n\n')
  const after = url.searchParams.get('after')
  void (async () => {
    const entries = hub.follow('main', url.searchParams.get('match') ?? '', Number(after ?? 0), gone.signal)
    for await (const { cursor, output } of entries) {
      if (output.type !== 'insight') continue
      const data = JSON.stringify(output.insight)
      if (!response.write(`id: ${cursor}\nevent: insight\ndata: ${data}\n\n`) && !gone.signal.aborted)
        await new Promise<void>((resolve) => {
          response.once('drain', resolve)
          response.once('close', resolve)
        })
    }
  })()
}
