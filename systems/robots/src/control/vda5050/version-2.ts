import type { MessageOf, OrderNode } from './messages.ts'
import type { RobotTopic, TopicName } from './protocol.ts'

// What 2.1.0 names or says otherwise than 3.0.0 (change log of 3.0.0; both schemas beside each other).

const names: readonly (readonly [in2: string, in3: string])[] = [
  ['nodeDescription', 'nodeDescriptor'],
  ['edgeDescription', 'edgeDescriptor'],
  ['actionDescription', 'actionDescriptor'],
  ['mapDescription', 'mapDescriptor'],
  ['infoDescription', 'infoDescriptor'],
  ['resultDescription', 'actionResult'],
  ['maxSpeed', 'maximumSpeed'],
  ['maxHeight', 'maximumMobileRobotHeight'],
  ['minHeight', 'minimumLoadHandlingDeviceHeight'],
  ['corridorRefPoint', 'corridorReferencePoint'],
  ['agvPosition', 'mobileRobotPosition'],
  ['positionInitialized', 'localized'],
  ['batteryState', 'powerSupply'],
  ['batteryCharge', 'stateOfCharge'],
  ['reach', 'range'],
  ['eStop', 'activeEmergencyStop'],
  ['maxArrayLens', 'maximumArrayLengths'],
  ['maxStringLens', 'maximumStringLengths'],
  ['msgLen', 'maximumMessageLength'],
  ['minOrderInterval', 'minimumOrderInterval'],
  ['minStateInterval', 'minimumStateInterval'],
  ['speedMax', 'maximumSpeed'],
  ['agvClass', 'mobileRobotClass'],
]

/** Values of a field (by its name in 3.0.0). Where several fall together the first of a pair is what comes back. */
const values: Record<string, readonly (readonly [in2: string, in3: string])[]> = {
  connectionState: [
    ['CONNECTIONBROKEN', 'CONNECTION_BROKEN'],
    ['OFFLINE', 'HIBERNATING'],
  ],
  operatingMode: [
    ['TEACHIN', 'TEACH_IN'],
    ['SERVICE', 'STARTUP'],
    ['MANUAL', 'INTERVENED'],
  ],
  activeEmergencyStop: [['AUTOACK', 'MANUAL']],
  corridorReferencePoint: [['KINEMATICCENTER', 'KINEMATIC_CENTER']],
  errorLevel: [
    ['WARNING', 'URGENT'],
    ['FATAL', 'CRITICAL'],
  ],
  blockingType: [['HARD', 'SINGLE']],
  actionStatus: [
    ['RUNNING', 'PAUSED'],
    ['RUNNING', 'RETRIABLE'],
  ],
}

/** Values that both versions have stay as they are when read. */
const read: Record<string, Map<string, string>> = {
  connectionState: new Map([['CONNECTIONBROKEN', 'CONNECTION_BROKEN']]),
  operatingMode: new Map([['TEACHIN', 'TEACH_IN']]),
  activeEmergencyStop: new Map([['AUTOACK', 'MANUAL']]),
  corridorReferencePoint: new Map([['KINEMATICCENTER', 'KINEMATIC_CENTER']]),
}
const written = Object.fromEntries(
  Object.entries(values).map(([field, pairs]) => [field, new Map(pairs.map(([in2, in3]) => [in3, in2]))]),
)
const to3 = new Map(names)
const to2 = new Map(names.map(([in2, in3]) => [in3, in2]))

/** A message of 2.1.0, checked by its schema, as 3.0.0 says the same. */
export function from2<T extends TopicName>(topic: T, message: unknown): MessageOf[T] {
  const said = renamed(message, to3, (field, value) =>
    read[to3.get(field) ?? field]?.get(value),
  ) as MessageOf[T]
  if (topic === 'order') for (const node of (said as MessageOf['order']).nodes) widen(node)
  // 2.1 has no list of its own for instant actions: they are among the others.
  if (topic === 'state') (said as MessageOf['state']).instantActionStates ??= []
  return said
}

/** What a robot says, as 2.1.0 says the same; what it has no word for is left out. */
export function toVersion2<T extends RobotTopic>(topic: T, message: MessageOf[T]): object {
  const said = renamed(message, to2, (field, value) => written[field]?.get(value)) as Record<string, unknown>
  if (topic === 'state') {
    const { actionStates, instantActionStates } = said as {
      actionStates: object[]
      instantActionStates?: object[]
    }
    said['actionStates'] = [...actionStates, ...(instantActionStates ?? [])]
    for (const field of [
      'instantActionStates',
      'zoneActionStates',
      'zoneSets',
      'zoneRequests',
      'edgeRequests',
    ])
      delete said[field]
  }
  return said
}

function renamed(
  value: unknown,
  fields: Map<string, string>,
  valueOf: (field: string, value: string) => string | undefined,
): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, fields, valueOf))
  if (typeof value !== 'object' || value === null) return value
  const result: Record<string, unknown> = {}
  for (const field in value) {
    const inner = (value as Record<string, unknown>)[field]
    const name = fields.get(field) ?? field
    // What a parameter holds is its action's own.
    if (field === 'actionParameters') result[name] = inner
    else if (typeof inner === 'string') result[name] = valueOf(field, inner) ?? inner
    else result[name] = typeof inner === 'object' ? renamed(inner, fields, valueOf) : inner
  }
  return result
}

/** A radius in 2.1, an ellipse in 3.0. */
function widen(node: OrderNode): void {
  const radius: unknown = node.nodePosition?.allowedDeviationXY
  if (typeof radius === 'number') node.nodePosition!.allowedDeviationXY = { a: radius, b: radius, theta: 0 }
}
