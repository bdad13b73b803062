import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { MeasureInput } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { answerWell, faultNames, faults } from '../../testing/faults.ts'
import type { FaultName } from '../../testing/faults.ts'
import { startFaultyUpstream } from '../../testing/faulty-upstream.ts'
import type { FaultyUpstream } from '../../testing/faulty-upstream.ts'
import { ask } from './ask.ts'
import type { Sight } from './ask.ts'
import type { GatewayState } from './gateway-child.ts'

const requestsEach = 24
const concurrency = 8
/** Nobody listens there; the other faults need a request to meet. */
const refused = 'connection-refused'
type Kind = FaultName | typeof refused
const kinds: Kind[] = [...faultNames, refused]
const kills = 50
const deadlines = { firstTokenMs: 300, betweenTokensMs: 300, totalMs: 2_000 }
/** Three attempts and a moment: whoever waits longer has been forgotten. */
const hungMs = deadlines.totalMs + 2_000

/** Replicas that take a request and give nothing, before clients that leave sooner than any deadline. */
const hanging: FaultName[] = [
  'black-hole',
  'head-and-nothing',
  'trickle-of-comments',
  'trickle-of-blanks',
  'slow-drip',
  'fails-then-hangs',
]
const patienceMs = 1_500
const impatientCalls = 10
const impatientClients = 4

/** Faults that fail at once, so that the time to an open breaker is the breaker's and not a deadline's. */
const quick: Kind[] = [
  refused,
  'status-500',
  'reset-before-headers',
  'reset-mid-event',
  'clean-end-without-finish',
  'not-http',
  'half-closed',
]
/** Faults whose connection stays open until the gateway closes it. */
const endless: FaultName[] = [
  'black-hole',
  'head-and-nothing',
  'stall-mid-stream',
  'endless-event',
  'endless-error-body',
  'trickle-of-comments',
  'trickle-of-blanks',
  'trickle-inside-an-event',
  'slow-drip',
]

interface Counts extends Record<Sight, number> {
  lost: number
}

/**
 * What clients see of upstreams that misbehave: every kind of fault at the only replica, at one of three and at two of
 * three, under concurrent load; replicas that hang before clients that leave; and replicas killed in the middle of
 * streams. The gateway has a process of its own.
 */
export async function runChaos({ report, signal }: MeasureInput) {
  const good = await startFaultyUpstream(answerWell)
  const bad = new Map<Kind, FaultyUpstream[]>()
  for (const name of kinds) {
    const fault = name === refused ? answerWell : faults[name]
    const pair = await Promise.all([1, 2].map(() => startFaultyUpstream(fault)))
    if (name === refused) await Promise.all(pair.map((upstream) => upstream.close()))
    bad.set(name, pair)
  }
  const table = tableOf(good.baseUrl, bad)
  const child = fork(fileURLToPath(new URL('gateway-child.ts', import.meta.url)), { signal })
  child.on('error', () => undefined)
  try {
    const { address } = (await tell(child, table)) as { address: string }
    const url = `${address}/v1/chat/completions`
    const all = noCounts()
    const perKind: Record<string, number> = {}
    let breakerOpenMs = 0
    for (const [at, name] of kinds.entries()) {
      signal.throwIfAborted()
      report({ stage: name, done: at, total: kinds.length, unit: 'kinds' })
      const openMs = quick.includes(name) ? untilOpen(child, `alone ${name}`) : Promise.resolve(0)
      for (const among of ['alone', 'one of three', 'two of three']) {
        const counts = await load(url, `${among} ${name}`)
        // A refusal of the request itself is the right answer, whoever is well beside it.
        if (among !== 'alone' && name !== 'request-refused') counts.lost = counts.refused + counts.broken
        addTo(all, counts)
        perKind[`${name} bad`] =
          (perKind[`${name} bad`] ?? 0) + counts.hung + counts['silent-cut'] + counts.lost
      }
      breakerOpenMs = Math.max(breakerOpenMs, await openMs)
    }
    let impatientLost = 0
    for (const [name, stream] of impatience) {
      signal.throwIfAborted()
      report({ stage: `impatient, ${name}`, done: 0, total: impatience.length, unit: 'kinds' })
      impatientLost += await loseBy(url, impatientModel(name, stream), stream)
    }
    addTo(all, await killInTheMiddle(child, url, table, report, signal))
    await sleep(500)
    const state = (await tell(child, {})) as GatewayState
    const leaked = endless.flatMap((name) => bad.get(name) ?? []).reduce((sum, one) => sum + one.sockets(), 0)
    return {
      n:
        kinds.length * 3 * requestsEach +
        impatience.length * impatientClients * impatientCalls +
        kills * concurrency,
      metrics: {
        kinds: kinds.length,
        hungClients: all.hung,
        cleanEndsOfCutStreams: all['silent-cut'],
        brokenConnections: all.broken,
        lostRequests: all.lost,
        impatientLostShare: impatientLost / (impatience.length * impatientClients * impatientCalls),
        breakerOpenMs: Math.round(breakerOpenMs),
        leakedUpstreamSockets: leaked,
        leakedInFlight: state.inFlight,
        whole: all.whole,
        refused: all.refused,
        cut: all.cut,
        ...Object.fromEntries(Object.entries(perKind).filter(([, count]) => count > 0)),
      },
    }
  } finally {
    if (child.connected) child.disconnect()
    await Promise.all([good, ...[...bad.values()].flat()].map((upstream) => upstream.close()))
  }
}

