import type { Clock, Logger } from '@heavylift/core'
import type { Bus } from '../broker/bus.ts'
import { applyStep } from '../release/apply-step.ts'
import { filtersOf, robotTopics, topicOf } from '../vda5050/protocol.ts'
import type { TopicPlace } from '../vda5050/protocol.ts'
import { isRefusal, readMessage, readMessageOf } from '../vda5050/read-message.ts'
import type { RefusalReason } from '../vda5050/read-message.ts'
import type { RobotRow, RobotTrouble } from '../store/control-tables.ts'
import type { Kept, PlannedStep, StoredFloor } from '../store/floor-log.ts'
import { RobotSession, usualSession } from './robot-session.ts'
import type { SessionSettings, SessionStatus } from './robot-session.ts'
import type { ToldZones } from './zone-sets.ts'

export interface GatewayOptions {
  bus: Bus
  floor: StoredFloor
  kept: Kept
  clock: Clock
  log: Logger
  settings?: SessionSettings
}

export interface GatewayCounts {
  received: number
  sent: number
  unknownRobots: number
  refused: Partial<Record<RefusalReason, number>>
}

/** What a robot stood for: others that are before it, a stop or a person, no connection. */
export interface Delays {
  othersMs: number
  stoppedMs: number
  outOfReachMs: number
}

const noDelays = (): Delays => ({ othersMs: 0, stoppedMs: 0, outOfReachMs: 0 })

/** How long a release is still sent by a control that starts after it. */
const releaseMs = 60_000

/** How long after a change of zones the planner may still lay ways of before. */
const settleMs = 2_000

/**
 * Stands between the plan and the robots of a floor: releases what is safe, sends it until it is acknowledged, believes no message that cannot be. Keeps
 * nothing itself: `kept` and the steps after it bring it back, and the robots' states the rest.
 */
export class Gateway {
  readonly #options: GatewayOptions
  readonly #sessions: RobotSession[]
  readonly #delays: Delays[]
  #tickedMs: number
  /** What each topic of its robots says. */
  readonly #topics = new Map<string, { place: TopicPlace; robot: number }>()
  #kept: Kept
  #stop: { number: number; isLatched: boolean } | null = null
  #persons: ReadonlySet<number> = new Set()
  #zones: (ToldZones & { sinceMs: number }) | null = null
  /** Robots that have not been told of these zones. */
  readonly #untold = new Set<number>()
  readonly #blockedBy = new Map<number, number[]>()
  readonly counts: GatewayCounts = { received: 0, sent: 0, unknownRobots: 0, refused: {} }
  /** Errands that robots have reported as done and nobody has fetched. */
  #done: { task: number; errand: number; robot: number }[] = []

