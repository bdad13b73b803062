import type { RobotAddress } from '../vda5050/protocol.ts'
import { controlTopics, robotTopics, since3, topicOf } from '../vda5050/protocol.ts'
import { maximumMessageBytes } from '../vda5050/read-message.ts'
import { controlUser } from './access.ts'

export interface MosquittoOptions {
  host: string
  port: number
  aclFile: string
  passwordFile: string
  /** Paths of PEM files; null only where the broker listens on loopback. */
  tls: { keyFile: string; certFile: string } | null
}

/** A configuration of mosquitto 2: nobody without a password, each with the rights of the access list, no message larger than any may be. */
export function mosquittoConfig({ host, port, aclFile, passwordFile, tls }: MosquittoOptions): string {
  return [
    `listener ${port} ${host}`,
    'allow_anonymous false',
    `password_file ${passwordFile}`,
    `acl_file ${aclFile}`,
    `max_packet_size ${maximumMessageBytes + 1024}`,
    'persistence false',
    ...(tls === null ? [] : [`keyfile ${tls.keyFile}`, `certfile ${tls.certFile}`, 'tls_version tlsv1.2']),
    '',
  ].join('\n')
}

/** Its access list: a robot (user `manufacturer/serialNumber`) has the topics of a robot below its own serial number, `control` the others. */
export function mosquittoAcl(robots: readonly RobotAddress[]): string {
  const lines = [`user ${controlUser}`]
  for (const major of [2, 3] as const) {
    const all = { major, manufacturer: '+', serialNumber: '+' }
    lines.push(...robotTopics.map((topic) => `topic read ${topicOf(all, topic)}`))
    lines.push(...controlTopicsOf(major).map((topic) => `topic write ${topicOf(all, topic)}`))
  }
  for (const robot of robots)
    lines.push(
      '',
      `user ${robot.manufacturer}/${robot.serialNumber}`,
      ...robotTopics.map((topic) => `topic write ${topicOf(robot, topic)}`),
      ...controlTopicsOf(robot.major).map((topic) => `topic read ${topicOf(robot, topic)}`),
    )
  return `${lines.join('\n')}\n`
}

function controlTopicsOf(major: RobotAddress['major']) {
  return controlTopics.filter((topic) => major === 3 || !since3.includes(topic))
}