interface Table {
  providers: Record<string, object>
  models: Record<string, object>
}

function tableOf(good: string, bad: ReadonlyMap<Kind, readonly FaultyUpstream[]>): Table {
  const table: Table = { providers: {}, models: {} }
  for (const [name, [one, two]] of bad) {
    if (!one || !two) continue
    addModel(table, `alone ${name}`, [one.baseUrl])
    addModel(table, `one of three ${name}`, [one.baseUrl, good, `${good}/b`])
    addModel(table, `two of three ${name}`, [one.baseUrl, two.baseUrl, good])
  }
  for (const [name, stream] of impatience) {
    const [one] = bad.get(name) ?? []
    // The usual deadlines: long beside what these clients wait.
    if (one) addModel(table, impatientModel(name, stream), [one.baseUrl, good], {})
  }
  return table
}

const impatience = hanging.flatMap((name) => [true, false].map((stream) => [name, stream] as const))
const impatientModel = (name: string, stream: boolean) => `impatient ${stream ? 'stream' : 'whole'} ${name}`

/** How many of some clients' calls, one after another, come to nothing. */
async function loseBy(url: string, model: string, stream: boolean): Promise<number> {
  let lost = 0
  const work = async () => {
    for (let call = 0; call < impatientCalls; call++) {
      if ((await ask(url, slug(model), patienceMs, stream)) !== 'whole') lost++
    }
  }
  await Promise.all(Array.from({ length: impatientClients }, work))
  return lost
}

const slug = (name: string) => name.replaceAll(' ', '-')

function addModel(table: Table, name: string, replicas: string[], within: object = deadlines): void {
  table.providers[slug(name)] = { kind: 'openai', replicas, healthPath: null }
  table.models[slug(name)] = { targets: [{ provider: slug(name), model: 'm' }], deadlines: within }
}

async function load(url: string, model: string): Promise<Counts> {
  const counts = noCounts()
  let begun = 0
  const work = async () => {
    while (begun++ < requestsEach) counts[await ask(url, slug(model), hungMs)]++
  }
  await Promise.all(Array.from({ length: concurrency }, work))
  return counts
}

/** Milliseconds from now, when the load begins, until a breaker of the model is open; `Infinity` if it never is. */
async function untilOpen(child: ChildProcess, model: string): Promise<number> {
  const startedMs = performance.now()
  while (performance.now() - startedMs < hungMs) {
    const { open } = (await tell(child, {})) as GatewayState
    if (open.includes(slug(model))) return performance.now() - startedMs
    await sleep(5)
  }
  return Infinity
}

/** Streams from a replica process that is killed in their middle; each has to end in an error event. */
async function killInTheMiddle(
  child: ChildProcess,
  url: string,
  table: Table,
  report: MeasureInput['report'],
  signal: AbortSignal,
): Promise<Counts> {
  const counts = noCounts()
  for (let kill = 0; kill < kills; kill++) {
    signal.throwIfAborted()
    report({ stage: 'kill a replica', done: kill, total: kills, unit: 'kills' })
    const replica = fork(fileURLToPath(new URL('replica-child.ts', import.meta.url)))
    const { address } = (await tell(replica, {})) as { address: string }
    addModel(table, `killed ${kill}`, [address])
    await tell(child, { table })
    const sights = Array.from({ length: concurrency }, () => ask(url, slug(`killed ${kill}`), hungMs))
    // Streams send every 10 ms: by then they are in their middle.
    await sleep(150)
    replica.kill('SIGKILL')
    for (const sight of await Promise.all(sights)) counts[sight]++
  }
  return counts
}

function noCounts(): Counts {
  return { whole: 0, refused: 0, cut: 0, broken: 0, 'silent-cut': 0, hung: 0, lost: 0 }
}

function addTo(all: Counts, more: Counts): void {
  for (const key of Object.keys(more) as (keyof Counts)[]) all[key] += more[key]
}

/** Sends a message and resolves with the answer to it. */
async function tell(child: ChildProcess, message: object): Promise<unknown> {
  const answer = once(child, 'message')
  child.send(message)
  const [value] = (await answer) as [unknown]
  return value
}
