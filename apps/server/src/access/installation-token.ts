import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { HeavyliftError } from '@heavylift/core'

const form = /^hl_it_[A-Za-z0-9_-]{43}$/

/**
 * The secret of this installation: whoever can read the file may administer it, and nobody else can. Made on the first
 * call, with 256 random bits, readable by its owner only. Two processes that make it at once get the same one.
 * @throws HeavyliftError `installation-token-invalid` for a file that holds something else
 */
export function installationToken(path: string): string {
  return readInstallationToken(path) ?? makeToken(path)
}

/** The token of an installation that has one; null where there is no such file, or this user may not read it. */
export function readInstallationToken(path: string): string | null {
  let token: string
  try {
    token = readFileSync(path, 'utf8').trim()
    // Somebody may have copied the folder with looser rights.
    if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
  } catch {
    return null
  }
  if (form.test(token)) return token
  throw new HeavyliftError({
    code: 'installation-token-invalid',
    message: `${path} holds no installation token. Delete it and start again: a new one is made, and everyone signs in anew.`,
  })
}

function makeToken(path: string): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const token = `hl_it_${randomBytes(32).toString('base64url')}`
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, `${token}\n`, { mode: 0o600, flag: 'wx' })
  try {
    // Unlike a rename, a link never replaces what another process made in between.
    linkSync(draft, path)
    return token
  } catch (error) {
    const other = readInstallationToken(path)
    if (other === null) throw error
    return other
  } finally {
    rmSync(draft, { force: true })
  }
}

/** Secrets that make an administrator of the main tenant, kept as hashes. */
export class AdminSecrets {
  readonly #hashes: Buffer[]

  constructor(secrets: readonly string[]) {
    this.#hashes = secrets.map(hashOf)
  }

  /** Takes the same time whatever is presented. */
  includes(presented: string): boolean {
    const hash = hashOf(presented)
    return this.#hashes.reduce((found, own) => timingSafeEqual(own, hash) || found, false)
  }
}

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
