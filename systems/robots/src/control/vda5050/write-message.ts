import type { Header, MessageOf } from './messages.ts'
import { topicOf, versions } from './protocol.ts'
import type { RobotAddress, RobotTopic } from './protocol.ts'
import { toVersion2 } from './version-2.ts'

/** What a sender of one topic of one robot puts before each message. */
export function headerOf(robot: RobotAddress, headerId: number, nowMs: number): Header {
  return {
    headerId,
    timestamp: isoOf(nowMs),
    version: versions[robot.major],
    manufacturer: robot.manufacturer,
    serialNumber: robot.serialNumber,
  }
}

/**
 * The same header as JSON from the opening brace on to the comma before what follows it, for who sends one robot many messages.
 * @param version as the robot calls it
 */
export function headWriter(
  robot: RobotAddress,
  version: string,
): (headerId: number, nowMs: number) => string {
  const { manufacturer, serialNumber } = robot
  const rest = `"${JSON.stringify({ version, manufacturer, serialNumber }).replace('{', ',').slice(0, -1)},`
  return (headerId, nowMs) => `{"headerId":${headerId},"timestamp":"${isoOf(nowMs)}${rest}`
}

let isoMs = Number.NaN
let iso = ''
/** Many messages are of the same millisecond. */
function isoOf(ms: number): string {
  if (ms !== isoMs) {
    iso = new Date(ms).toISOString()
    isoMs = ms
  }
  return iso
}

/** What a robot says, in its version: topic and text. */
export function writeMessage<T extends RobotTopic>(
  robot: RobotAddress,
  topic: T,
  message: MessageOf[T],
): { path: string; text: string } {
  const said = robot.major === 2 ? toVersion2(topic, message) : message
  return { path: topicOf(robot, topic), text: JSON.stringify(said) }
}
