import { InvalidInputError } from '@heavylift/core'

/** A credential as an administrator names it: where its secret lies, how it is sent, and which sources may have it. */
export interface Credential {
  /** `env:HEAVYLIFT_SECRET_…` or `file:…`: configuration holds no secret. */
  secret: string
  header: string
  /** Before the secret, e.g. `Bearer `. */
  prefix: string
  /** Names of the sources that it is for: no definition can have it sent elsewhere. */
  sources: readonly string[]
}

/** Gives the header of a credential at the moment of the call; what it reads goes nowhere else. */
export type Authorize = (source: string, credential: string | null) => Promise<Record<string, string>>

/** @throws InvalidInputError (when called) `credential-unknown` or `credential-elsewhere`, or why the secret cannot be read */
export function authorizer(
  credentials: Readonly<Record<string, Credential>>,
  readSecret: (reference: string) => Promise<string>,
): Authorize {
  return async (source, name) => {
    if (name === null) return {}
    const found = Object.hasOwn(credentials, name) ? credentials[name] : undefined
    if (!found)
      throw new InvalidInputError({
        code: 'credential-unknown',
        message: `There is no credential "${name}". An administrator adds it to agents.credentials.`,
      })
    if (!found.sources.includes(source))
      throw new InvalidInputError({
        code: 'credential-elsewhere',
        message: `The credential "${name}" is not for ${source}. It is for: ${found.sources.join(', ')}.`,
      })
    return { [found.header.toLowerCase()]: `${found.prefix}${await readSecret(found.secret)}` }
  }
}
