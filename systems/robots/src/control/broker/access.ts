import { createHash, timingSafeEqual } from 'node:crypto'
import { parseTopic, robotTopics } from '../vda5050/protocol.ts'

/** Who may connect. `user` of a robot is `manufacturer/serialNumber`; the control's is `control`. */
export interface Credential {
  user: string
  /** SHA-256 of the password, in hex. Passwords are made by machines (32 random bytes), so no slow hash is needed. */
  passwordSha256: string
}

export const controlUser = 'control'

export function passwordFits({ passwordSha256 }: Credential, password: Uint8Array): boolean {
  const given = createHash('sha256').update(password).digest()
  const kept = Buffer.from(passwordSha256, 'hex')
  return kept.length === given.length && timingSafeEqual(given, kept)
}

/** A robot publishes only what a robot does, below its own serial number; the control publishes all but that. */
export function mayPublish(user: string, path: string): boolean {
  const place = parseTopic(path)
  if (place === null) return false
  const isRobots = (robotTopics as readonly string[]).includes(place.topic)
  if (user === controlUser) return !isRobots
  return isRobots && user === `${place.robot.manufacturer}/${place.robot.serialNumber}`
}

/** A robot reads only below its own serial number: the first four levels say so without a wildcard. */
export function maySubscribe(user: string, filter: string): boolean {
  if (user === controlUser) return true
  const levels = filter.split('/')
  if (levels.length !== 5) return false
  const [interfaceName, version, manufacturer, serialNumber] = levels
  const isOurs =
    (interfaceName === 'vda5050' && version === 'v3') || (interfaceName === 'uagv' && version === 'v2')
  return isOurs && user === `${manufacturer}/${serialNumber}`
}
