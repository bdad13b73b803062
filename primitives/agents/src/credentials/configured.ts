import { InvalidInputError } from '@heavylift/core'
import type { Authorize } from './authorization.ts'
import { noAuthorization } from './authorization.ts'

/** A credential of the configuration, as an administrator names it: where its secret lies, how it is sent, and which sources may have it. */
export interface Credential {
  /** `env:HEAVYLIFT_SECRET_…` or `file:…`: configuration holds no secret. */
  secret: string
  header: string
  /** Before the secret, e.g. `Bearer `. */
  prefix: string
  /** Who signs in with it, at a database or a mailbox. */
  user?: string | undefined
  /** Names of the sources that it is for: no definition can have it sent elsewhere. */
  sources: readonly string[]
}

/** @throws InvalidInputError (when called) `credential-unknown` or `credential-elsewhere`, or why the secret cannot be read */
export function authorizer(
  credentials: Readonly<Record<string, Credential>>,
  readSecret: (reference: string) => Promise<string>,
): Authorize {
  return async (source, { credential: name }) => {
    if (name === null) return noAuthorization
    const found = Object.hasOwn(credentials, name) ? credentials[name] : undefined
    if (!found)
      throw new InvalidInputError({
        code: 'credential-unknown',
        message: `There is no credential "${name}". Add it under Tools, or to agents.credentials.`,
      })
    if (!found.sources.includes(source))
      throw new InvalidInputError({
        code: 'credential-elsewhere',
        message: `The credential "${name}" is not for ${source}. It is for: ${found.sources.join(', ')}.`,
      })
    const secret = await readSecret(found.secret)
    return {
      headers: { [found.header.toLowerCase()]: `${found.prefix}${secret}` },
      query: {},
      login: { user: found.user ?? '', password: secret },
      secrets: [secret],
    }
  }
}
