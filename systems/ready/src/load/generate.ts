import type { Answer } from './answer-reader.ts'
import type { Client } from 'undici'
import { Connection } from './connection.ts'
import type { Fault, Sender } from './connection.ts'
import { EventCounter } from './event-counter.ts'
import { Measured } from './measure.ts'
import type { Scenario, Stage } from './scenario.ts'
import { plannedTimes, stageMs } from './schedule.ts'
import { extractValue, prepare } from './template.ts'
import type { Prepared, Values } from './template.ts'
import type { Target } from './target.ts'

export interface Generated {
  measured: Measured
  /** Why the run ended before its plan did. */
  stoppedBy: 'signal' | 'requests' | 'bytes' | null
  /** Milliseconds from the first planned time to the last answer. */
  durationMs: number
  /**
   * The plan's zero by the monotonic clock of its machine in milliseconds (`process.hrtime`), which all of its processes share; the times since
   * 1970 that processes know are milliseconds apart.
   */
  startedAtMonotonicMs: number
}

/** The part of a plan that one of several generators plays: every request whose place in the plan is `at` modulo `of`. */
export interface Part {
  at: number
  of: number
}

const spinMs = 2
const whole: Part = { at: 0, of: 1 }

/**
 * Plays a scenario, or its part, against a target: HTTP/1.1 by own sockets, TLS and HTTP/2 by undici. Open stages send at their planned times whether answers come or not; a request for which no
 * connection is free waits, and its latency runs from when it was planned. Aborting ends all connections at once.
 */
export async function generate(
  scenario: Scenario,
  target: Target,
  signal: AbortSignal,
  measured = new Measured(),
  part = whole,
): Promise<Generated> {
  // Its start costs more than some runs, and few need it.
  const undici = target.protocol === 'https:' ? await import('./undici-sender.ts') : null
  const run = new Run(scenario, target, measured, part, undici)
  const stop = () => run.stop('signal')
  signal.addEventListener('abort', stop, { once: true })
  try {
    if (signal.aborted) run.stop('signal')
    for (const stage of scenario.load) {
      if (run.stoppedBy !== null) break
      await (stage.kind === 'users' ? run.closed(stage) : run.open(stage))
    }
    return {
      measured,
      stoppedBy: run.stoppedBy,
      durationMs: run.nowMs(),
      startedAtMonotonicMs: run.startedAtMonotonicMs,
    }
  } finally {
    signal.removeEventListener('abort', stop)
    run.closeAll()
  }
}

interface Waiting {
  plannedMs: number
  prepared: Prepared
  values: Values
}

class Run {
  stoppedBy: Generated['stoppedBy'] = null
  readonly #scenario: Scenario
  readonly #target: Target
  readonly #measured: Measured
  /** Of what is planned while connections are opened; nobody looks at it. */
  readonly #cold = new Measured()
  startedAtMonotonicMs = Number(process.hrtime.bigint()) / 1e6
  readonly #startMs = performance.now()
  #hasBegun = false
  readonly #prepared: Prepared[]
  readonly #part: Part
  readonly #maxConnections: number
  readonly #maxRequests: number
  readonly #maxBytes: number
  /** With HTTP/2: the connection that all share. */
  readonly #shared: Client | null
  /** Where it is spoken for us: TLS. */
  readonly #undici: typeof import('./undici-sender.ts') | null
  readonly #all = new Set<Sender>()
  readonly #idle: Sender[] = []
  readonly #waiting: Waiting[] = []
  #waitingFrom = 0
  #underWay = 0
  #row = 0
  #turn = 0
  #wake: (() => void) | null = null
  #watch: NodeJS.Timeout

  constructor(
    scenario: Scenario,
    target: Target,
    measured: Measured,
    part: Part,
    undici: typeof import('./undici-sender.ts') | null,
  ) {
    this.#undici = undici
    this.#part = part
    this.#maxConnections = Math.ceil(scenario.maxConnections / part.of)
    this.#maxRequests = Math.ceil(scenario.caps.maxRequests / part.of)
    this.#maxBytes = scenario.caps.maxBytes / part.of
    this.#row = part.at
    this.#turn = part.at
    this.#shared = scenario.http === '2' && undici !== null ? undici.openClient(target, true) : null
    this.#scenario = scenario
    this.#target = target
    this.#measured = measured
    this.#prepared = scenario.requests.map((request) => prepare(scenario, request, target.authority))
    this.#watch = setInterval(() => this.#expire(), Math.min(250, Math.max(5, scenario.timeoutMs / 4)))
  }

  nowMs(): number {
    return performance.now() - this.#startMs
  }

  stop(by: NonNullable<Generated['stoppedBy']>): void {
    this.stoppedBy ??= by
    this.closeAll()
    this.#wake?.()
  }

