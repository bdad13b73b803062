import type { FloorPlaces } from '../release/floor-places.ts'
import { cellAt, cellOfNode, nodeIdOf, positionOf } from '../release/floor-places.ts'
import type { RouteBook, Visit } from '../release/route-book.ts'
import type { ActionParameter, ActionState, Factsheet, RobotState } from '../vda5050/messages.ts'
import { topicOf, versions } from '../vda5050/protocol.ts'
import type { RobotAddress } from '../vda5050/protocol.ts'
import type { Received, Refusal } from '../vda5050/read-message.ts'
import { headWriter } from '../vda5050/write-message.ts'
import { HeaderCheck } from './header-check.ts'
import { orderIdOf, orderText, parseOrderId } from './order-message.ts'
import { ZoneSetKeeper } from './zone-sets.ts'
import type { ToldZones } from './zone-sets.ts'
import type { OrderName } from './order-message.ts'

export interface SessionSettings {
  /** Visits ahead of a robot that may be released to it. */
  horizon: number
  /** Visits sent after those, which it may not drive yet. */
  preview: number
  /** Milliseconds after which what was not acknowledged is sent again. */
  resendMs: number
  /** Sent with each pick and drop: robots of some makers want to be told a station's and a load's type. */
  parameters: readonly ActionParameter[]
}

export const usualSession: SessionSettings = { horizon: 6, preview: 2, resendMs: 400, parameters: [] }

/** `lost`: the broker or nobody hears it; `waiting`: no state yet; `away`: in a mode in which it takes no orders. */
export type SessionStatus = 'waiting' | 'lost' | 'quarantined' | 'away' | 'paused' | 'ready'

/** Topics that it is sent. */
type Sent = 'order' | 'instantActions' | 'zoneSet'

export interface Outgoing {
  path: string
  text: string
}

/** What a state told: errands done now, and robots that may go on. */
export interface Told {
  refusal: Refusal | null
  next: number[]
  done: { task: number; errand: number }[]
  hasFailed: string | null
}

const silentMs = 90_000

/** How long what the control before this one sent may be on its way. */
const heirMs = 10_000

/** Cells that a robot may be off the way that it was given before its word is not believed. */
const offWayCells = 1.5

/**
 * What the control knows of one robot and wants of it. Nothing that is sent counts until a state shows it (QoS 0 loses messages): the order until its `orderUpdateId`
 * shows, an instant action until its effect does; until then the same is sent again. Holds no clock and no connection.
 */
export class RobotSession {
  readonly address: RobotAddress
  readonly #robot: number
  readonly #run: string
  readonly #places: FloorPlaces
  readonly #book: RouteBook
  readonly #settings: SessionSettings
  readonly #headers = new HeaderCheck()
  readonly #firstHeaderId: number
  readonly #headerIds = { order: 0, instantActions: 0, zoneSet: 0 }
  readonly #paths: Record<Sent, string>
  readonly #zones = new ZoneSetKeeper()
  #online: boolean | null = null
  #isSilent = false
  state: RobotState | null = null
  factsheet: Factsheet | null = null
  quarantine: string | null = null
  /** When something of it was last heard, and when something was sent to it. */
  heardAtMs: number | null = null
  sentAtMs: number | null = null
  /** Visit at which its order began, and the end of the base that it is known to have; -1 with no order. */
  #start = -1
  #base = -1
  /** Of its order, or of the next one. */
  #again = 0
  #sent: { isNew: boolean; from: number; to: number; atMs: number; orderId: string; text: string } | null =
    null
  #finishedPause = false
  #pause: { wanted: boolean; id: string; sentAtMs: number } | null = null
  readonly #done = new Set<string>()
  /** As the robot calls the version that it speaks: one of 2.0 refuses what calls itself 2.1, and nothing is sent that it would not know. */
  #version: string
  #head: (headerId: number, nowMs: number) => string
  resent = 0
  #sinceMs: number | null = null
  /** Its state is asked for; it sends one by itself only when something changes, or every 30 s. */
  #isAsked = true
  #askedAtMs = -Infinity

