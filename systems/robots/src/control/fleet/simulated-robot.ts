import type {
  ActionState,
  Connection,
  Factsheet,
  InstantActions,
  NodePosition,
  Order,
  OrderEdge,
  OrderNode,
  RobotError,
  RobotState,
  ZoneSet,
} from '../vda5050/messages.ts'
import type { RobotAddress, RobotTopic } from '../vda5050/protocol.ts'
import { headerOf } from '../vda5050/write-message.ts'
import { ZonesHeld } from './zones-held.ts'

export interface RobotBuild {
  /** Milliseconds for one edge, a quarter turn, an action at a node. */
  driveMs: number
  turnMs: number
  actionMs: number
}

export const usualBuild: RobotBuild = { driveMs: 400, turnMs: 300, actionMs: 500 }

/** What really happened, which no message changes. `atMs` is of the machine's clock. */
export type TrueEvent =
  | { kind: 'given' | 'enter' | 'leave'; nodeId: string; atMs: number }
  | { kind: 'action'; actionId: string; atMs: number }
  | { kind: 'paused'; atMs: number }

export interface RobotStart {
  nodeId: string
  position: NodePosition
  /** Quarter turns clockwise from east. */
  heading: number
}

/** What it is doing; `leftMs` is what it still needs. */
type Doing =
  | { kind: 'turn'; leftMs: number; to: OrderNode }
  | { kind: 'drive'; leftMs: number; to: OrderNode }
  | { kind: 'act'; leftMs: number; id: string }
  | null

/**
 * A robot that follows VDA 5050: takes orders and updates as the standard has it (Figure 8), drives what is released, does the actions at nodes, says its state when something
 * changes. Knows no connection; time comes in. Turns on the spot, then drives from node to node.
 */
export class SimulatedRobot {
  readonly address: RobotAddress
  readonly #build: RobotBuild
  readonly #onTrue: (event: TrueEvent) => void
  #at: { nodeId: string; sequenceId: number; position: NodePosition }
  #heading: number
  #order: { id: string; updateId: number; text: string; isCancelled: boolean } | null = null
  #nodes: OrderNode[] = []
  #edges: OrderEdge[] = []
  /** Sequence of the last released node. */
  #base = 0
  #doing: Doing = null
  readonly #queue: string[] = []
  #actions: ActionState[] = []
  #instant: ActionState[] = []
  #errors: RobotError[] = []
  readonly #zones: ZonesHeld | null
  #paused = false
  #lastMs: number | null = null
  readonly #headerIds: Record<string, number> = {}
  #charge = 100
  /** A state is to be sent. */
  #changed = true
  wantsFactsheet = false

  constructor(
    address: RobotAddress,
    start: RobotStart,
    build: RobotBuild,
    onTrue: (event: TrueEvent) => void,
  ) {
    this.address = address
    this.#build = build
    this.#onTrue = onTrue
    this.#at = { nodeId: start.nodeId, sequenceId: 0, position: start.position }
    this.#heading = start.heading
    this.#zones = address.major === 3 ? new ZonesHeld() : null
    onTrue({ kind: 'enter', nodeId: start.nodeId, atMs: machineMs() })
  }

