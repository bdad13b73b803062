import type { Header, MessageOf } from './messages.ts'
import { topicOf, versions } from './protocol.ts'
import type { RobotAddress, TopicName } from './protocol.ts'
import { toVersion2 } from './version-2.ts'

/** What a sender of one topic of one robot puts before each message. */
export function headerOf(robot: RobotAddress, headerId: number, nowMs: number): Header {
  return {
    headerId,
    timestamp: new Date(nowMs).toISOString(),
    version: versions[robot.major],
    manufacturer: robot.manufacturer,
    serialNumber: robot.serialNumber,
  }
}

/** A message in the robot's version: its topic and its text. */
export function writeMessage<T extends TopicName>(
  robot: RobotAddress,
  topic: T,
  message: MessageOf[T],
): { path: string; text: string } {
  const said = robot.major === 2 ? toVersion2(topic, message) : message
  return { path: topicOf(robot, topic), text: JSON.stringify(said) }
}
