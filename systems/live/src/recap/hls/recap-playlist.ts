import type { RecapCut } from '../select-recap.ts'
import type { HlsSegment, MediaPlaylist } from './media-playlist.ts'
import { segmentLines } from './write-segments.ts'

/** The segments of cuts, also in another rendition whose segments lie a little differently. In order of time. */
export function segmentsOf(playlist: MediaPlaylist, cuts: readonly RecapCut[]): HlsSegment[] {
  return playlist.segments.filter(({ startMs, durationMs, isGap }) => {
    const middle = startMs + durationMs / 2
    return !isGap && cuts.some((cut) => cut.startMs <= middle && middle < cut.endMs)
  })
}

/** Which segments begin a cut: not the one after their predecessor, or decoded anew. */
export function markCuts(segments: readonly HlsSegment[]): { segment: HlsSegment; isCut: boolean }[] {
  return segments.map((segment, at) => {
    const before = segments[at - 1]
    return { segment, isCut: !before || segment.isBreak || segment.sequence !== before.sequence + 1 }
  })
}

/** EXT-X-BYTERANGE needs version 4, EXT-X-MAP in a playlist with pictures 6. */
const versionOf = (playlist: MediaPlaylist): number => Math.max(6, playlist.version)

/** The recap by itself: a VOD playlist of segments of the live one. */
export function recapPlaylist(playlist: MediaPlaylist, cuts: readonly RecapCut[]): string {
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${versionOf(playlist)}`,
    `#EXT-X-TARGETDURATION:${playlist.targetSeconds}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...segmentLines(markCuts(segmentsOf(playlist, cuts))),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')
}

/** What stays the same over all reloads of one viewer's playlist of one rendition. */
export interface HandOver {
  cuts: readonly RecapCut[]
  /** Segments of the recap in this rendition, and the breaks between them. */
  segments: number
  breaks: number
  /** Media sequence of the live part's first segment, and the discontinuity number before it, in the live playlist. */
  sequence: number
  discontinuity: number
}

/**
 * The hand-over: the recap's last cut is the present, and the live part goes on with the very next segment, so there is no
 * break between them unless the live stream has one.
 */
export function planHandOver(playlist: MediaPlaylist, cuts: readonly RecapCut[]): HandOver {
  const marked = markCuts(segmentsOf(playlist, cuts))
  const last = marked.at(-1)?.segment ?? playlist.segments.at(-1)
  return {
    cuts,
    segments: marked.length,
    breaks: marked.filter(({ isCut }, at) => isCut && at > 0).length,
    sequence: last ? last.sequence + 1 : 0,
    discontinuity: last?.discontinuity ?? 0,
  }
}

/**
 * The recap and then the live window, as one live playlist. A segment keeps its media sequence and discontinuity number on
 * every reload: recap segments count from 0, live ones on from there by how far they are from the hand-over. What the live
 * playlist no longer lists falls off the front here too.
 */
export function liveWithRecap(playlist: MediaPlaylist, plan: HandOver): string {
  const recap = markCuts(segmentsOf(playlist, plan.cuts).filter(({ sequence }) => sequence < plan.sequence))
  const live = playlist.segments.filter(({ sequence }) => sequence >= plan.sequence)
  const first = live[0]
  const [mediaSequence, discontinuitySequence] =
    recap.length === 0 && first
      ? [
          plan.segments + first.sequence - plan.sequence,
          plan.breaks + first.discontinuity - plan.discontinuity,
        ]
      : [
          Math.max(0, plan.segments - recap.length),
          plan.breaks - recap.filter(({ isCut }, at) => isCut && at > 0).length,
        ]
  return [
    '#EXTM3U',
    `#EXT-X-VERSION:${versionOf(playlist)}`,
    `#EXT-X-TARGETDURATION:${playlist.targetSeconds}`,
    `#EXT-X-MEDIA-SEQUENCE:${mediaSequence}`,
    `#EXT-X-DISCONTINUITY-SEQUENCE:${discontinuitySequence}`,
    // Without it a player would begin at the live edge.
    ...(recap.length === 0 ? [] : ['#EXT-X-START:TIME-OFFSET=0,PRECISE=YES']),
    ...segmentLines([...recap, ...live.map((segment) => ({ segment, isCut: segment.isBreak }))]),
    ...(playlist.isEnded ? ['#EXT-X-ENDLIST'] : []),
    '',
  ].join('\n')
}
