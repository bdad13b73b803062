import { basename } from 'node:path'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { FeedEvent } from '../domain/feed-event.ts'
import type { FeedReject } from '../feeds/feed-format.ts'
import { openFeedFile, peekFeed } from '../feeds/open-feed-file.ts'
import { formatOf } from './format-of.ts'
import { Pacer } from './pacer.ts'

/** Events sent at once, at most, and how long they may wait for company. */
const eventsAtOnce = 500
const waitMs = 60

interface Pushed {
  accepted: number
  duplicates: number
  rejected: number
  matches: string[]
}

/** `heavylift live replay FILE`: plays a recorded feed into the running server, at the pace of its own clock. */
export async function runReplay(input: CommandInput): Promise<unknown> {
  const { args, options, print, report, signal } = input
  const file = args['file'] ?? ''
  const pacer = new Pacer(speedOf(options['speed']), gapOf(options['max-gap'] ?? options['maxGap']))
  const { head, whole } = await peekFeed(openFeedFile(file))
  const name = basename(file)
  const format = await formatOf(options, name, head)
  print(`${name} is a feed of format ${format.name} (${format.title}).`)
  const matchId = typeof options['match'] === 'string' ? options['match'] : null
  const sender = new Sender(input, matchId)
  let rejects = 0
  for await (const item of format.parse(whole, { name, matchId, signal })) {
    if ('reject' in item) {
      rejects++
      if (rejects <= 5) printReject(print, item.reject)
      continue
    }
    const dueInMs = pacer.delayMs(item.event.clocks.eventTimeMs, performance.now())
    if (dueInMs > waitMs) {
      await sender.flush()
      await sleep(dueInMs, signal)
      signal.throwIfAborted()
    }
    await sender.add(item.event)
    report({ stage: 'replay', done: sender.sent, unit: 'events' })
  }
  await sender.flush()
  const { accepted, duplicates, matches } = sender.total
  print(
    `${accepted} events of ${matches.length === 1 ? `match ${matches[0]}` : `${matches.length} matches`} were taken` +
      `${duplicates > 0 ? `, ${duplicates} were there already` : ''}${rejects > 0 ? `, ${rejects} parts could not be read` : ''}.`,
  )
  if (accepted === 0 && duplicates > 0)
    print('This feed was played before. Give it another name to play it again: --match ' + `${matches[0]}-2`)
  return { format: format.name, ...sender.total, rejected: rejects }
}

function printReject(print: (line: string) => void, { where, reason }: FeedReject): void {
  print(`Left out ${where}: ${reason}`)
}

class Sender {
  readonly total: Pushed = { accepted: 0, duplicates: 0, rejected: 0, matches: [] }
  sent = 0
  #lines: string[] = []
  #firstAtMs = 0
  readonly #input: CommandInput
  readonly #matchId: string | null

  constructor(input: CommandInput, matchId: string | null) {
    this.#input = input
    this.#matchId = matchId
  }

  async add(event: FeedEvent): Promise<void> {
    if (this.#lines.length === 0) this.#firstAtMs = performance.now()
    this.#lines.push(JSON.stringify(event))
    this.sent++
    if (this.#lines.length >= eventsAtOnce || performance.now() - this.#firstAtMs >= waitMs)
      await this.flush()
  }

  async flush(): Promise<void> {
    if (this.#lines.length === 0) return
    const body = `${this.#lines.join('\n')}\n`
    this.#lines = []
    const query = new URLSearchParams({ format: 'heavylift-jsonl', name: 'replay' })
    if (this.#matchId !== null) query.set('match', this.#matchId)
    const pushed = await this.#push(`/api/live/feed?${query.toString()}`, body)
    this.total.accepted += pushed.accepted
    this.total.duplicates += pushed.duplicates
    this.total.rejected += pushed.rejected
    for (const match of pushed.matches)
      if (!this.total.matches.includes(match)) this.total.matches.push(match)
  }

  /** Sends a part, and again when the connection is lost: what had arrived counts once. */
  async #push(path: string, body: string): Promise<Pushed> {
    const { api, print, signal } = this.#input
    let lostAtMs: number | null = null
    for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, 2 * waitMs)) {
      try {
        const response = await api(path, {
          method: 'POST',
          headers: { 'content-type': 'application/x-ndjson' },
          body,
          signal,
        })
        const pushed = await readAnswer(response)
        if (lostAtMs !== null) print('The server answers again; the replay goes on.')
        return pushed
      } catch (error) {
        signal.throwIfAborted()
        // A server that was never there is a mistake; one that was comes back.
        if (!mayPass(error) || this.total.matches.length === 0) throw error
        if (lostAtMs === null) print('The connection to the server is lost; trying again …')
        lostAtMs ??= performance.now()
        if (performance.now() - lostAtMs > patienceMs) throw error
        await sleep(waitMs, signal)
      }
    }
  }
}

async function readAnswer(response: Response): Promise<Pushed> {
  if (response.ok) return (await response.json()) as Pushed
  const text = await response.text()
  throw new HeavyliftError({
    code: 'feed-refused',
    message: `The server refused a part of the feed (${response.status}): ${text.slice(0, 500)}`,
    status: response.status,
  })
}

/** A server that is being started again is waited for this long. */
const patienceMs = 600_000
const firstWaitMs = 250
const longestWaitMs = 5_000

/** Whether the same part may be sent again: nothing answered, or a server that cannot take it now. */
function mayPass(error: unknown): boolean {
  return !HeavyliftError.isInstance(error) || error.code === 'server-not-running' || error.status >= 502
}

function speedOf(option: string | boolean | undefined): number {
  if (option === undefined) return 1
  if (option === 'max') return Infinity
  const speed = Number(option)
  if (typeof option === 'string' && speed > 0 && Number.isFinite(speed)) return speed
  throw new InvalidInputError({
    code: 'option-invalid',
    message: `--speed is a number above 0, or max; got "${option}".`,
  })
}

function gapOf(option: string | boolean | undefined): number {
  if (option === undefined) return 5_000
  const seconds = Number(option)
  if (typeof option === 'string' && seconds >= 0 && Number.isFinite(seconds)) return seconds * 1_000
  throw new InvalidInputError({
    code: 'option-invalid',
    message: `--max-gap is a number of seconds, 0 or more; got "${option}".`,
  })
}