  constructor(
    robot: number,
    address: RobotAddress,
    run: string,
    places: FloorPlaces,
    book: RouteBook,
    settings: SessionSettings,
    firstHeaderId: number,
  ) {
    this.#robot = robot
    this.address = address
    this.#run = run
    this.#places = places
    this.#book = book
    this.#settings = settings
    this.#firstHeaderId = firstHeaderId
    this.#version = versions[address.major]
    this.#head = headWriter(address, this.#version)
    this.#paths = {
      order: topicOf(address, 'order'),
      instantActions: topicOf(address, 'instantActions'),
      zoneSet: topicOf(address, 'zoneSet'),
    }
  }

  get status(): SessionStatus {
    if (this.quarantine !== null) return 'quarantined'
    if (this.#online === false || this.#isSilent) return 'lost'
    if (this.state === null) return 'waiting'
    if (!takesOrders(this.state)) return 'away'
    return this.#pause?.wanted === true || this.#saysPaused ? 'paused' : 'ready'
  }

  /** Whether it stands as it was told to; without a pause wanted, false. */
  get isPaused(): boolean {
    return this.#pause?.wanted === true && this.#saysPaused
  }

  /** `paused` is an optional field of a state: of a robot that leaves it out the last pause that it has finished tells. */
  get #saysPaused(): boolean {
    return this.state?.paused ?? this.#finishedPause
  }

  /** Takes what the robot said. */
  receive(received: Received, nowMs: number): Told {
    this.#sinceMs ??= nowMs
    const told: Told = { refusal: null, next: [], done: [], hasFailed: null }
    told.refusal = this.#headers.check(received)
    if (told.refusal !== null) return told
    this.heardAtMs = nowMs
    this.#isSilent = false
    if (received.message.version !== this.#version) {
      this.#version = received.message.version
      this.#head = headWriter(this.address, this.#version)
    }
    if (received.topic === 'connection') this.#online = received.message.connectionState === 'ONLINE'
    else if (received.topic === 'factsheet') this.factsheet = received.message
    else if (received.topic === 'state') {
      this.#online = true
      this.#take(received.message, nowMs, told)
    }
    return told
  }

  /** Whether it is to stand. */
  get isToStand(): boolean {
    return this.#pause?.wanted === true
  }

  /** A robot says its state every 30 s at the least (6.6.6): one that has not for three times as long is out of reach, whatever the broker says. */
  noteTime(nowMs: number): void {
    if (this.#isSilent || this.heardAtMs === null || nowMs - this.heardAtMs < silentMs) return
    this.askState()
    this.#isSilent = true
  }

  /** Stands or goes on, whatever it does; sent until the state shows it. @param id of the instant action, the same for all that mean the same */
  pause(wanted: boolean, id: string): void {
    this.#pause = { wanted, id, sentAtMs: -Infinity }
  }

  /** Tells it of zones, if it knows any; sent until its state shows them. */
  wantZones(zones: ToldZones): void {
    if (this.address.major === 3) this.#zones.want(zones)
  }

  /** What it has said may have been lost: it is asked until it says its state again. */
  askState(): void {
    this.#isSilent = false
    this.#isAsked = true
    this.#askedAtMs = -Infinity
  }

  /** An operator believes it again: its next state is taken as if nothing had been. */
  endQuarantine(): void {
    this.quarantine = null
    this.#start = -1
  }

  /** What is to be sent now. */
  due(nowMs: number): Outgoing[] {
    const messages: Outgoing[] = []
    const actions = this.#dueActions(nowMs)
    const zones =
      this.state === null || this.#online === false
        ? null
        : this.#zones.due(this.state, this.factsheet, nowMs, this.#settings.resendMs)
    if (zones !== null && 'set' in zones)
      messages.push(this.#outgoing('zoneSet', nowMs, `"zoneSet":${JSON.stringify(zones.set)}}`))
    else if (zones !== null) actions.push(JSON.stringify(zones.action))
    if (actions.length > 0) messages.push(this.#outgoing('instantActions', nowMs, this.#actionsText(actions)))
    const order = this.#dueOrder(nowMs)
    if (order !== null) messages.push(this.#outgoing('order', nowMs, order))
    if (messages.length > 0) this.sentAtMs = nowMs
    return messages
  }

  #take(state: RobotState, nowMs: number, told: Told): void {
    const isFirst = this.state === null
    this.#isAsked = false
    this.state = state
    const shown = [...state.instantActionStates, ...state.actionStates]
    this.#notePause(shown)
    if (this.#pause !== null && !this.#pause.wanted && !this.#saysPaused) this.#pause = null
    if (state.operatingMode === 'STARTUP') return
    const name = parseOrderId(state.orderId, this.#run, this.#robot)
    if (name !== null) this.#follow(state, name, nowMs, told)
    else {
      if (isIdle(state) && this.#sent?.isNew !== true) this.#start = -1
      if (isFirst || this.#start === -1) this.#stands(state, told)
    }
    if (this.quarantine === null) this.#checkPosition(state)
    if (this.quarantine === null) this.#note(shown, told)
  }

  #notePause(shown: readonly ActionState[]): void {
    const pause = this.#pause
    if (pause === null || this.state?.paused !== undefined) return
    const isShown = shown.some(
      ({ actionId, actionStatus }) => actionStatus === 'FINISHED' && actionId.startsWith(`${pause.id}-`),
    )
    if (isShown) this.#finishedPause = pause.wanted
  }

  /** How far the robot has come on the order that we gave. */
  #follow(state: RobotState, { start, again }: OrderName, nowMs: number, told: Told): void {
    const at = start + state.lastNodeSequenceId / 2
    const base = start + state.orderUpdateId
    this.#base = base
    this.#again = again
    // Nothing left to drive and not at the end: the order was dropped, by a person at the robot or a cancellation. From where it is it gets another one.
    const wasCancelled = state.errors.some(({ errorType }) => errorType === 'ORDER_UPDATE_FOLLOWING_CANCEL')
    const isDropped = state.nodeStates.length === 0 && (at < base || wasCancelled)
    if (!isDropped) this.#start = start
    else if (this.#sent?.isNew !== true || this.#sent.orderId === state.orderId) {
      this.#start = -1
      this.#again = again + 1
      this.#sent = null
    }
    // What begins where its base does not end will never be taken.
    if (!isDropped && this.#sent !== null && (base >= this.#sent.to || base !== this.#sent.from))
      this.#sent = null
    // What it holds it was given by the process before this one, whose last messages may still be on their way.
    if (base > this.#book.releasedTo(this.#robot) && nowMs - this.#sinceMs! < heirMs)
      this.#book.wasReleasedTo(this.#robot, base)
    if (base > this.#book.releasedTo(this.#robot)) {
      this.quarantine = `It says that it was given node ${base} of its way, and was given ${this.#book.releasedTo(this.#robot)}.`
      return
    }
    this.#comeTo(at, state.lastNodeId, told)
  }

  #comeTo(at: number, nodeId: string, told: Told): void {
    const book = this.#book
    const visit = book.visit(this.#robot, at)
    if (!Number.isInteger(at) || at > book.releasedTo(this.#robot) || at < book.standsAt(this.#robot))
      this.quarantine = `It says node ${at} of its way, and has been between ${book.standsAt(this.#robot)} and ${book.releasedTo(this.#robot)}.`
    else if (visit !== undefined && cellOfNode(this.#places, nodeId) !== visit.cell)
      this.quarantine = `It says node ${nodeId}, and node ${at} of its way is ${nodeIdOf(this.#places, visit.cell)}.`
    else told.next.push(...book.arrive(this.#robot, at))
  }

  /** A robot without an order of ours: it has to be on what it was last given. The first visit that fits is taken, since more would set cells free. */
  #stands(state: RobotState, told: Told): void {
    this.#base = -1
    if (this.#sent?.isNew !== true) this.#sent = null
    const cell = state.lastNodeId === '' ? this.#cellAt(state) : cellOfNode(this.#places, state.lastNodeId)
    const book = this.#book
    for (let at = book.standsAt(this.#robot); at <= book.releasedTo(this.#robot); at++)
      if (book.visit(this.#robot, at)!.cell === cell) {
        told.next.push(...book.arrive(this.#robot, at))
        return
      }
    this.quarantine = `It says node ${state.lastNodeId || '(none)'} at cell ${cell}, and was last on ${nodeIdOf(this.#places, book.visit(this.#robot, book.standsAt(this.#robot))!.cell)}.`
  }

  /** The cell at which it says that it is, or -1. */
  saidCell(): number {
    return this.state === null
      ? -1
      : Math.max(this.#cellAt(this.state), cellOfNode(this.#places, this.state.lastNodeId), -1)
  }

  #cellAt({ mobileRobotPosition: position }: RobotState): number {
    return position === undefined ? -1 : cellAt(this.#places, position)
  }

  /** Where it says that it is has to be on the way that it was given. */
  #checkPosition({ mobileRobotPosition: position }: RobotState): void {
    if (position === undefined || !position.localized) return
    const { mapId, cellMetres } = this.#places
    if (position.mapId !== mapId) {
      this.quarantine = `It says map ${position.mapId}, and is on ${mapId}.`
      return
    }
    const book = this.#book
    let least = Infinity
    for (let at = book.standsAt(this.#robot); at <= book.releasedTo(this.#robot); at++) {
      const { x, y } = positionOf(this.#places, book.visit(this.#robot, at)!.cell)
      least = Math.min(least, Math.hypot(position.x - x, position.y - y))
    }
    if (least > offWayCells * cellMetres)
      this.quarantine = `It says x ${position.x}, y ${position.y} m: ${least.toFixed(1)} m off the way that it was given.`
  }

  #note(shown: readonly ActionState[], told: Told): void {
    for (const { actionId, actionStatus } of shown) {
      const match = /^(\d+)-(\d+)$/.exec(actionId)
      if (match === null || this.#done.has(actionId)) continue
      if (actionStatus === 'FAILED') told.hasFailed = actionId
      if (actionStatus !== 'FINISHED') continue
      this.#done.add(actionId)
      told.done.push({ task: Number(match[1]), errand: Number(match[2]) })
    }
    // A robot reports its last actions only; those that are no longer said need no memory.
    if (this.#done.size > 100) {
      const now = new Set(shown.map(({ actionId }) => actionId))
      for (const id of this.#done) if (!now.has(id)) this.#done.delete(id)
    }
  }

  /** Each as JSON. */
  #dueActions(nowMs: number): string[] {
    const before = nowMs - this.#settings.resendMs
    const actions: string[] = []
    if (this.#isAsked && this.#online !== false && this.#askedAtMs <= before) {
      this.#askedAtMs = nowMs
      actions.push(actionText('stateRequest', `state-${Math.floor(nowMs)}`))
    }
    const pause = this.#pause
    if (pause !== null && pause.sentAtMs <= before && this.#saysPaused !== pause.wanted) {
      if (pause.sentAtMs > 0) this.resent++
      pause.sentAtMs = nowMs
      // A robot that has this id from before takes it for done; a new try needs a new one.
      actions.push(actionText(pause.wanted ? 'startPause' : 'stopPause', `${pause.id}-${Math.floor(nowMs)}`))
    }
    return actions
  }

  #actionsText(actions: readonly string[]): string {
    const list = actions.join(',')
    // 2.0 has another name for the list; 2.1 passes over what it does not know.
    const again = this.#version.startsWith('2.0') ? `,"instantActions":[${list}]` : ''
    return `"actions":[${list}]${again}}`
  }

  #dueOrder(nowMs: number): string | null {
    if (this.quarantine !== null || this.#online === false || this.#pause?.wanted === true) return null
    if (this.state === null || !takesOrders(this.state)) return null
    if (this.#sent !== null) {
      if (nowMs - this.#sent.atMs < this.#settings.resendMs) return null
      this.#sent.atMs = nowMs
      this.resent++
      return this.#sent.text
    }
    const book = this.#book
    const to = this.#untilZone(book.release(this.#robot, this.#horizon()), nowMs)
    const isNew = this.#start === -1
    if (isNew && !isIdle(this.state)) return null
    const start = isNew ? book.standsAt(this.#robot) : this.#start
    const from = isNew ? start : this.#base
    if (to <= from) return null
    const visits: Visit[] = []
    for (let at = from; at <= to + this.#settings.preview; at++) {
      // The end of its base may lie behind where it is confirmed only for a moment; the next state brings it.
      const visit = book.visit(this.#robot, at)
      if (visit === undefined) break
      visits.push(visit)
    }
    if (visits.length === 0) return null
    const name = { run: this.#run, robot: this.#robot, start, again: this.#again }
    const way = { from, to, visits }
    const text = orderText(this.address.major, this.#places, name, way, this.#settings.parameters)
    this.#start = start
    this.#base = from
    this.#sent = { isNew, from, to, atMs: nowMs, orderId: orderIdOf(name), text }
    return text
  }

  /** The last visit up to one that the robot would refuse, since it has a zone there that is open again by now. */
  #untilZone(to: number, nowMs: number): number {
    if (this.state?.zoneSets === undefined) return to
    for (let at = this.#book.standsAt(this.#robot) + 1; at <= to; at++)
      if (this.#zones.keepsOut(this.state, this.#book.visit(this.#robot, at)!.cell, nowMs)) return at - 1
    return to
  }

  /** Fewer visits where the robot's memory holds fewer nodes. */
  #horizon(): number {
    const most = this.factsheet?.protocolLimits.maximumArrayLengths?.['order.nodes']
    const { horizon, preview } = this.#settings
    return most === undefined || most <= 1 ? horizon : Math.max(1, Math.min(horizon, most - 1 - preview))
  }

  /** @param rest JSON of what comes after the header */
  #outgoing(topic: Sent, nowMs: number, rest: string): Outgoing {
    const headerId = (this.#firstHeaderId + this.#headerIds[topic]++) % 2 ** 32
    return { path: this.#paths[topic], text: this.#head(headerId, nowMs) + rest }
  }
}

function actionText(actionType: string, actionId: string): string {
  return `{"actionType":"${actionType}","actionId":"${actionId}","blockingType":"NONE"}`
}

/** `nodeStates` and `edgeStates` empty and all actions over (6.6.8). */
function isIdle({ nodeStates, edgeStates, actionStates }: RobotState): boolean {
  const isOver = ({ actionStatus }: ActionState) => actionStatus === 'FINISHED' || actionStatus === 'FAILED'
  return nodeStates.length === 0 && edgeStates.length === 0 && actionStates.every(isOver)
}

/** Modes in which orders may be sent (Table 10). */
function takesOrders({ operatingMode }: RobotState): boolean {
  return operatingMode === 'AUTOMATIC' || operatingMode === 'SEMIAUTOMATIC' || operatingMode === 'INTERVENED'
}
