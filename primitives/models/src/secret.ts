import { open, realpath } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'

/** Variables with this prefix are there to be keys of providers; no option has it. */
export const secretPrefix = 'HEAVYLIFT_SECRET_'

/** The providers' usual variables, and the hosts that each is for. */
const usualNames: Record<string, RegExp> = {
  OPENAI_API_KEY: /(^|\.)api\.openai\.com$/,
  ANTHROPIC_API_KEY: /^api\.anthropic\.com$/,
  AWS_ACCESS_KEY_ID: /\.amazonaws\.com(\.cn)?$/,
  AWS_SECRET_ACCESS_KEY: /\.amazonaws\.com(\.cn)?$/,
  AWS_SESSION_TOKEN: /\.amazonaws\.com(\.cn)?$/,
}

/** Most bytes of a secret's file. */
const mostBytes = 64 * 1024

/** Reads a secret by its reference. Rejects with `secret-missing` or `secret-refused`. */
export type ReadSecret = (reference: string) => Promise<string>

export interface SecretPlaces {
  /** Files below it may be named, and no others; absolute. */
  secretsDir: string
  /** Default: that of this process. */
  environment?: Record<string, string | undefined>
}

/** What is wrong with a reference whatever is there; null for one that may be written down. */
export function referenceProblem(reference: string): string | null {
  const [, kind, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? []
  // The reference itself is not shown: someone may have put the key there.
  if (kind === undefined) return 'expected env:NAME or file:NAME, never the key itself'
  if (kind === 'file' || name.startsWith(secretPrefix) || Object.hasOwn(usualNames, name)) return null
  return `the variable has to be named ${secretPrefix}… or as usual for a provider (${Object.keys(usualNames).join(', ')})`
}

/** Whether the first address that a secret goes to may be `url`: a usual variable is for the hosts of its provider. */
export function isAtHome(reference: string, url: string): boolean {
  const home = reference.startsWith('env:') ? usualNames[reference.slice(4)] : undefined
  return home?.test(new URL(url).hostname) ?? true
}

/** The file that a reference names, absolute; null where it leaves the folder by its text alone. */
export function secretFile(name: string, secretsDir: string): string | null {
  const path = resolve(secretsDir, name)
  return path.startsWith(secretsDir + sep) ? path : null
}

/**
 * Reads secrets at the moment of use, so that configuration, logs and prompts hold only references: `env:NAME` or `file:NAME` (trimmed),
 * the file below the secrets folder once all links are followed. Errors say nothing of the value.
 */
export function secretReader({ secretsDir, environment = process.env }: SecretPlaces): ReadSecret {
  return async (reference) => {
    const problem = referenceProblem(reference)
    if (problem !== null)
      throw new InvalidInputError({ code: 'secret-refused', message: `A secret cannot be read: ${problem}.` })
    const name = reference.slice(reference.indexOf(':') + 1)
    const value = reference.startsWith('env:') ? environment[name]?.trim() : await readBelow(name, secretsDir)
    if (value) return value
    throw missing(reference, 'not set or empty')
  }
}

async function readBelow(name: string, secretsDir: string): Promise<string> {
  const named = secretFile(name, secretsDir)
  if (named === null) throw outside(secretsDir)
  try {
    const [path, folder] = await Promise.all([realpath(named), realpath(secretsDir)])
    if (!path.startsWith(folder + sep)) throw outside(secretsDir)
    const file = await open(path)
    try {
      const found = await file.stat()
      if (!found.isFile() || found.size > mostBytes) throw missing(`file:${name}`, 'no small file')
      return (await file.readFile('utf8')).trim()
    } finally {
      await file.close()
    }
  } catch (cause) {
    throw HeavyliftError.isInstance(cause)
      ? cause
      : missing(`file:${name}`, 'not there or not readable', cause)
  }
}

const outside = (secretsDir: string): InvalidInputError =>
  new InvalidInputError({
    code: 'secret-refused',
    message: `Secret files lie in ${secretsDir} (models.secretsDir), and a link does not lead out of it.`,
  })

const missing = (reference: string, why: string, cause?: unknown): InvalidInputError =>
  new InvalidInputError({
    code: 'secret-missing',
    message: `The secret ${reference} is ${why}. Set it, or change the reference.`,
    cause,
  })
