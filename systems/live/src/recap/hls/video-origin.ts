import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { Clock } from '@heavylift/core'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import type { SafeFetch } from '@heavylift/core/safe-fetch'

/** How long a playlist that was read is handed to the next viewer too. */
const freshMs = 1_000
const playlistBytes = 8 * 1024 * 1024
/** Of a map or a key: the header of a track's file and 16 bytes. */
const smallBytes = 1024 * 1024
const segmentBytes = 256 * 1024 * 1024

export interface VideoOrigin {
  /** Throws an `InvalidInputError` (`stream-url-invalid`) on what is no http(s) address. */
  check(url: string): void
  /** Text of a playlist, at most a second old. */
  playlist(url: string): Promise<string>
  /** Bytes of a map or a key, at most 1 MiB; `byterange` as in a playlist, `n@o`. */
  bytes(url: string, byterange: string | null, signal: AbortSignal): Promise<Uint8Array>
  /** Hands over a segment as it comes, so that none is held in memory. Rejects with what `consume` throws. */
  read(
    url: string,
    byterange: string | null,
    signal: AbortSignal,
    consume: (chunks: AsyncIterable<Uint8Array>) => Promise<void>,
  ): Promise<void>
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

  async function get(url: string, options: NonNullable<Parameters<SafeFetch>[1]>) {
    const fetchFrom = configured.get(new URL(url).origin) ?? publicFetch
    const { consume } = options
    const answer = await fetchFrom(url, {
      ...options,
      // What a refusal says is no part of the video.
      ...(consume && {
        consume: (chunks, status) => {
          checkStatus(url, status)
          return consume(chunks, status)
        },
      }),
    })
    checkStatus(url, answer.status)
    return answer
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
      if (byterange === null) return (await get(url, { signal, maxBytes: smallBytes })).body
      const { offset, end } = rangeOf(byterange)
      const { status, body } = await get(url, { signal, headers: rangeHeader(offset, end) })
      return status === 206 ? body : body.subarray(offset, end)
    },

    async read(url, byterange, signal, consume) {
      if (byterange === null) return void (await get(url, { signal, consume }))
      const { offset, end } = rangeOf(byterange)
      await get(url, {
        signal,
        headers: rangeHeader(offset, end),
        consume: (chunks, status) => consume(status === 206 ? chunks : within(chunks, offset, end)),
      })
    },
  }
}

function checkStatus(url: string, status: number): void {
  if (status === 200 || status === 206) return
  throw new HeavyliftError({
    code: 'stream-unavailable',
    message: `The video's server answered ${status} for ${new URL(url).pathname}.`,
    status: 502,
    isRetryable: true,
  })
}

function rangeOf(byterange: string): { offset: number; end: number } {
  const [length = 0, offset = 0] = byterange.split('@').map(Number)
  return { offset, end: offset + length }
}

const rangeHeader = (offset: number, end: number) => ({ range: `bytes=${offset}-${end - 1}` })

/** The stretch of a whole file that a server sent in place of the range. */
async function* within(
  chunks: AsyncIterable<Uint8Array>,
  offset: number,
  end: number,
): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const chunk of chunks) {
    const part = chunk.subarray(Math.max(0, offset - at), Math.max(0, end - at))
    at += chunk.byteLength
    if (part.byteLength > 0) yield part
    if (at >= end) return
  }
}