  /** An order or an update, accepted or refused as 6.1.2 and 6.1.4 say. */
  take(order: Order): void {
    this.#changed = true
    const { orderId, orderUpdateId, nodes, edges } = order
    const reject = (errorType: string): void => this.#fail(errorType, orderId, orderUpdateId)
    const first = nodes[0]
    if (first === undefined || edges.length !== nodes.length - 1) return reject('VALIDATION_FAILURE')
    const text = JSON.stringify([nodes, edges])
    const held = this.#order
    if (held?.id !== orderId) {
      if (!this.isIdle) return reject('OTHER_ORDER_ACTIVE')
      if (first.nodeId !== this.#at.nodeId) return reject('START_NODE_OUT_OF_RANGE')
      this.#order = { id: orderId, updateId: orderUpdateId, text, isCancelled: false }
      this.#at.sequenceId = first.sequenceId
      this.#given(nodes, first.sequenceId)
      this.#nodes = nodes.slice(1)
      this.#edges = [...edges]
      this.#actions = []
      this.#base = baseOf(nodes)
      this.#enqueue(first)
    } else {
      if (held.isCancelled) return reject('ORDER_UPDATE_FOLLOWING_CANCEL')
      if (orderUpdateId < held.updateId) return reject('OUTDATED_ORDER_UPDATE')
      if (orderUpdateId === held.updateId)
        return held.text === text ? undefined : reject('SAME_ORDER_UPDATE_ID')
      // The first node is the end of the base that it has.
      if (first.sequenceId !== this.#base) return reject('NO_ROUTE_TO_TARGET')
      this.#order = { id: orderId, updateId: orderUpdateId, text, isCancelled: false }
      this.#given(nodes, this.#base)
      const isStitch = (sequenceId: number): boolean => sequenceId <= this.#base
      this.#nodes = [...this.#nodes.filter((node) => isStitch(node.sequenceId)), ...nodes.slice(1)]
      this.#edges = [...this.#edges.filter((edge) => isStitch(edge.sequenceId)), ...edges]
      this.#base = baseOf(nodes)
    }
    this.#errors = []
    const known = new Set(this.#actions.map(({ actionId }) => actionId))
    for (const { actions } of this.#nodes)
      for (const { actionId, actionType } of actions)
        if (!known.has(actionId)) this.#actions.push({ actionId, actionType, actionStatus: 'WAITING' })
    const coming = new Set(this.#nodes.flatMap(({ actions }) => actions.map(({ actionId }) => actionId)))
    this.#actions = this.#actions
      .filter(
        ({ actionId, actionStatus }) =>
          actionStatus !== 'WAITING' || coming.has(actionId) || this.#queue.includes(actionId),
      )
      .slice(-50)
  }

  #given(nodes: readonly OrderNode[], after: number): void {
    for (const { nodeId, sequenceId, released } of nodes)
      if (released && sequenceId > after) this.#onTrue({ kind: 'given', nodeId, atMs: machineMs() })
  }

  takeInstant({ actions }: InstantActions): void {
    this.#changed = true
    for (const action of actions) {
      const { actionId, actionType } = action
      if (this.#instant.some((state) => state.actionId === actionId)) continue
      let actionStatus: ActionState['actionStatus'] = 'FINISHED'
      if (actionType === 'startPause') {
        this.#paused = true
        this.#onTrue({ kind: 'paused', atMs: machineMs() })
      } else if (actionType === 'stopPause') this.#paused = false
      else if (actionType === 'factsheetRequest') this.wantsFactsheet = true
      else if (actionType === 'cancelOrder') actionStatus = this.#cancel()
      else if (actionType !== 'stateRequest' && this.#zones?.act(action) !== true) {
        actionStatus = 'FAILED'
        this.#warn('INVALID_INSTANT_ACTION', 'actionId', actionId)
      }
      this.#instant = [...this.#instant, { actionId, actionType, actionStatus }].slice(-20)
    }
  }

  takeZoneSet({ zoneSet }: ZoneSet): void {
    this.#changed = true
    if (this.#zones?.take(zoneSet) === false) this.#warn('DUPLICATE_ZONE_SET', 'zoneSetId', zoneSet.zoneSetId)
  }

  /** Goes on to a time. @returns whether a state is to be sent */
  advance(nowMs: number): boolean {
    let leftMs = this.#lastMs === null ? 0 : nowMs - this.#lastMs
    this.#lastMs = nowMs
    if (!this.#paused)
      for (;;) {
        this.#doing ??= this.#next()
        if (this.#doing === null) break
        if (this.#doing.leftMs > leftMs) {
          this.#doing.leftMs -= leftMs
          break
        }
        leftMs -= this.#doing.leftMs
        this.#finish(this.#doing)
      }
    const isChanged = this.#changed
    this.#changed = false
    return isChanged
  }

  get isIdle(): boolean {
    return (
      this.#nodes.length === 0 && this.#edges.length === 0 && this.#queue.length === 0 && this.#doing === null
    )
  }

  get lastSequenceId(): number {
    return this.#at.sequenceId
  }

  state(nowMs: number): RobotState {
    const { nodeId, sequenceId, position } = this.#at
    return {
      ...this.#header('state', nowMs),
      orderId: this.#order?.id ?? '',
      orderUpdateId: this.#order?.updateId ?? 0,
      lastNodeId: nodeId,
      lastNodeSequenceId: sequenceId,
      nodeStates: this.#nodes.map((node) => ({
        nodeId: node.nodeId,
        sequenceId: node.sequenceId,
        released: node.released,
      })),
      edgeStates: this.#edges.map((edge) => ({
        edgeId: edge.edgeId,
        sequenceId: edge.sequenceId,
        released: edge.released,
      })),
      driving: this.#doing?.kind === 'drive' && !this.#paused,
      paused: this.#paused,
      newBaseRequest: false,
      mobileRobotPosition: {
        x: position.x,
        y: position.y,
        theta: thetas[this.#heading]!,
        mapId: position.mapId,
        localized: true,
      },
      actionStates: this.#actions,
      instantActionStates: this.#instant,
      ...(this.#zones === null ? {} : { zoneSets: this.#zones.states }),
      powerSupply: { stateOfCharge: this.#charge, charging: false },
      operatingMode: 'AUTOMATIC',
      errors: this.#errors,
      safetyState: { activeEmergencyStop: 'NONE', fieldViolation: false },
    }
  }

  connection(connectionState: Connection['connectionState'], nowMs: number): Connection {
    return { ...this.#header('connection', nowMs), connectionState }
  }

  /** What a robot of its kind can, in the words of its version. */
  factsheetHeader(
    nowMs: number,
  ): Pick<Factsheet, 'headerId' | 'timestamp' | 'version' | 'manufacturer' | 'serialNumber'> {
    return this.#header('factsheet', nowMs)
  }

  #header(topic: RobotTopic, nowMs: number) {
    this.#headerIds[topic] = (this.#headerIds[topic] ?? -1) + 1
    return headerOf(this.address, this.#headerIds[topic], nowMs)
  }

  #next(): Doing {
    const id = this.#queue[0]
    if (id !== undefined) {
      this.#setAction(id, 'RUNNING')
      return { kind: 'act', leftMs: this.#build.actionMs, id }
    }
    const to = this.#nodes[0]
    if (to === undefined || !to.released) return null
    if (this.#zones?.isBlocked(to.nodePosition) === true) {
      // It stands until it is told otherwise; one violation is said once.
      if (this.#errors.every(({ errorType }) => errorType !== 'BLOCKED_ZONE_VIOLATION')) {
        this.#errors.push({ errorType: 'BLOCKED_ZONE_VIOLATION', errorLevel: 'CRITICAL' })
        this.#changed = true
      }
      return null
    }
    const turns = this.#turnsTo(to)
    return turns === 0 ? this.#drive(to) : { kind: 'turn', leftMs: turns * this.#build.turnMs, to }
  }

  #drive(to: OrderNode): Doing {
    this.#changed = true
    if (to.nodeId === this.#at.nodeId) return { kind: 'drive', leftMs: 0, to }
    this.#onTrue({ kind: 'enter', nodeId: to.nodeId, atMs: machineMs() })
    return { kind: 'drive', leftMs: this.#build.driveMs, to }
  }

  #finish(doing: NonNullable<Doing>): void {
    if (doing.kind === 'turn') {
      this.#heading = this.#headingTo(doing.to)
      this.#doing = this.#drive(doing.to)
    } else if (doing.kind === 'drive') {
      const { nodeId, sequenceId, nodePosition } = doing.to
      if (nodeId !== this.#at.nodeId)
        this.#onTrue({ kind: 'leave', nodeId: this.#at.nodeId, atMs: machineMs() })
      this.#at = { nodeId, sequenceId, position: nodePosition ?? this.#at.position }
      this.#nodes.shift()
      this.#edges.shift()
      this.#enqueue(doing.to)
      this.#doing = null
      this.#changed = true
      this.#charge = Math.max(20, this.#charge - 0.001)
    } else {
      this.#queue.shift()
      this.#setAction(doing.id, 'FINISHED')
      this.#onTrue({ kind: 'action', actionId: doing.id, atMs: machineMs() })
      this.#doing = null
    }
  }

  #enqueue({ actions }: OrderNode): void {
    for (const { actionId, actionType } of actions) {
      const state = this.#actions.find((one) => one.actionId === actionId)
      if (state?.actionStatus === 'FINISHED' || this.#queue.includes(actionId)) continue
      if (state === undefined) this.#actions.push({ actionId, actionType, actionStatus: 'WAITING' })
      this.#queue.push(actionId)
    }
  }

  #setAction(actionId: string, actionStatus: ActionState['actionStatus']): void {
    this.#changed = true
    this.#actions = this.#actions.map((state) =>
      state.actionId === actionId ? { ...state, actionStatus } : state,
    )
  }

  /** Stops at the next node: what it drives to stays, the rest is dropped (6.1.3). */
  #cancel(): ActionState['actionStatus'] {
    if (this.#order === null || this.isIdle) {
      this.#errors.push({ errorType: 'NO_ORDER_TO_CANCEL', errorLevel: 'WARNING' })
      return 'FAILED'
    }
    this.#order.isCancelled = true
    const isDriving = this.#doing?.kind === 'drive'
    if (this.#doing?.kind === 'turn') this.#doing = null
    this.#nodes = isDriving ? this.#nodes.slice(0, 1).map((node) => ({ ...node, actions: [] })) : []
    this.#edges = isDriving ? this.#edges.slice(0, 1) : []
    this.#actions = this.#actions.map((state) =>
      state.actionStatus === 'WAITING' ? { ...state, actionStatus: 'FAILED' } : state,
    )
    this.#queue.splice(this.#doing?.kind === 'act' ? 1 : 0)
    return 'FINISHED'
  }

  #fail(errorType: string, orderId: string, orderUpdateId: number): void {
    this.#errors = [
      {
        errorType,
        errorLevel: 'WARNING',
        errorReferences: [
          { referenceKey: 'orderId', referenceValue: orderId },
          { referenceKey: 'orderUpdateId', referenceValue: String(orderUpdateId) },
        ],
      },
    ]
  }

  #warn(errorType: string, referenceKey: string, referenceValue: string): void {
    this.#errors.push({
      errorType,
      errorLevel: 'WARNING',
      errorReferences: [{ referenceKey, referenceValue }],
    })
  }

  #headingTo({ nodePosition }: OrderNode): number {
    if (nodePosition === undefined) return this.#heading
    const [dx, dy] = [nodePosition.x - this.#at.position.x, nodePosition.y - this.#at.position.y]
    if (Math.abs(dx) + Math.abs(dy) < 1e-9) return this.#heading
    return Math.abs(dx) > Math.abs(dy) ? (dx > 0 ? 0 : 2) : dy > 0 ? 3 : 1
  }

  #turnsTo(to: OrderNode): number {
    const difference = (this.#headingTo(to) - this.#heading + 4) % 4
    return difference === 3 ? 1 : difference
  }
}

/** Milliseconds of the clock that all processes of a machine share. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6
}

/** Radians of headings east, south, west, north. */
const thetas = [0, -Math.PI / 2, 3.14159, Math.PI / 2]

function baseOf(nodes: readonly OrderNode[]): number {
  return nodes.findLast(({ released }) => released)?.sequenceId ?? 0
}