  closeAll(): void {
    clearInterval(this.#watch)
    this.#waiting.length = 0
    this.#waitingFrom = 0
    for (const connection of this.#all) connection.close('stopped')
    this.#all.clear()
    this.#idle.length = 0
    this.#shared?.destroy(null).catch(() => undefined)
  }

  #measuredOf(plannedMs: number): Measured {
    return plannedMs < 1000 * this.#scenario.warmUpSeconds ? this.#cold : this.#measured
  }

  async open(stage: Stage): Promise<void> {
    const baseMs = this.nowMs()
    if (!this.#hasBegun) this.startedAtMonotonicMs += baseMs
    this.#hasBegun = true
    const { at: first, of: step } = this.#part
    const times = plannedTimes(stage).filter((_, k) => k % step === first)
    for (const time of times) this.#measuredOf(baseMs + time).planned(baseMs + time)
    let next = 0
    while (next < times.length && this.stoppedBy === null) {
      const nowMs = this.nowMs()
      while (next < times.length && baseMs + (times[next] as number) <= nowMs) {
        this.#submit({
          plannedMs: baseMs + (times[next++] as number),
          prepared: this.#pick(),
          values: this.#values(),
        })
        if (this.stoppedBy !== null) return
      }
      if (next < times.length) await this.#until(baseMs + (times[next] as number))
    }
    const restMs = baseMs + stageMs(stage) - this.nowMs()
    if (restMs > 0 && this.stoppedBy === null) await this.#pause(restMs)
    await this.#drained()
  }

  async closed(stage: Extract<Stage, { kind: 'users' }>): Promise<void> {
    const endMs = this.nowMs() + 1000 * stage.seconds
    const users = Math.floor((stage.users + this.#part.of - 1 - this.#part.at) / this.#part.of)
    if (users === 0) return
    await new Promise<void>((resolve) => {
      let left = users
      for (let user = 0; user < users; user++) {
        this.#user(endMs, () => {
          if (--left === 0) resolve()
        })
      }
    })
  }

