import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openDiskLog } from '../../src/log/disk/open-disk-log.ts'
import { openJetStreamLog } from '../../src/log/jetstream/open-jetstream-log.ts'
import type { Log, LogEvent } from '../../src/log/log.ts'
import { startNats } from '../../src/testing/start-nats.ts'
import { MemoryLog } from './memory-log.ts'
import { mortalEvents, mortalProcessor } from './mortal-processor.ts'
import { runToEnd } from './run-through.ts'

const child = join(import.meta.dirname, 'mortal-child.ts')
const topics = ['out', 'in.dead']

/** Starts the child and resolves once it has printed `word`. */
async function start(place: string, word: 'ready' | 'drained' = 'ready'): Promise<ChildProcess> {
  const started = spawn(process.execPath, [child, place], { stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  await new Promise<void>((resolve, reject) => {
    started.on('exit', () => reject(new Error(`The child ended before it was ${word}.`)))
    started.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (text.includes(word)) resolve()
    })
  })
  return started
}

async function kill(victim: ChildProcess): Promise<void> {
  const ended = once(victim, 'exit')
  victim.kill('SIGKILL')
  await ended
}

/** Ids, times and bytes of what was said, in order. */
async function said(log: Log): Promise<unknown[]> {
  const all: unknown[] = []
  for (const topic of topics) {
    const batches = log.read(topic, { fromOffset: 1, until: 'end', signal: new AbortController().signal })
    for await (const batch of batches) {
      for (const { id, eventTimeMs, payload } of batch) {
        all.push([topic, id, eventTimeMs, Buffer.from(payload).toString()])
      }
    }
  }
  return all
}

/** What one processor says that nothing happens to. */
async function saidUndisturbed(events: LogEvent[]): Promise<unknown[]> {
  const log = new MemoryLog()
  await log.append('in', events)
  await runToEnd(mortalProcessor(), log).done
  return said(log)
}

test('a processor over the disk log that is killed again and again leaves what an undisturbed one does', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-mortal-'))
  const alive: ChildProcess[] = []
  try {
    const events = mortalEvents(0, 6000)
    const filling = await openDiskLog({ folder: join(folder, 'log') })
    await filling.append('in', events)
    await filling.close()
    for (const ms of [0, 15, 50]) {
      const victim = await start(folder)
      alive.push(victim)
      await wait(ms)
      await kill(victim)
    }
    const last = await start(folder, 'drained')
    alive.push(last)
    await kill(last)
    const log = await openDiskLog({ folder: join(folder, 'log') })
    expect(await said(log)).toEqual(await saidUndisturbed(events))
    await log.close()
  } finally {
    for (const one of alive) one.kill('SIGKILL')
    await rm(folder, { recursive: true })
  }
})

test('of two processors over JetStream one is killed again and again: nothing is lost and nothing said twice [STREAMS-PROCESS-05]', async () => {
  const nats = await startNats({ nodes: 1 })
  const log = await openJetStreamLog({ servers: nats.servers })
  const place = `nats:${JSON.stringify(nats.servers)}`
  let pair: ChildProcess[] = []
  try {
    const kills = 4
    const events = mortalEvents(0, 300 * (kills + 1))
    const expected = await saidUndisturbed(events)
    await log.append('in', events.slice(0, 300))
    pair = await Promise.all([start(place), start(place)])
    for (let round = 1; round <= kills; round++) {
      const appended = log.append('in', events.slice(300 * round, 300 * (round + 1)))
      await kill(pair[round % 2]!)
      await appended
      pair[round % 2] = await start(place)
    }
    await expect
      .poll(async () => (await said(log)).length, { timeout: 30_000, interval: 100 })
      .toBeGreaterThanOrEqual(expected.length)
    expect(await said(log)).toEqual(expected)
  } finally {
    for (const one of pair) one.kill('SIGKILL')
    await log.close()
    await nats.stop()
  }
})
