import { mkdir } from 'node:fs/promises'
import { resolve } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { feedFormats } from '../feeds/formats.ts'
import { readMatches } from '../learn/read-matches.ts'
import { hearMatch } from '../recap/hear-match.ts'
import { renderDemoVideo } from '../../samples/video/render-video.ts'

/** `heavylift live video FEED`: a stand-in for the cameras of a match that has none. */
export async function runVideo({ args, options, print, report, signal }: CommandInput): Promise<unknown> {
  const minutes = Number(options['minutes'] ?? Infinity)
  if (!(minutes > 0))
    throw new InvalidInputError({ code: 'option-invalid', message: '--minutes is a number above 0.' })
  const feed = args['feed'] ?? ''
  const dir = resolve(typeof options['out'] === 'string' ? options['out'] : 'video')
  for await (const { events } of readMatches({ paths: [feed], formats: feedFormats, report, signal })) {
    const heard = hearMatch(events)
    if (!heard || heard.tags.length === 0) continue
    const times = heard.tags.flatMap(({ startMs, endMs }) => [startMs, endMs])
    const fromMs = times.reduce((least, ms) => Math.min(least, ms), Infinity)
    const lastMs = times.reduce((most, ms) => Math.max(most, ms), -Infinity)
    const toMs = Math.min(lastMs, fromMs + minutes * 60_000)
    const total = (toMs - fromMs) / 1_000
    await mkdir(dir, { recursive: true })
    const startedMs = await renderDemoVideo({
      match: heard.match,
      tags: heard.tags,
      fromMs,
      toMs,
      dir,
      segments: 'ts',
      signal,
      onSeconds: (done) => report({ stage: 'drawing', done, total, unit: 'seconds' }),
    })
    const offsetMs = startedMs - fromMs
    print(`${dir}/live.m3u8  ${Math.round(total)} s of ${heard.match.title}`)
    print(`Serve the folder and PUT {"url": …, "offsetMs": ${offsetMs}} to the match's /stream.`)
    return { dir, matchId: heard.match.id, offsetMs, seconds: total }
  }
  throw new InvalidInputError({ code: 'feed-empty', message: `${feed} holds no match.` })
}
