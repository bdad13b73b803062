import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'
import { isConsent } from '../safety/consent-line.ts'

export interface Target {
  protocol: 'http:' | 'https:'
  /** An address, resolved once: a name that changes later leads nowhere else. */
  host: string
  port: number
  /** As the Host header has it. */
  authority: string
}

/** Where a host says that it may be loaded: the file holds its consent to this installation. */
export const consentPath = '/.well-known/heavylift-load-consent'

/** Asks a host for its consent file; what it answers, or null. */
export type AskConsent = (target: Target) => Promise<string | null>

/**
 * A target that may be loaded: loopback, or a host that serves its consent to this installation (`safety/consent-line.ts`).
 * @throws InvalidInputError `target-invalid` where it is no http address
 * @throws HeavyliftError `target-refused` (403) where a host has not consented
 */
export async function allowTarget(
  url: string,
  token: string | null,
  ask: AskConsent,
  nowMs = Date.now(),
): Promise<Target> {
  const target = await resolveTarget(url)
  if (isLoopback(target.host)) return target
  if (token === null || token.length < 16)
    throw refused(
      `${target.authority} is not on this machine. To load it, set ready.consentToken (16 characters or more) and serve what \`heavylift ready consent ${target.authority}\` prints at ${consentPath}.`,
    )
  const said = await ask(target)
  if (said === null || !isConsent(said, token, target.authority, nowMs))
    throw refused(
      `${target.authority} does not serve a consent to this installation at ${consentPath}, so it is not loaded. \`heavylift ready consent ${target.authority}\` prints the line; it is for one host and runs out.`,
    )
  return target
}

const refused = (message: string) => new HeavyliftError({ code: 'target-refused', status: 403, message })

async function resolveTarget(text: string): Promise<Target> {
  const url = URL.canParse(text) ? new URL(text) : null
  if (
    url === null ||
    (url.protocol !== 'http:' && url.protocol !== 'https:') ||
    url.username !== '' ||
    url.password !== ''
  )
    throw new InvalidInputError({
      code: 'target-invalid',
      message: `"${text.slice(0, 200)}" is no target. Give scheme, host and port, such as http://127.0.0.1:8080, without a user name.`,
    })
  const name = url.hostname.replaceAll(/^\[|\]$/g, '')
  let host = name
  if (isIP(name) === 0) {
    try {
      host = (await lookup(name)).address
    } catch (error) {
      throw new InvalidInputError({
        code: 'target-invalid',
        message: `${name} has no address (DNS). Check the name.`,
        cause: error,
      })
    }
  }
  return {
    protocol: url.protocol,
    host,
    port: Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    authority: url.host,
  }
}

/** Of this machine: 127.0.0.0/8 and ::1, also written as IPv6. */
export function isLoopback(address: string): boolean {
  const plain = address.toLowerCase().replace(/^::ffff:/, '')
  return plain === '::1' || (isIP(plain) === 4 && plain.startsWith('127.'))
}
