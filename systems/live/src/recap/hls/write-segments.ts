import type { HlsSegment } from './media-playlist.ts'

/**
 * Lines of segments one after another. A cut begins with EXT-X-DISCONTINUITY and its time; keys and maps are said where
 * they change. `isCut` marks segments that do not go on from the one before; the very first needs no mark.
 */
export function segmentLines(segments: readonly { segment: HlsSegment; isCut: boolean }[]): string[] {
  const lines: string[] = []
  let key: string | null = null
  let map: string | null = null
  for (const [at, { segment, isCut }] of segments.entries()) {
    if (isCut && at > 0) lines.push('#EXT-X-DISCONTINUITY')
    if (segment.key !== key) lines.push(`#EXT-X-KEY:${segment.key ?? 'METHOD=NONE'}`)
    // A map of the earlier stretch does not reach over a discontinuity for every player, so it is said again.
    if (segment.map !== null && (segment.map !== map || isCut)) lines.push(`#EXT-X-MAP:${segment.map}`)
    key = segment.key
    map = segment.map
    lines.push(`#EXT-X-PROGRAM-DATE-TIME:${new Date(segment.startMs).toISOString()}`)
    if (segment.isGap) lines.push('#EXT-X-GAP')
    if (segment.byterange !== null) lines.push(`#EXT-X-BYTERANGE:${segment.byterange}`)
    lines.push(`#EXTINF:${(segment.durationMs / 1000).toFixed(6)},`, segment.uri)
  }
  return lines
}
