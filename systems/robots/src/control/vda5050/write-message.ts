import type { Header, MessageOf } from './messages.ts'
import { topicOf, versions } from './protocol.ts'
import type { RobotAddress, TopicName } from './protocol.ts'
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

/** A message in the robot's version: its topic and its text. */
export function writeMessage<T extends TopicName>(
  robot: RobotAddress,
  topic: T,
  message: MessageOf[T],
): { path: string; text: string } {
  return { path: topicOf(robot, topic), text: textOf(robot, topic, message) }
}

/** Its text alone. */
export function textOf<T extends TopicName>(robot: RobotAddress, topic: T, message: MessageOf[T]): string {
  return JSON.stringify(robot.major === 2 ? toVersion2(topic, message) : message)
}
