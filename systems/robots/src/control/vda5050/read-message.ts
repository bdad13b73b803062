import { schemaError } from './check-schema.ts'
import type { Header, MessageOf } from './messages.ts'
import { parseTopic } from './protocol.ts'
import type { RobotAddress, TopicName, TopicPlace } from './protocol.ts'
import { from2 } from './version-2.ts'

/** Bytes of a message at the most, where a factsheet does not say less. A state of 200 nodes has about 40,000. */
export const maximumMessageBytes = 262_144

/** Why a message was not taken. */
export type RefusalReason =
  | 'unknown-topic'
  | 'oversize'
  | 'not-json'
  | 'schema'
  | 'wrong-robot'
  | 'wrong-version'
  | 'replayed'
  | 'older-header'

export interface Refusal {
  reason: RefusalReason
  detail: string
}

/** A message as 3.0.0 has it, whichever version it came in. */
export type Received = {
  [T in TopicName]: { robot: RobotAddress; topic: T; message: MessageOf[T] }
}[TopicName]

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Reads a message from its topic and bytes: size, JSON, published schema, and that it speaks for the robot of its topic. */
export function readMessage(path: string, payload: Uint8Array): Received | Refusal {
  const place = parseTopic(path)
  return place === null
    ? { reason: 'unknown-topic', detail: path.slice(0, 300) }
    : readMessageOf(place, payload)
}

/** The same for one whose topic is read already. */
export function readMessageOf({ robot, topic }: TopicPlace, payload: Uint8Array): Received | Refusal {
  if (payload.length > maximumMessageBytes)
    return { reason: 'oversize', detail: `${payload.length} bytes; ${maximumMessageBytes} at the most` }
  let said: unknown
  try {
    said = JSON.parse(utf8.decode(payload))
  } catch (error) {
    return { reason: 'not-json', detail: (error as Error).message }
  }
  const wrong = schemaError(robot.major, topic, said)
  if (wrong !== null) {
    // Some libraries write null for an optional field that is not there.
    const spoken = withoutNulls(said)
    if (schemaError(robot.major, topic, spoken) !== null) return { reason: 'schema', detail: wrong }
    said = spoken
  }
  const { manufacturer, serialNumber, version } = said as Header
  if (manufacturer !== robot.manufacturer || serialNumber !== robot.serialNumber)
    return { reason: 'wrong-robot', detail: `speaks for ${manufacturer}/${serialNumber}` }
  if (!version.startsWith(`${robot.major}.`)) return { reason: 'wrong-version', detail: version }
  const message = robot.major === 2 ? from2(topic, said) : said
  return { robot, topic, message } as Received
}

export function isRefusal(read: Received | Refusal): read is Refusal {
  return 'reason' in read
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === null ? [] : [[name, withoutNulls(inner)]])),
  )
}
