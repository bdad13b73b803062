import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { RawResponse, route } from '@heavylift/core'
import { z } from 'zod'
import type { LiveContext } from '../context.ts'
import { recapCaptions } from '../recap/captions.ts'
import { writeCuts } from '../recap/hls/plan-code.ts'
import { segmentsOf } from '../recap/hls/recap-playlist.ts'
import { writeStreamRecap } from '../recap/mp4/stream-recap.ts'
import { WorkQueue } from '../recap/mp4/work-queue.ts'
import { toldRecapSchema } from '../recap/recap-schemas.ts'
import { openVideo, recapOf } from '../recap/recaps.ts'
import { askOf, recapQuery } from './recap-query.ts'

const params = z.object({ matchId: z.string().min(1).max(100) })
const streamSchema = z.object({
  url: z.string().max(2_000),
  offsetMs: z.int().default(0),
})

/** Where the video of a match is, and the recap that brings a late joiner to it: as a list, captions and MP4. */
export function recapRoutes({ recap: sources, dataDir }: Pick<LiveContext, 'recap' | 'dataDir'>) {
  const { streams, origin, matches } = sources
  // Each reads a stream at full speed and writes two copies of it to the disk.
  const making = new WorkQueue({ atOnce: 2, mostWaiting: 16 })

  async function recapNow(tenantId: string, matchId: string, query: z.output<typeof recapQuery>) {
    const stream = await streams.find(tenantId, matchId)
    const video = stream ? { open: await openVideo(origin, stream), offsetMs: stream.offsetMs } : null
    return { video, recap: await recapOf(sources, tenantId, matchId, video, askOf(query)) }
  }

  return [
    route({
      method: 'get',
      path: '/matches/:matchId/stream',
      summary: "Where a match's video is; null when nobody has said.",
      access: 'operator',
      params,
      response: z.object({ stream: streamSchema.nullable() }),
      async handle({ caller, params: { matchId } }) {
        await matches.get(caller.tenantId, matchId)
        return { stream: await streams.find(caller.tenantId, matchId) }
      },
    }),
    route({
      method: 'put',
      path: '/matches/:matchId/stream',
      summary:
        "Says where a match's video is: an HLS address, and by how many milliseconds its pictures' times are later than the events'.",
      access: 'operator',
      params,
      body: streamSchema,
      response: z.object({ stream: streamSchema }),
      async handle({ caller, params: { matchId }, body }) {
        await matches.get(caller.tenantId, matchId)
        origin.check(body.url)
        // Read once, so that what cannot be used is told now and not to the first viewer.
        await openVideo(origin, body)
        await streams.save(caller.tenantId, matchId, body)
        return { stream: body }
      },
    }),
    route({
      method: 'delete',
      path: '/matches/:matchId/stream',
      summary: 'Forgets the video of a match.',
      access: 'operator',
      params,
      response: z.object({ deleted: z.boolean() }),
      async handle({ caller, params: { matchId } }) {
        await matches.get(caller.tenantId, matchId)
        return { deleted: await streams.remove(caller.tenantId, matchId) }
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/recap',
      summary:
        'The moments that bring a late joiner to now, why each is in, and where it is in the recap. Works without video too.',
      access: 'operator',
      params,
      query: recapQuery,
      response: toldRecapSchema,
      async handle({ caller, params: { matchId }, query }) {
        const { video, recap } = await recapNow(caller.tenantId, matchId, query)
        // For live-with-recap.m3u8 and the others, which then show the very cuts that are told here.
        const plan = video !== null && recap.cuts.length > 0 ? writeCuts(recap.cuts) : null
        return { hasVideo: video !== null, plan, ...recap }
      },
    }),
    route({
      method: 'get',
      path: '/matches/:matchId/recap.vtt',
      summary: 'Captions of the recap as WebVTT, on the time of the recap.',
      access: 'operator',
      params,
      query: recapQuery,
      media: ['text/vtt'],
      async handle({ caller, params: { matchId }, query }) {
        const { match } = await matches.get(caller.tenantId, matchId)
        const { recap } = await recapNow(caller.tenantId, matchId, query)
        return new RawResponse(recapCaptions(match, recap.moments), { 'content-type': 'text/vtt' })
      },
    }),
    route({
      method: 'post',
      path: '/matches/:matchId/recap.mp4',
      summary:
        'The recap as an MP4 of the stream as it is, not encoded again, with captions as a track. A client that goes away ends the work.',
      access: 'operator',
      params,
      query: recapQuery,
      media: ['video/mp4'],
      async handle({ caller, params: { matchId }, query, signal }) {
        const { match } = await matches.get(caller.tenantId, matchId)
        const stream = await streams.get(caller.tenantId, matchId)
        const { out, discard } = await making.run(signal, async () => {
          // Read when its turn has come: a live stream lists its last minutes only.
          const open = await openVideo(origin, stream)
          const video = { open, offsetMs: stream.offsetMs }
          const { cuts, moments } = await recapOf(sources, caller.tenantId, matchId, video, askOf(query))
          return await writeInFolder(dataDir, (dir, file) =>
            writeStreamRecap(segmentsOf(open.playlist, cuts), origin, {
              dir,
              out: file,
              captions: recapCaptions(match, moments),
              signal,
              report: () => undefined,
            }),
          )
        })
        const file = createReadStream(out)
        file.once('close', () => void discard())
        return new RawResponse(Readable.toWeb(file) as ReadableStream<Uint8Array>, {
          'content-type': 'video/mp4',
          'content-disposition': `attachment; filename="recap-${matchId.replaceAll(/[^\w.-]/g, '_')}.mp4"`,
        })
      },
    }),
  ]
}

/** A file that `write` makes in a folder of its own, which `discard` deletes, as a failure does. */
async function writeInFolder(
  dataDir: string,
  write: (dir: string, file: string) => Promise<void>,
): Promise<{ out: string; discard: () => Promise<void> }> {
  await mkdir(dataDir, { recursive: true })
  const dir = await mkdtemp(join(dataDir, 'recap-'))
  const discard = () => rm(dir, { recursive: true, force: true })
  const out = join(dir, 'recap.mp4')
  try {
    await write(dir, out)
  } catch (error) {
    await discard()
    throw error
  }
  return { out, discard }
}
