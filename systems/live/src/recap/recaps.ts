import type { TagStore } from '../events/store/tag-store.ts'
import type { Tag } from '../domain/tag.ts'
import { homeChanceOf } from '../insights/winning/home-chance.ts'
import type { MatchStore } from '../matches/match-store.ts'
import { openStream, readRendition } from './hls/read-stream.ts'
import type { HlsStream } from './hls/read-stream.ts'
import type { MediaPlaylist } from './hls/media-playlist.ts'
import type { VideoOrigin } from './hls/video-origin.ts'
import type { MatchStream, MatchStreams } from './match-streams.ts'
import type { WinChance } from './moments.ts'
import { evenPieces } from './piece.ts'
import { selectRecap } from './select-recap.ts'
import type { Recap } from './select-recap.ts'

export interface RecapAsk {
  /** When the viewer joins, on the clock of the pictures; null for what is newest. */
  fromMs: number | null
  budgetMs: number
}

export interface RecapSources {
  tags: Pick<TagStore, 'search'>
  matches: Pick<MatchStore, 'get' | 'insights'>
  streams: MatchStreams
  origin: VideoOrigin
}

/** Video of a match as it is now, read once for a request. */
export interface OpenVideo {
  stream: HlsStream
  playlist: MediaPlaylist
}

/** Length of what stands for segments where there is no video, and how many there are at most. */
const pieceMs = 1_000
const mostPieces = 50_000
const pageTags = 2_000

/** Opens the video of a match, in the rendition that recaps are chosen by. */
export async function openVideo(origin: VideoOrigin, { url }: MatchStream): Promise<OpenVideo> {
  const stream = await openStream(origin, url)
  return { stream, playlist: await readRendition(origin, stream, stream.main) }
}

/** The recap of a match for a viewer who joins now, in segments of its video; without one, of its bare time. */
export async function recapOf(
  { tags, matches }: RecapSources,
  tenantId: string,
  matchId: string,
  video: { open: OpenVideo; offsetMs: number } | null,
  { fromMs, budgetMs }: RecapAsk,
): Promise<Recap> {
  const { match } = await matches.get(tenantId, matchId)
  const offsetMs = video?.offsetMs ?? 0
  const all = (await allTags(tags, tenantId, matchId)).map((tag) => ({
    ...tag,
    startMs: tag.startMs + offsetMs,
    endMs: tag.endMs + offsetMs,
  }))
  const kind = `${match.sport}.win-probability`
  const told = await matches.insights(tenantId, matchId, { kind, limit: 1_000 })
  const chances = told.flatMap(({ insight }): WinChance[] => {
    const home = homeChanceOf(insight)
    return home === null ? [] : [{ atMs: insight.clocks.eventTimeMs + offsetMs, home }]
  })
  const firstMs = all[0]?.startMs ?? 0
  const newestMs = all.reduce((newest, { endMs }) => Math.max(newest, endMs), 0)
  const pieces = video
    ? video.open.playlist.segments.filter(({ isGap }) => !isGap)
    : evenPieces(firstMs, newestMs, Math.max(pieceMs, (newestMs - firstMs) / mostPieces))
  const known =
    fromMs === null ? pieces : pieces.filter(({ startMs, durationMs }) => startMs + durationMs <= fromMs)
  return selectRecap(
    all,
    chances.toSorted((a, b) => a.atMs - b.atMs),
    known,
    { budgetMs },
  )
}

async function allTags(tags: Pick<TagStore, 'search'>, tenantId: string, matchId: string): Promise<Tag[]> {
  const all: Tag[] = []
  let after: string | undefined
  do {
    const page = await tags.search(tenantId, { matchId }, { order: 'oldest', limit: pageTags, after })
    all.push(...page.tags)
    after = page.next ?? undefined
  } while (after !== undefined)
  return all
}