  /** One user: the requests in their order, again and again, with what was extracted from the answers before. */
  #user(endMs: number, ended: () => void): void {
    let values = this.#values()
    let at = 0
    const go = () => {
      if (this.stoppedBy !== null || this.nowMs() >= endMs) {
        ended()
        return
      }
      const prepared = this.#prepared[at] as Prepared
      at = (at + 1) % this.#prepared.length
      const plannedMs = this.nowMs()
      this.#measuredOf(plannedMs).planned(plannedMs)
      const { extract, thinkMs } = prepared.request
      const after = (result: Answer | Fault) => {
        if (typeof result !== 'string' && result.body !== null) {
          const text = result.body.toString('utf8')
          for (const [name, path] of Object.entries(extract)) {
            const value = extractValue(text, path)
            if (value !== undefined) values = { ...values, [name]: value }
          }
        }
        // A target that refuses at once must not spin.
        const restMs = typeof result === 'string' ? Math.max(thinkMs, 50) : thinkMs
        if (restMs > 0) setTimeout(go, Math.min(restMs, Math.max(0, endMs - this.nowMs())))
        else go()
      }
      this.#submit({ plannedMs, prepared, values }, after)
    }
    go()
  }

  #pick(): Prepared {
    if (this.#prepared.length === 1) return this.#prepared[0] as Prepared
    // Weights take turns evenly: each request is due as often as its share of all that were sent.
    const total = this.#prepared.reduce((sum, one) => sum + one.request.weight, 0)
    this.#turn += this.#part.of
    let place = (((this.#turn - this.#part.of) * 0.618_033_988_749_895) % 1) * total
    for (const one of this.#prepared) {
      place -= one.request.weight
      if (place < 0) return one
    }
    return this.#prepared.at(-1) as Prepared
  }

  #values(): Values {
    const { data } = this.#scenario
    if (data.length === 0) return {}
    const row = data[this.#row % data.length] as Values
    this.#row += this.#part.of
    return row
  }

  #submit(one: Waiting, after?: (result: Answer | Fault) => void): void {
    if (this.#measured.sent + this.#cold.sent >= this.#maxRequests) {
      this.stop('requests')
      after?.('stopped')
      return
    }
    if (this.#measured.bytes + this.#cold.bytes >= this.#maxBytes) {
      this.stop('bytes')
      after?.('stopped')
      return
    }
    const connection = this.#free()
    if (connection === null) this.#waiting.push(one)
    else this.#send(connection, one, after)
  }

  #free(): Sender | null {
    for (let idle = this.#idle.pop(); idle !== undefined; idle = this.#idle.pop()) {
      if (!idle.isClosed) return idle
      this.#all.delete(idle)
    }
    if (this.#all.size >= this.#maxConnections) return null
    const { maxAnswerBytes } = this.#scenario.caps
    const made =
      this.#undici === null
        ? new Connection(this.#target, maxAnswerBytes)
        : new this.#undici.UndiciSender(this.#target, maxAnswerBytes, this.#shared)
    this.#all.add(made)
    return made
  }

  #send(
    connection: Sender,
    { plannedMs, prepared, values }: Waiting,
    after?: (result: Answer | Fault) => void,
  ): void {
    const { check, extract } = prepared.request
    const keepsBody =
      check.bodyIncludes !== undefined || (after !== undefined && Object.keys(extract).length > 0)
    const measured = this.#measuredOf(plannedMs)
    const sentMs = this.nowMs()
    this.#underWay++
    // Waiting for a connection is the target's doing, so it is no lag of the generator's.
    measured.sentAt(sentMs, sentMs - Math.max(plannedMs, connection.freeSinceMs))
    connection.deadlineMs = sentMs + this.#scenario.timeoutMs
    connection.send({
      prepared,
      values,
      keepsBody,
      onPiece: prepared.request.isStream ? this.#eventsOf(measured, plannedMs) : null,
      done: (result) => {
        const nowMs = this.nowMs()
        this.#underWay--
        if (result !== 'stopped')
          measured.answered(plannedMs, sentMs, nowMs, result, problemOf(result, check))
        if (connection.isClosed) this.#all.delete(connection)
        connection.freeSinceMs = nowMs
        if (!connection.isClosed) this.#reuse(connection)
        else if (this.stoppedBy === null) this.#serveWaiting()
        after?.(result)
        if (this.#underWay === 0) this.#wake?.()
      },
    })
  }

  /** When events of one stream come. */
  #eventsOf(measured: Measured, plannedMs: number): (piece: Buffer) => void {
    const counter = new EventCounter()
    let lastMs = NaN
    return (piece) => {
      const count = counter.push(piece)
      if (count === 0) return
      const nowMs = this.nowMs()
      if (Number.isNaN(lastMs)) measured.firstEvent.recordMs(nowMs - plannedMs)
      else measured.eventGap.recordMs(nowMs - lastMs)
      // Those that come in one piece come together.
      for (let k = 1; k < count; k++) measured.eventGap.recordMs(0)
      measured.events += count
      lastMs = nowMs
    }
  }

  #reuse(connection: Sender): void {
    const next = this.#nextWaiting()
    if (next === null) this.#idle.push(connection)
    else this.#send(connection, next)
  }

  #serveWaiting(): void {
    if (this.#waitingFrom >= this.#waiting.length) return
    const connection = this.#free()
    const next = connection === null ? null : this.#nextWaiting()
    if (connection !== null && next !== null) this.#send(connection, next)
  }

  #nextWaiting(): Waiting | null {
    const next = this.#waiting[this.#waitingFrom]
    if (next === undefined) return null
    this.#waitingFrom++
    if (this.#waitingFrom > 1024 && 2 * this.#waitingFrom > this.#waiting.length) {
      this.#waiting.splice(0, this.#waitingFrom)
      this.#waitingFrom = 0
    }
    return next
  }

  #expire(): void {
    const nowMs = this.nowMs()
    for (const connection of this.#all)
      if (connection.isBusy && connection.deadlineMs <= nowMs) connection.close('timeout')
  }

  /** Timers are a millisecond coarse, so the last of the wait is spent looking at the clock between turns of the loop. */
  async #until(atMs: number): Promise<void> {
    const waitMs = atMs - this.nowMs()
    if (waitMs > spinMs + 1) await this.#pause(waitMs - spinMs)
    else await new Promise<void>((resolve) => void setImmediate(resolve))
  }

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms)
      this.#wake = () => {
        if (this.stoppedBy === null) return
        clearTimeout(timer)
        resolve()
      }
    })
  }

  #drained(): Promise<void> {
    if (this.#underWay === 0 || this.stoppedBy !== null) return Promise.resolve()
    return new Promise((resolve) => {
      this.#wake = () => {
        if (this.#underWay === 0 || this.stoppedBy !== null) resolve()
      }
    })
  }
}

function problemOf(result: Answer | Fault, check: Scenario['requests'][number]['check']): string | null {
  if (typeof result === 'string') return null
  const isExpected = check.status === undefined ? result.status < 400 : check.status.includes(result.status)
  if (!isExpected) return `status ${result.status}`
  if (check.bodyIncludes !== undefined && result.body?.includes(check.bodyIncludes) !== true)
    return 'body not as expected'
  return null
}