  constructor(options: GatewayOptions) {
    const { floor, kept, clock, settings = usualSession } = options
    this.#options = options
    this.#kept = kept
    // Greater than any that a control before this one can have used: tenths of seconds since 2026, and nobody sends a robot ten orders a second for long.
    const firstHeaderId = Math.floor((clock.nowMs() - Date.UTC(2026, 0)) / 100)
    this.#sessions = floor.robots.map(
      (address, robot) =>
        new RobotSession(robot, address, floor.run, floor.places, kept.book, settings, firstHeaderId),
    )
    this.#delays = floor.robots.map(noDelays)
    this.#tickedMs = clock.nowMs()
    floor.robots.forEach((address, robot) => {
      for (const topic of robotTopics)
        this.#topics.set(topicOf(address, topic), { place: { robot: address, topic }, robot })
    })
  }

  /** Begins to hear the robots and asks each where it is. */
  async start(): Promise<void> {
    const filters = robotTopics.flatMap(filtersOf)
    this.#options.bus.onAgain(() => {
      for (const session of this.#sessions) session.askState()
      this.tick()
    })
    await this.#options.bus.subscribe(filters, (path, payload) => this.#hear(path, payload))
    this.tick()
  }

  /** The step up to which it knows the plan. */
  get step(): number {
    return this.#kept.step
  }

  get kept(): Kept {
    return this.#kept
  }

  sessionOf(robot: number): RobotSession {
    return this.#sessions[robot]!
  }

  statuses(): SessionStatus[] {
    return this.#sessions.map(({ status }) => status)
  }

  /** Lays planned steps on the routes and sends what they set free. Steps that it has are passed over. */
  planned(steps: readonly PlannedStep[]): void {
    const { book, states } = this.#kept
    const changed = new Set<number>()
    for (const { step, actions, errands } of steps) {
      if (step <= this.#kept.step) continue
      if (step !== this.#kept.step + 1) throw new Error(`Step ${this.#kept.step + 1} is missing.`)
      for (const robot of applyStep(this.#options.floor.places.floor, book, states, actions, errands))
        changed.add(robot)
      this.#kept.step = step
    }
    for (const robot of changed) this.#send(robot)
  }

  /** Sends again what is due, and notes what robots wait for. To be called several times a second. */
  tick(): void {
    const nowMs = this.#options.clock.nowMs()
    this.#tellZones(nowMs)
    for (let robot = 0; robot < this.#sessions.length; robot++) {
      this.#sessions[robot]!.noteTime(nowMs)
      const cause = this.#causeOf(robot)
      if (cause !== null) this.#delays[robot]![cause] += nowMs - this.#tickedMs
      this.#send(robot)
    }
    this.#tickedMs = nowMs
  }

  /** Milliseconds that a robot has stood since it began its task, by cause. */
  delaysOf(robot: number): Delays {
    return { ...this.#delays[robot]! }
  }

  #causeOf(robot: number): keyof Delays | null {
    const { status } = this.#sessions[robot]!
    if (status === 'lost' || status === 'waiting') return 'outOfReachMs'
    if (status !== 'ready') return 'stoppedMs'
    const { book } = this.#kept
    return book.backlog(robot) > 0 && book.releasedTo(robot) === book.standsAt(robot) ? 'othersMs' : null
  }

  /** Stops all robots, or lets them go on. */
  setStop(stop: { number: number; isLatched: boolean; at: Date } | null): void {
    const before = this.#stop
    if (before?.number === stop?.number && before?.isLatched === stop?.isLatched) return
    this.#stop = stop
    // One that was released long ago is over: who stands now was stopped by somebody at the robot.
    if (stop === null || (!stop.isLatched && this.#options.clock.nowMs() - stop.at.getTime() > releaseMs))
      return
    const id = `${stop.isLatched ? 'stop' : 'release'}-${stop.number}`
    for (let robot = 0; robot < this.#sessions.length; robot++) {
      if (stop.isLatched || !this.#mustStand(robot)) this.#sessions[robot]!.pause(stop.isLatched, id)
      this.#send(robot)
    }
  }

  /** Cells with a person on them: nobody is let in, and who is in or was let in stands until they are others. */
  setPersons(cells: ReadonlySet<number>): void {
    this.#kept.book.shut(cells)
    this.#persons = cells
    for (let robot = 0; robot < this.#sessions.length; robot++) {
      this.#standAsMust(robot)
      this.#send(robot)
    }
  }

  /** Zones that robots are told of who know such, for their own part to keep out. */
  setZones(zones: ToldZones): void {
    if (zones.set.zoneSetId === this.#zones?.set.zoneSetId) return
    this.#zones = { ...zones, sinceMs: this.#options.clock.nowMs() }
    for (let robot = 0; robot < this.#sessions.length; robot++) this.#untold.add(robot)
  }

  /** A robot is told once nothing that is planned for it leads into a zone: it would stand before it, in everybody's way. */
  #tellZones(nowMs: number): void {
    const zones = this.#zones
    if (zones === null || nowMs - zones.sinceMs < settleMs) return
    const { book } = this.#kept
    for (const robot of this.#untold) {
      let at = book.standsAt(robot)
      while (at <= book.endOf(robot) && !zones.cells.has(book.visit(robot, at)!.cell)) at++
      if (at <= book.endOf(robot)) continue
      this.#untold.delete(robot)
      this.#sessions[robot]!.wantZones(zones)
    }
  }

  #standAsMust(robot: number): void {
    const session = this.#sessions[robot]!
    const mustStand = this.#mustStand(robot)
    if (mustStand !== session.isToStand) session.pause(mustStand, `person-${this.#options.clock.nowMs()}`)
  }

  /** A stop, a quarantine or a person in its way: each alone keeps it where it is. */
  #mustStand(robot: number): boolean {
    return (
      this.#stop?.isLatched === true ||
      this.#sessions[robot]!.quarantine !== null ||
      (this.#persons.size > 0 && this.#kept.book.isLetOnto(robot, this.#persons))
    )
  }

  /** For each robot the number of the visit at which it is, -1 for one that the plan is not to move. */
  stands(): Int32Array {
    return Int32Array.from(this.#sessions, ({ status }, robot) =>
      status === 'ready' || status === 'paused' ? this.#kept.book.standsAt(robot) : -1,
    )
  }

  /** Robots that do not go on by themselves, and why. */
  troubles(): RobotTrouble[] {
    return this.#sessions.flatMap((session, robot) => {
      const errors = (session.state?.errors ?? []).map(({ errorType }) => errorType).join(', ')
      const isFine = (session.status === 'ready' || session.status === 'paused') && errors === ''
      return isFine ? [] : [{ robot, status: session.status, why: session.quarantine ?? errors }]
    })
  }

  /** What people see of each robot. */
  rows(): RobotRow[] {
    return this.#sessions.map((session, robot) => [
      session.status,
      this.#kept.book.visit(robot, this.#kept.book.standsAt(robot))!.cell,
      session.heardAtMs,
      session.sentAtMs,
      session.state?.powerSupply.stateOfCharge ?? null,
      session.quarantine ?? (session.state?.errors ?? []).map(({ errorType }) => errorType).join(', '),
    ])
  }

  /** Messages that were sent again because no state had shown them. */
  get resent(): number {
    return this.#sessions.reduce((sum, session) => sum + session.resent, 0)
  }

  takeDone(): { task: number; errand: number; robot: number }[] {
    const done = this.#done
    this.#done = []
    return done
  }

  /** An operator has looked at a robot: it is believed again, and its cells are free to plan. */
  endQuarantine(robot: number): void {
    if (this.#sessions[robot]?.status !== 'quarantined') return
    this.#sessions[robot]!.endQuarantine()
    for (const cell of this.#blockedBy.get(robot) ?? []) this.#kept.book.unblock(cell)
    this.#blockedBy.delete(robot)
    if (!this.#mustStand(robot)) this.#sessions[robot]!.pause(false, 'quarantine-over')
  }

  #hear(path: string, payload: Uint8Array): void {
    this.counts.received++
    const known = this.#topics.get(path)
    const read = known === undefined ? readMessage(path, payload) : readMessageOf(known.place, payload)
    if (isRefusal(read)) return this.#refuse(read.reason, path, read.detail)
    if (known === undefined) {
      this.counts.unknownRobots++
      return
    }
    const { robot } = known
    const session = this.#sessions[robot]!
    const wasQuarantined = session.quarantine !== null
    const told = session.receive(read, this.#options.clock.nowMs())
    if (told.refusal !== null) return this.#refuse(told.refusal.reason, path, told.refusal.detail)
    if (session.quarantine !== null && !wasQuarantined) this.#quarantined(robot, session.quarantine)
    // What it was let onto by the control before this one is known only now.
    if (this.#persons.size > 0) this.#standAsMust(robot)
    for (const { task, errand } of told.done) {
      this.#done.push({ task, errand, robot })
      if (errand === 1) this.#delays[robot] = noDelays()
    }
    this.#send(robot)
    for (const next of told.next) if (next !== robot) this.#send(next)
  }

  /** Nobody is let onto what it was given, nor onto where it says that it is. */
  #quarantined(robot: number, why: string): void {
    this.#options.log.warn(
      { robot, why },
      'a robot says what cannot be: it gets no more orders until an operator has looked',
    )
    const { book } = this.#kept
    const cells: number[] = []
    for (let at = book.standsAt(robot); at <= book.releasedTo(robot); at++)
      cells.push(book.visit(robot, at)!.cell)
    const session = this.#sessions[robot]!
    const said = session.saidCell()
    if (said >= 0) cells.push(said)
    for (const cell of cells) book.block(cell)
    this.#blockedBy.set(robot, cells)
    session.pause(true, 'quarantine')
  }

  #refuse(reason: RefusalReason, path: string, detail: string): void {
    this.counts.refused[reason] = (this.counts.refused[reason] ?? 0) + 1
    this.#options.log.debug({ reason, path, detail }, 'refused a message')
  }

  #send(robot: number): void {
    const session = this.#sessions[robot]!
    for (const { path, text } of session.due(this.#options.clock.nowMs())) {
      this.counts.sent++
      this.#options.bus.publish(path, text)
    }
  }
}
