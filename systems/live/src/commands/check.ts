import { basename } from 'node:path'
import type { CommandInput } from '@heavylift/core'
import type { FeedReject } from '../feeds/feed-format.ts'
import { openFeedFile, peekFeed } from '../feeds/open-feed-file.ts'
import { formatOf } from './format-of.ts'

const mostShown = 10

/** `heavylift live check FILE`: what a feed file is, and what of it cannot be read. Needs no server. */
export async function runCheck({ args, options, print, signal }: CommandInput): Promise<unknown> {
  const file = args['file'] ?? ''
  const name = basename(file)
  const { head, whole } = await peekFeed(openFeedFile(file))
  const format = await formatOf(options, name, head)
  print(`${name} is a feed of format ${format.name} (${format.title}).`)
  const kinds: Record<string, number> = {}
  const matches = new Set<string>()
  const first: FeedReject[] = []
  let rejects = 0
  let fromMs = Number.POSITIVE_INFINITY
  let toMs = Number.NEGATIVE_INFINITY
  for await (const item of format.parse(whole, { name, matchId: null, signal })) {
    if ('reject' in item) {
      rejects++
      if (first.length < mostShown) first.push(item.reject)
      continue
    }
    const { kind, matchId, clocks } = item.event
    kinds[kind] = (kinds[kind] ?? 0) + 1
    matches.add(matchId)
    fromMs = Math.min(fromMs, clocks.eventTimeMs)
    toMs = Math.max(toMs, clocks.eventTimeMs)
  }
  const span =
    matches.size === 0 ? null : { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() }
  for (const [kind, count] of Object.entries(kinds)) print(`${String(count).padStart(9)}  ${kind}`)
  print(`${String(matches.size).padStart(9)}  matches${span ? `, ${span.from} to ${span.to}` : ''}`)
  print(
    `${String(rejects).padStart(9)}  rejected${rejects > first.length ? `, the first ${first.length} are` : ''}`,
  )
  for (const { where, reason } of first) print(`           ${where}: ${reason}`)
  return { format: format.name, kinds, matches: matches.size, span, rejects, first }
}
