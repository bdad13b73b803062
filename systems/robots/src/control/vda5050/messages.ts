// Messages of VDA 5050 3.0.0 as far as this control reads or writes them; fields of a message that are not here are checked by the published
// schema and left alone. Lengths are metres, angles radians, speeds m/s. `version-2.ts` stands between these and 2.1.

export interface Header {
  /** Counts up by one for each message of a topic. */
  headerId: number
  /** ISO 8601, UTC, by the sender's clock. */
  timestamp: string
  version: string
  manufacturer: string
  serialNumber: string
}

export interface ActionParameter {
  key: string
  value: unknown
}

export interface Action {
  actionType: string
  actionId: string
  actionDescriptor?: string
  blockingType: 'NONE' | 'SINGLE' | 'SOFT' | 'HARD'
  actionParameters?: ActionParameter[]
  retriable?: boolean
}

export interface NodePosition {
  x: number
  y: number
  theta?: number
  allowedDeviationXY?: { a: number; b: number; theta: number }
  allowedDeviationTheta?: number
  mapId: string
}

export interface OrderNode {
  nodeId: string
  sequenceId: number
  nodeDescriptor?: string
  /** Part of the base, which a robot may drive; else of the horizon. */
  released: boolean
  nodePosition?: NodePosition
  actions: Action[]
}

export interface OrderEdge {
  edgeId: string
  sequenceId: number
  released: boolean
  maximumSpeed?: number
  orientation?: number
  actions: Action[]
}

export interface Order extends Header {
  orderId: string
  orderUpdateId: number
  orderDescription?: string
  nodes: OrderNode[]
  edges: OrderEdge[]
}

export interface InstantActions extends Header {
  actions: Action[]
}

export interface ActionState {
  actionId: string
  actionType?: string
  actionStatus: 'WAITING' | 'INITIALIZING' | 'RUNNING' | 'PAUSED' | 'RETRIABLE' | 'FINISHED' | 'FAILED'
  actionResult?: string
}

export interface RobotError {
  errorType: string
  errorLevel: 'WARNING' | 'URGENT' | 'CRITICAL' | 'FATAL'
  errorDescription?: string
  errorReferences?: { referenceKey: string; referenceValue: string }[]
}

export interface NodeState {
  nodeId: string
  sequenceId: number
  released: boolean
}

export interface EdgeState {
  edgeId: string
  sequenceId: number
  released: boolean
}

export interface ZoneRequest {
  requestId: string
  requestType: 'ACCESS' | 'REPLANNING'
  zoneId: string
  zoneSetId: string
  requestStatus: 'REQUESTED' | 'GRANTED' | 'REVOKED' | 'EXPIRED'
}

export type OperatingMode =
  | 'STARTUP'
  | 'AUTOMATIC'
  | 'SEMIAUTOMATIC'
  | 'INTERVENED'
  | 'MANUAL'
  | 'SERVICE'
  | 'TEACH_IN'

export interface RobotState extends Header {
  orderId: string
  orderUpdateId: number
  lastNodeId: string
  lastNodeSequenceId: number
  nodeStates: NodeState[]
  edgeStates: EdgeState[]
  driving: boolean
  paused?: boolean
  newBaseRequest?: boolean
  distanceSinceLastNode?: number
  mobileRobotPosition?: { x: number; y: number; theta: number; mapId: string; localized: boolean }
  actionStates: ActionState[]
  instantActionStates: ActionState[]
  zoneSets?: { zoneSetId: string; mapId: string; zoneSetStatus: 'ENABLED' | 'DISABLED' }[]
  zoneRequests?: ZoneRequest[]
  powerSupply: { stateOfCharge: number; charging: boolean }
  operatingMode: OperatingMode
  errors: RobotError[]
  safetyState: { activeEmergencyStop: 'MANUAL' | 'REMOTE' | 'NONE'; fieldViolation: boolean }
}

export interface Connection extends Header {
  connectionState: 'ONLINE' | 'OFFLINE' | 'HIBERNATING' | 'CONNECTION_BROKEN'
}

export interface Visualization extends Header {
  mobileRobotPosition?: RobotState['mobileRobotPosition']
}

export interface Factsheet extends Header {
  typeSpecification: { seriesName: string; mobileRobotClass?: string; supportedZones?: string[] }
  physicalParameters: { maximumSpeed: number; width: number; length: number }
  protocolLimits: {
    maximumStringLengths?: { maximumMessageLength?: number }
    maximumArrayLengths?: { 'order.nodes'?: number; 'order.edges'?: number }
    timing?: { minimumOrderInterval?: number; minimumStateInterval?: number }
  }
}

export interface ZoneSet extends Header {
  zoneSet: {
    mapId: string
    zoneSetId: string
    zones: { zoneId: string; zoneType: string; vertices: { x: number; y: number }[]; maximumSpeed?: number }[]
  }
}

export interface Responses extends Header {
  responses: {
    requestId: string
    /** Named so by the schema; the text of 7.5 has the same values. */
    grantType: 'GRANTED' | 'QUEUED' | 'REVOKED' | 'REJECTED'
    leaseExpiry?: string
  }[]
}

export interface MessageOf {
  order: Order
  instantActions: InstantActions
  state: RobotState
  connection: Connection
  visualization: Visualization
  factsheet: Factsheet
  zoneSet: ZoneSet
  responses: Responses
}
