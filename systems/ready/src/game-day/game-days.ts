import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { ConflictError, InvalidInputError, NotFoundError } from '@heavylift/core'
import { WeakShop } from '../demo/weak-shop/weak-shop.ts'
import { Keeper } from '../faults/keeper.ts'
import type { ReadyServices } from '../services.ts'
import type { GameDayDefinition } from './definition.ts'
import { emptyReport, runGameDay } from './run-game-day.ts'
import type { GameDayReport } from './run-game-day.ts'
import { subjectOf } from './subject-of.ts'
import type { Consent } from './subject-of.ts'
import type { Subject } from './subject.ts'

export interface GameDay {
  id: string
  name: string
  owner: string
  hypothesis: string
  target: string
  startedAtMs: number
  endedAtMs: number | null
  state: 'preparing' | 'running' | 'done' | 'aborted' | 'broken'
  /** What is done now. */
  stage: string
  problem: string | null
  /** Recorded on another machine, and shown until there is one of this installation. */
  isSample: boolean
  report: GameDayReport
}

interface Going {
  tenantId: string
  day: GameDay
  stop: AbortController
  ended: Promise<void>
}

const mostListed = 50

/** Game days of this installation: one at a time, as they share the machine. What they found is kept with the store's objects, and in the ledger. */
export class GameDays {
  readonly #services: ReadyServices
  readonly #consent: Consent
  #going: Going | null = null

  constructor(services: ReadyServices, consent: Consent) {
    this.#services = services
    this.#consent = consent
    services.signal.addEventListener('abort', () => this.stopAll(), { once: true })
  }

