import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import type { SafeFetch } from '@heavylift/core/safe-fetch'

/** How long a playlist that was read is handed to the next viewer too. */
const freshMs = 1_000
const playlistBytes = 8 * 1024 * 1024
const segmentBytes = 256 * 1024 * 1024

export interface VideoOrigin {
  /** Throws an `InvalidInputError` (`stream-url-invalid`) on what is no http(s) address. */
  check(url: string): void
  /** Text of a playlist, at most a second old. */
  playlist(url: string): Promise<string>
  /** Bytes of a segment, a map or a key; `byterange` as in a playlist, `n@o`. */
  bytes(url: string, byterange: string | null, signal: AbortSignal): Promise<Uint8Array>
}

/**
 * The way to video elsewhere: public addresses only, and the origins that the configuration names, which may be private but
 * may not redirect. Fetching throws an `OutboundError`, or a `HeavyliftError` (`stream-unavailable`) with the origin's status.
 */
export function createVideoOrigin(origins: readonly string[], clock: Clock): VideoOrigin {
  const limits = { maxBytes: segmentBytes, totalMs: 60_000 }
  const publicFetch = createSafeFetch(limits)
  const configured = new Map<string, SafeFetch>(
    origins.map((origin) => {
      const url = new URL(origin)
      const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port)
      const allowNetworks = ['0.0.0.0/0', '::/0']
      return [url.origin, createSafeFetch({ ...limits, ports: [port], allowNetworks, maxRedirects: 0 })]
    }),
  )
  const playlists = new Map<string, { atMs: number; text: Promise<string> }>()

  async function get(url: string, options: Parameters<SafeFetch>[1]) {
    const fetchFrom = configured.get(new URL(url).origin) ?? publicFetch
    const answer = await fetchFrom(url, options)
    if (answer.status === 200 || answer.status === 206) return answer
    throw new HeavyliftError({
      code: 'stream-unavailable',
      message: `The video's server answered ${answer.status} for ${new URL(url).pathname}.`,
      status: 502,
      isRetryable: true,
    })
  }

  return {
    check(url) {
      const parsed = URL.parse(url)
      if (parsed && /^https?:$/.test(parsed.protocol) && parsed.username === '') return
      throw new InvalidInputError({
        code: 'stream-url-invalid',
        message: 'The address of a stream begins with http:// or https:// and leads to an HLS playlist.',
      })
    },

    playlist(url) {
      const nowMs = clock.nowMs()
      for (const [known, { atMs }] of playlists) if (nowMs - atMs > freshMs) playlists.delete(known)
      const known = playlists.get(url)
      if (known) return known.text
      const text = get(url, { maxBytes: playlistBytes }).then((answer) => answer.text())
      playlists.set(url, { atMs: nowMs, text })
      text.catch(() => playlists.delete(url))
      return text
    },

    async bytes(url, byterange, signal) {
      if (byterange === null) return (await get(url, { signal })).body
      const [length = 0, offset = 0] = byterange.split('@').map(Number)
      const headers = { range: `bytes=${offset}-${offset + length - 1}` }
      const { status, body } = await get(url, { signal, headers })
      return status === 206 ? body : body.subarray(offset, offset + length)
    },
  }
}
