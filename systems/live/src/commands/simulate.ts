import { createWriteStream } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { recordedLine } from '../feeds/recorded/heavylift-jsonl.ts'
import { simulationOf } from '../../samples/simulations.ts'

/** Wall clock of a simulation unless told otherwise, so that the same seed writes the same bytes. */
const defaultStart = '2026-01-01T18:00:00Z'

/** `heavylift live simulate SPORT`: writes a made-up game or race as feed events, to a file or to the screen. */
export async function runSimulate(input: CommandInput): Promise<unknown> {
  const seed = Number(input.options['seed'] ?? 1)
  if (!Number.isInteger(seed)) {
    throw new InvalidInputError({
      code: 'seed-invalid',
      message: '--seed must be a whole number, such as 7.',
    })
  }
  const startMs = Date.parse(String(input.options['start'] ?? defaultStart))
  if (Number.isNaN(startMs)) {
    throw new InvalidInputError({
      code: 'start-invalid',
      message: `--start must be a time, such as ${defaultStart}.`,
    })
  }
  const feed = simulationOf(input.args['sport'] ?? '')({ seed, startMs })
  const out = input.options['out']
  let events = 0
  function* lines(): Generator<string> {
    for (const event of feed) {
      events++
      if (events % 5000 === 0) input.report({ stage: 'simulating', done: events, unit: 'events' })
      yield recordedLine(event)
    }
  }
  if (typeof out !== 'string') {
    for (const line of lines()) {
      input.signal.throwIfAborted()
      input.print(line)
    }
    return { matchId: feed.match.id, events }
  }
  const file = resolve(out)
  const text = Readable.from(lines().map((line) => `${line}\n`))
  await pipeline(text, createWriteStream(file), { signal: input.signal })
  input.print(`${file}  ${events} events of ${feed.match.title} (${feed.match.id})`)
  return { matchId: feed.match.id, events, file }
}