  /**
   * Checks what is to be touched and starts; returns before the first request.
   * @throws HeavyliftError `target-refused` where the host has not consented, `blast-radius` where a dependency is not on this machine
   * @throws ConflictError `game-day-going-on`
   */
  async start(tenantId: string, definition: GameDayDefinition): Promise<GameDay> {
    if (this.#going !== null && this.#going.day.endedAtMs === null)
      throw new ConflictError({
        code: 'game-day-going-on',
        message: 'A game day is going on. Abort it, or wait for its end.',
      })
    const { clock, ids } = this.#services
    const day: GameDay = {
      id: ids.next('gameday'),
      name: definition.name,
      owner: definition.owner,
      hypothesis: definition.hypothesis,
      target: definition.target,
      startedAtMs: clock.nowMs(),
      endedAtMs: null,
      state: 'preparing',
      stage: 'preflight',
      problem: null,
      isSample: false,
      report: emptyReport(),
    }
    const stop = new AbortController()
    const prepared = Promise.withResolvers<void>()
    const going: Going = { tenantId, day, stop, ended: Promise.resolve() }
    this.#going = going
    going.ended = this.#play(going, definition, prepared)
    // What preflight refuses is answered, not only reported.
    await prepared.promise
    return day
  }

  async list(tenantId: string): Promise<GameDay[]> {
    const found = this.#going?.tenantId === tenantId ? [this.#going.day] : []
    const decisions = await this.#services.store.ledger.decisions(tenantId, {
      system: 'ready',
      kind: 'game-day',
      limit: mostListed,
    })
    for (const { subjectId } of decisions) {
      if (subjectId === null || found.some(({ id }) => id === subjectId)) continue
      const day = await this.#read(tenantId, subjectId)
      if (day !== null) found.push(day)
    }
    return found.length > 0 ? found : [await sampleDay()]
  }

  /** @throws NotFoundError where the tenant has no such day */
  async find(tenantId: string, id: string): Promise<GameDay> {
    if (this.#going?.tenantId === tenantId && this.#going.day.id === id) return this.#going.day
    const sample = await sampleDay()
    const day = id === sample.id ? sample : await this.#read(tenantId, id)
    if (day === null)
      throw new NotFoundError({ code: 'game-day-unknown', message: `There is no game day "${id}".` })
    return day
  }

  /** Ends all faults at once, and the day. */
  abort(tenantId: string, id: string): Promise<GameDay> {
    if (this.#going?.tenantId === tenantId && this.#going.day.id === id) this.#going.stop.abort()
    return this.find(tenantId, id)
  }

  /** The global stop. Returns how many were going on. */
  stopAll(): number {
    if (this.#going === null || this.#going.day.endedAtMs !== null) return 0
    this.#going.stop.abort()
    return 1
  }

  /** Resolves when nothing is going on any more. */
  async close(): Promise<void> {
    this.stopAll()
    await this.#going?.ended
  }

  async #play(
    going: Going,
    definition: GameDayDefinition,
    prepared: PromiseWithResolvers<void>,
  ): Promise<void> {
    const { day, stop } = going
    let keeper: Keeper | null = null
    let shop: WeakShop | null = null
    try {
      keeper = await Keeper.start(join(this.#services.dataDir, 'leases'))
      const isDemo = definition.target === 'demo' || definition.target === 'demo-mended'
      if (isDemo) shop = await WeakShop.start(keeper, definition.target === 'demo-mended')
      const subject =
        shop === null
          ? await subjectOf(definition, keeper, this.#consent)
          : narrowed(shop.subject, definition)
      checkFaults(definition, subject)
      day.state = 'running'
      prepared.resolve()
      await runGameDay(definition, subject, keeper, stop.signal, day.report, (at) => (day.stage = at.stage))
      day.state = day.report.abortedBy === null ? 'done' : 'aborted'
    } catch (error) {
      day.state = 'broken'
      day.problem = error instanceof Error ? error.message : 'The game day broke.'
      prepared.reject(error)
    } finally {
      await shop?.stop()
      await keeper?.close()
      day.stage = 'over'
      day.endedAtMs = this.#services.clock.nowMs()
      await this.#record(going.tenantId, definition, day)
    }
  }

  async #read(tenantId: string, id: string): Promise<GameDay | null> {
    if (!/^gameday_[0-9a-z]{26}$/.test(id)) return null
    const kept = await this.#services.store.objects.get(keyOf(tenantId, id))
    return kept === null ? null : (JSON.parse(await text(kept)) as GameDay)
  }

  async #record(tenantId: string, definition: GameDayDefinition, day: GameDay): Promise<void> {
    const { store, ids, log } = this.#services
    const { report } = day
    try {
      await store.objects.put(keyOf(tenantId, day.id), JSON.stringify(day))
      await store.ledger.decide({
        id: ids.next('decision'),
        tenantId,
        system: 'ready',
        kind: 'game-day',
        subjectId: day.id,
        inputRef: `ready/game-days/${day.id}`,
        inputHash: createHash('sha256').update(JSON.stringify(definition)).digest('hex'),
        output: {
          name: day.name,
          owner: day.owner,
          target: day.target,
          state: day.state,
          holds: report.holds,
          // What was done to whom, for whoever asks later.
          faults: report.events
            .filter(({ isOn }) => isOn)
            .map(({ what, on }) => `${what} on ${on}`)
            .slice(0, 200),
          findings: report.findings.map(({ kind, at }) => ({ kind, at })).slice(0, 200),
          problem: day.problem,
        },
        confidence: null,
        costMicros: 0,
        durationMs: (day.endedAtMs ?? day.startedAtMs) - day.startedAtMs,
        version: 'game-day@1',
        atMs: day.startedAtMs,
      })
    } catch (error) {
      log.warn({ error }, 'A game day could not be written to the ledger.')
    }
  }
}

const keyOf = (tenantId: string, id: string) => `ready/game-days/${tenantId}/${id}.json`

/** One that was recorded from the sample definition against the demo shop. */
async function sampleDay(): Promise<GameDay> {
  const file = join(import.meta.dirname, '../../samples/game-day.json')
  return { ...(JSON.parse(await readFile(file, 'utf8')) as GameDay), isSample: true }
}

/** The demo, with what the definition says of patience and rate. */
function narrowed(subject: Subject, { patienceMs, mostRatePerSecond }: GameDayDefinition): Subject {
  return { ...subject, patienceMs, mostRatePerSecond: Math.min(mostRatePerSecond, subject.mostRatePerSecond) }
}

/** @throws InvalidInputError where a fault is on nothing that may be touched */
function checkFaults(definition: GameDayDefinition, subject: Subject): void {
  const known = new Set([
    'machine',
    ...[...subject.dependencies, ...subject.processes, ...subject.clocks].map(({ name }) => name),
  ])
  const stranger = definition.faults.find(({ on }) => !known.has(on))
  if (stranger !== undefined)
    throw new InvalidInputError({
      code: 'blast-radius',
      message: `"${stranger.on}" is not among dependencies, processes and clocks, so it is not touched.`,
    })
}
