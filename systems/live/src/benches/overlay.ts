import { sleep } from '@heavylift/core/async'
import type { Insight } from '../domain/insight.ts'

export interface OverlayOptions {
  /** Addresses of the feed of one match; all are followed at once. `after` is set by the overlay. */
  feeds: readonly string[]
  signal: AbortSignal
  /** Called once for each insight and revision, with the monotonic time at which it came. */
  onInsight(insight: Insight, atMs: number): void
  /** Called for everything that comes from a feed (by its place in `feeds`), shown already or not. */
  onArrival?(insight: Insight, feed: number): void
}

/**
 * What a browser source does, for benches: follows several servers, shows each revision of an insight once, and comes
 * back to a server that was lost with the cursor it had.
 */
export function followAsOverlay(options: OverlayOptions): void {
  const shown = new Set<string>()
  for (const feed of options.feeds.keys()) void followOne(feed, options, shown)
}

async function followOne(feed: number, options: OverlayOptions, shown: Set<string>): Promise<void> {
  let cursor = '0'
  while (!options.signal.aborted) {
    try {
      const url = new URL(options.feeds[feed]!)
      url.searchParams.set('after', cursor)
      const response = await fetch(url, { signal: options.signal })
      for await (const event of serverEvents(response)) {
        cursor = event.id
        const insight = JSON.parse(event.data) as Insight
        const name = `${insight.id}/${insight.revision}`
        options.onArrival?.(insight, feed)
        if (shown.has(name)) continue
        shown.add(name)
        options.onInsight(insight, performance.now())
      }
    } catch {
      // The server is gone; the others go on, and this one is asked again.
    }
    await sleep(50, options.signal)
  }
}

async function* serverEvents(response: Response): AsyncGenerator<{ id: string; data: string }> {
  if (!response.ok || response.body === null) return
  let text = ''
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    text += part
    for (let end = text.indexOf('\n\n'); end !== -1; end = text.indexOf('\n\n')) {
      const fields = new Map(
        text
          .slice(0, end)
          .split('\n')
          .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
      )
      text = text.slice(end + 2)
      const data = fields.get('data')
      if (fields.get('event') === 'insight' && data !== undefined) yield { id: fields.get('id') ?? '0', data }
    }
  }
}
