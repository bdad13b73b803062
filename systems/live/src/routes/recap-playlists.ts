import { InvalidInputError, RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
import { withInterstitial } from '../recap/hls/interstitial.ts'
import { mapRenditions, singleVariant } from '../recap/hls/multivariant.ts'
import { readCuts, readHandOver, writeCuts, writeHandOver } from '../recap/hls/plan-code.ts'
import { openStream, readRendition } from '../recap/hls/read-stream.ts'
import type { HlsStream } from '../recap/hls/read-stream.ts'
import { liveWithRecap, planHandOver, recapPlaylist } from '../recap/hls/recap-playlist.ts'
import { openVideo, recapOf } from '../recap/recaps.ts'
import { variantAttributes } from '../recap/hls/variant-attributes.ts'
import type { RecapCut } from '../recap/select-recap.ts'
import { askOf, recapQuery } from './recap-query.ts'

const params = z.object({ matchId: z.string().min(1).max(100) })
const planQuery = recapQuery.extend({
  /** Cuts, from an address that this server wrote. */
  plan: z.string().max(4_000).optional(),
  rendition: z.coerce.number().int().min(0).max(100).optional(),
})

/** Streams of which it is kept what they are made of. */
const mostDescribed = 200
const playlistType = 'application/vnd.apple.mpegurl'

/** Playlists are asked for again and again and differ each time, so nothing between keeps them. */
const asPlaylist = (text: string): RawResponse =>
  new RawResponse(text, {
    'content-type': playlistType,
    'cache-control': 'no-store',
  })

const query = (values: Record<string, string | number>): string =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString()

/**
 * The recap as HLS: by itself, before the live stream, and as an interstitial. Without a plan the cuts are chosen and the
 * answer leads to playlists whose addresses hold them.
 */
export function recapPlaylistRoutes({ recap: sources }: Pick<LiveContext, 'recap'>) {
  const { streams, origin, matches } = sources
  /** By the address of a stream; what it is made of does not change while it runs. */
  const described = new Map<string, Promise<string>>()

  /** Where each rendition's playlist is, as a multivariant playlist. */
  async function ledTo(stream: HlsStream, to: (rendition: number) => string): Promise<string> {
    if (stream.multivariant !== null)
      return mapRenditions(stream.multivariant, stream.url, (_, rendition) => to(rendition))
    if (described.size > mostDescribed) described.clear()
    const known =
      described.get(stream.url) ??
      readRendition(origin, stream, 0).then((playlist) => variantAttributes(playlist, origin))
    described.set(stream.url, known)
    known.catch(() => described.delete(stream.url))
    return singleVariant(to(0), await known)
  }

  /** Cuts of the plan, or chosen now, with the stream. */
  async function planned(tenantId: string, matchId: string, asked: z.output<typeof planQuery>) {
    await matches.get(tenantId, matchId)
    const stream = await streams.get(tenantId, matchId)
    if (asked.plan !== undefined)
      return { stream: await openStream(origin, stream.url), cuts: readCuts(asked.plan) }
    const open = await openVideo(origin, stream)
    const video = { open, offsetMs: stream.offsetMs }
    const { cuts } = await recapOf(sources, tenantId, matchId, video, askOf(asked))
    if (cuts.length === 0)
      throw new InvalidInputError({ code: 'recap-empty', message: 'The stream has no segment to show yet.' })
    return { stream: open.stream, cuts }
  }

  return [
    route({
      method: 'get',
      path: '/matches/:matchId/recap.m3u8',
      summary: 'The recap as an HLS playlist of segments of the live stream.',
      access: 'operator',
      params,
      query: planQuery,
      media: [playlistType],
      async handle({ caller, params: { matchId }, query: asked }) {
        const { stream, cuts } = await planned(caller.tenantId, matchId, asked)
        const plan = writeCuts(cuts)
        if (asked.rendition === undefined && stream.multivariant !== null)
          return asPlaylist(await ledTo(stream, (rendition) => `recap.m3u8?${query({ plan, rendition })}`))
        const playlist = await readRendition(origin, stream, asked.rendition ?? stream.main)
        return asPlaylist(recapPlaylist(playlist, cuts))
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/live-with-recap.m3u8',
      summary: 'The recap, and then the live stream from where the viewer joined, as one live HLS playlist.',
      access: 'operator',
      params,
      query: planQuery.extend({ at: z.string().max(60).optional() }),
      media: [playlistType],
      async handle({ caller, params: { matchId }, query: asked }) {
        const { stream, cuts } = await planned(caller.tenantId, matchId, asked)
        if (asked.plan !== undefined && asked.at !== undefined) {
          const playlist = await readRendition(origin, stream, asked.rendition ?? stream.main)
          return asPlaylist(liveWithRecap(playlist, readHandOver(asked.plan, asked.at)))
        }
        const plan = writeCuts(cuts)
        const handOvers = await Promise.all(
          stream.renditions.map(async (_, rendition) =>
            writeHandOver(planHandOver(await readRendition(origin, stream, rendition), cuts)),
          ),
        )
        return asPlaylist(
          await ledTo(
            stream,
            (rendition) => `live-with-recap.m3u8?${query({ plan, at: handOvers[rendition]!, rendition })}`,
          ),
        )
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/live-with-interstitial.m3u8',
      summary:
        'The live stream with the recap as an interstitial before it. `resume=edge` goes on as late as it is by then, `restrict=JUMP,SKIP` forbids these.',
      access: 'operator',
      params,
      query: planQuery.extend({
        resume: z.enum(['join', 'edge']).default('join'),
        restrict: z
          .string()
          .default('')
          .transform((text) => text.split(',').filter((word) => word !== ''))
          .pipe(z.array(z.enum(['SKIP', 'JUMP']))),
      }),
      media: [playlistType],
      async handle({ caller, params: { matchId }, query: asked, headers }) {
        const { resume, restrict } = asked
        const { stream, cuts } = await planned(caller.tenantId, matchId, asked)
        const plan = writeCuts(cuts)
        const rules = { resume, restrict: restrict.join(',') }
        if (asked.plan === undefined)
          return asPlaylist(
            await ledTo(
              stream,
              (rendition) => `live-with-interstitial.m3u8?${query({ plan, rendition, ...rules })}`,
            ),
          )
        const url = stream.renditions[asked.rendition ?? stream.main]!
        return asPlaylist(
          withInterstitial(await origin.playlist(url), url, {
            id: `recap-${plan.slice(0, 20)}`,
            assetUri: `${addressOf(headers)}/api/live/matches/${encodeURIComponent(matchId)}/recap.m3u8?${query({ plan })}`,
            startMs: cuts.at(-1)!.endMs,
            durationMs: lengthOf(cuts),
            resume,
            restrict,
          }),
        )
      },
    }),
  ]
}

const lengthOf = (cuts: readonly RecapCut[]): number =>
  cuts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)

/** The address that the client used for this server: the asset of an interstitial must be absolute. */
const addressOf = (headers: Headers): string =>
  `${headers.get('x-forwarded-proto') === 'https' ? 'https' : 'http'}://${headers.get('host') ?? 'localhost'}`
