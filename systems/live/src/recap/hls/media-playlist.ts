import { InvalidInputError } from '@heavylift/core'
import type { Piece } from '../piece.ts'
import { readAttributes, withAbsoluteUri, writeAttributes } from './attributes.ts'

/** A segment of a live playlist with all that it needs to be played elsewhere; addresses are absolute. */
export interface HlsSegment extends Piece {
  uri: string
  /** `EXT-X-KEY` attributes with an explicit IV; null where it is not encrypted. */
  key: string | null
  /** `EXT-X-MAP` attributes; null in transport streams. */
  map: string | null
  /** `n@o`, always with its offset. */
  byterange: string | null
  /** It has no picture (EXT-X-GAP). */
  isGap: boolean
  sequence: number
  /** The discontinuity sequence number of its stretch. */
  discontinuity: number
}

export interface MediaPlaylist {
  version: number
  targetSeconds: number
  isEnded: boolean
  segments: HlsSegment[]
}

const broken = (why: string): InvalidInputError =>
  new InvalidInputError({ code: 'playlist-invalid', message: `The stream's playlist cannot be used: ${why}` })

/** Whether a playlist lists variants rather than segments. */
export const isMultivariant = (text: string): boolean => /^#EXT-X-STREAM-INF:/m.test(text)

/**
 * Reads a media playlist (RFC 8216), live, EVENT or VOD. Every segment gets its wall time: by its own
 * EXT-X-PROGRAM-DATE-TIME, else counted on from the nearest one. What only low-latency clients read (parts, hints) and tags
 * that are not known are left out. Throws an
 * `InvalidInputError` (`playlist-invalid`, `playlist-without-times`).
 */
export function readMediaPlaylist(text: string, url: string): MediaPlaylist {
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  if (lines[0] !== '#EXTM3U') throw broken('it does not begin with #EXTM3U.')
  const playlist: MediaPlaylist = { version: 3, targetSeconds: 0, isEnded: false, segments: [] }
  const timed: { segment: HlsSegment; isTimed: boolean }[] = []
  let sequence = 0
  let discontinuity = 0
  let key: ReadonlyMap<string, string> | null = null
  let map: string | null = null
  /** Where the last byte range of a resource ended, since the next may leave its offset out. */
  let range: { uri: string; end: number } | null = null
  let next = { seconds: NaN, atMs: NaN, isBreak: false, isGap: false, byterange: '' }

  for (const line of lines.slice(1)) {
    if (line === '') continue
    const [, tag = '', value = ''] = /^#(EXT[A-Z0-9-]*):?(.*)$/.exec(line) ?? []
    if (tag === 'EXTINF') next.seconds = numberIn(value, 'EXTINF')
    else if (tag === 'EXT-X-PROGRAM-DATE-TIME') {
      next.atMs = Date.parse(value)
      if (Number.isNaN(next.atMs)) throw broken(`"${value.slice(0, 40)}" is not a time.`)
    } else if (tag === 'EXT-X-DISCONTINUITY') next.isBreak = true
    else if (tag === 'EXT-X-GAP') next.isGap = true
    else if (tag === 'EXT-X-BYTERANGE') next.byterange = value
    else if (tag === 'EXT-X-KEY') {
      const attributes = withAbsoluteUri(readAttributes(value), url)
      key = attributes.get('METHOD') === 'NONE' ? null : attributes
    } else if (tag === 'EXT-X-MAP') map = writeAttributes(withAbsoluteUri(readAttributes(value), url))
    else if (tag === 'EXT-X-MEDIA-SEQUENCE') sequence = numberIn(value, tag)
    else if (tag === 'EXT-X-DISCONTINUITY-SEQUENCE') discontinuity = numberIn(value, tag)
    else if (tag === 'EXT-X-TARGETDURATION') playlist.targetSeconds = numberIn(value, tag)
    else if (tag === 'EXT-X-VERSION') playlist.version = numberIn(value, tag)
    else if (tag === 'EXT-X-ENDLIST') playlist.isEnded = true
    else if (tag === 'EXT-X-DEFINE') throw broken('it uses variables (EXT-X-DEFINE).')
    else if (tag === 'EXT-X-SKIP') throw broken('it is a delta update, which nobody asked for.')
    else if (!line.startsWith('#')) {
      if (Number.isNaN(next.seconds)) throw broken('a segment has no EXTINF.')
      const uri = new URL(line, url).href
      if (next.isBreak) discontinuity++
      let byterange: string | null = null
      if (next.byterange !== '') {
        const [length, offset] = next.byterange.split('@').map(Number)
        const from: number = offset ?? (range?.uri === uri ? range.end : NaN)
        if (!Number.isInteger(length) || !Number.isInteger(from))
          throw broken('a byte range says not where it begins.')
        range = { uri, end: from + length! }
        byterange = `${length}@${from}`
      }
      timed.push({
        isTimed: !Number.isNaN(next.atMs),
        segment: {
          uri,
          startMs: next.atMs,
          durationMs: next.seconds * 1000,
          isBreak: next.isBreak,
          key: key === null ? null : keyOf(key, sequence),
          map,
          byterange,
          isGap: next.isGap,
          sequence,
          discontinuity,
        },
      })
      sequence++
      next = { seconds: NaN, atMs: NaN, isBreak: false, isGap: false, byterange: '' }
    }
  }
  if (playlist.targetSeconds === 0) throw broken('it has no EXT-X-TARGETDURATION.')
  setTimes(timed)
  playlist.segments = timed.map(({ segment }) => segment)
  return playlist
}

function numberIn(value: string, tag: string): number {
  const number = Number.parseFloat(value)
  if (Number.isFinite(number) && number >= 0) return number
  throw broken(`${tag} has the value "${value.slice(0, 40)}".`)
}

/** Without an IV the sequence number is it (RFC 8216 §5.2), and a segment has another number in a recap. */
function keyOf(key: ReadonlyMap<string, string>, sequence: number): string {
  const explicit = new Map(key)
  if (!explicit.has('IV')) explicit.set('IV', `0x${sequence.toString(16).padStart(32, '0')}`)
  return writeAttributes(explicit)
}

/** Counts times on from those that are given, and back from the first. */
function setTimes(timed: readonly { segment: HlsSegment; isTimed: boolean }[]): void {
  const first = timed.findIndex(({ isTimed }) => isTimed)
  if (first === -1 && timed.length > 0)
    throw new InvalidInputError({
      code: 'playlist-without-times',
      message:
        "The stream's playlist has no EXT-X-PROGRAM-DATE-TIME, so its pictures cannot be matched with the game. Switch it on in the packager (ffmpeg: -hls_flags program_date_time).",
    })
  for (let at = first - 1; at >= 0; at--)
    timed[at]!.segment.startMs = timed[at + 1]!.segment.startMs - timed[at]!.segment.durationMs
  for (let at = first + 1; at < timed.length; at++) {
    const { segment, isTimed } = timed[at]!
    const before = timed[at - 1]!.segment
    if (!isTimed) segment.startMs = before.startMs + before.durationMs
  }
}
