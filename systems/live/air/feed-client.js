import { followEvents, followSocket } from './event-stream.js'

/** @typedef {import('../src/domain/insight.ts').Insight} Insight */

const staleAfterMs = 5_000
/** Insights whose revision is remembered; far more than are open at once. */
const remembered = 20_000

/**
 * Lets each revision of an insight through once, and never an older one after a newer one.
 * @returns {(insight: Insight) => boolean}
 */
export function createDeduplicator(most = remembered) {
  const revisions = /** @type {Map<string, number>} */ (new Map())
  return ({ id, revision }) => {
    const known = revisions.get(id)
    if (known !== undefined && revision <= known) return false
    // Anew at the end of the map, so that the one not heard of for longest goes first.
    revisions.delete(id)
    revisions.set(id, revision)
    const [oldest] = revisions.keys()
    if (revisions.size > most && oldest !== undefined) revisions.delete(oldest)
    return true
  }
}

/**
 * The insights of a match from all of its servers at once: whichever tells first is heard, and the loss of one
 * neither loses nor repeats any. Each connection resumes after its own last event.
 * @param {{
 *   addresses: string[], matchId: string, key?: string | null, transport?: 'sse' | 'ws',
 *   onInsight: (insight: Insight) => void, onStale?: (isStale: boolean) => void,
 * }} options `addresses`: servers, e.g. `https://live-a.example`. `onStale`: no server has been connected for 5 s.
 * @returns {{ close(): void }}
 */
export function openFeed({
  addresses,
  matchId,
  key = null,
  transport = 'sse',
  onInsight,
  onStale = () => {},
}) {
  const closed = new AbortController()
  const { signal } = closed
  const isNew = createDeduplicator()
  const connected = new Set()
  let isStale = false
  let staleTimer = /** @type {ReturnType<typeof setTimeout> | null} */ (null)
  const take = (/** @type {Insight} */ insight) => {
    if (!signal.aborted && isNew(insight)) onInsight(insight)
  }
  const watch = () => {
    if (connected.size > 0) {
      if (staleTimer !== null) clearTimeout(staleTimer)
      staleTimer = null
      if (isStale) onStale((isStale = false))
    } else {
      staleTimer ??= setTimeout(() => onStale((isStale = true)), staleAfterMs)
    }
  }
  watch()
  for (const address of addresses) {
    const onConnected = (/** @type {boolean} */ isConnected) => {
      if (isConnected) connected.add(address)
      else connected.delete(address)
      if (!signal.aborted) watch()
    }
    const match = encodeURIComponent(matchId)
    if (transport === 'ws') {
      const url = `${address.replace(/^http/, 'ws')}/live/ws?match=${match}`
      void followSocket({
        url,
        signal,
        onConnected,
        onMessage: (message) => message.type === 'insight' && take(message.insight),
      })
    } else {
      const url = `${address}/api/live/matches/${match}/insights/stream`
      void followEvents({
        url,
        key,
        signal,
        onConnected,
        onEvent: ({ event, data }) => event === 'insight' && take(JSON.parse(data)),
      })
    }
  }
  return {
    close() {
      closed.abort()
      if (staleTimer !== null) clearTimeout(staleTimer)
    },
  }
}
