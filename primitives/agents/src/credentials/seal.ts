import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HeavyliftError } from '@heavylift/core'

const prefix = 'sealed:1'

interface Key {
  /** First 16 hex digits of its SHA-256: which key a text was sealed with. */
  id: string
  bytes: Buffer
}

/**
 * Seals texts for the database (AES-256-GCM), each bound to its place: a row that is copied to another tenant or name does not open there. The first key
 * seals, all of them open, so that keys can be changed one after the other.
 */
export class Sealer {
  readonly #load: () => Promise<readonly string[]>
  #keys: Promise<readonly Key[]> | null = null

  /** `load` gives the keys' texts, the first for sealing. It is called at the first use. */
  constructor(load: () => Promise<readonly string[]>) {
    this.#load = load
  }

  /** `place` says where the text will stand, by parts: `['credential', tenantId, name]`. @throws what loading the keys throws */
  async seal(text: string, place: readonly string[]): Promise<string> {
    const [key] = await this.#ready()
    const iv = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', key!.bytes, iv).setAAD(Buffer.from(JSON.stringify(place)))
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    return `${prefix}:${key!.id}:${iv.toString('base64url')}:${body.toString('base64url')}`
  }

  /** @throws HeavyliftError `seal-key-missing` or `seal-broken` */
  async open(sealed: string, place: readonly string[]): Promise<string> {
    const [scheme, version, id, iv, body] = sealed.split(':')
    if (`${scheme}:${version}` !== prefix || iv === undefined || body === undefined) throw broken()
    const key = (await this.#ready()).find((each) => each.id === id)
    if (key === undefined)
      throw new HeavyliftError({
        code: 'seal-key-missing',
        status: 500,
        message:
          'This secret was sealed with a key that this server does not have. Name it in agents.sealKeys, the same on every server, or set the secret anew.',
      })
    const bytes = Buffer.from(body, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key.bytes, Buffer.from(iv, 'base64url'))
      .setAAD(Buffer.from(JSON.stringify(place)))
      .setAuthTag(bytes.subarray(-16))
    try {
      return decipher.update(bytes.subarray(0, -16)).toString('utf8') + decipher.final('utf8')
    } catch (cause) {
      throw broken(cause)
    }
  }

  async #ready(): Promise<readonly Key[]> {
    this.#keys ??= this.#load().then((texts) => texts.map(keyOf))
    try {
      return await this.#keys
    } catch (error) {
      this.#keys = null
      throw error
    }
  }
}

export function isSealed(text: string): boolean {
  return text.startsWith(`${prefix}:`)
}

function keyOf(text: string): Key {
  const bytes = Buffer.from(hkdfSync('sha256', text, '', 'heavylift agents seal 1', 32))
  return { bytes, id: createHash('sha256').update(bytes).digest('hex').slice(0, 16) }
}

const broken = (cause?: unknown): HeavyliftError =>
  new HeavyliftError({
    code: 'seal-broken',
    status: 500,
    message: 'A sealed secret does not open: it was changed, or moved from another row. Set it anew.',
    ...(cause === undefined ? {} : { cause }),
  })

/** The key that an installation makes for itself: 32 random bytes in a file that only its user may read. The first of several processes makes it. */
export async function ownSealKey(dataDir: string): Promise<string> {
  const path = join(dataDir, 'seal.key')
  await mkdir(dataDir, { recursive: true })
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(randomBytes(32).toString('base64'))
      await file.sync()
    } finally {
      await file.close()
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  // Another process may have made the file and not yet written it.
  for (let tries = 0; tries < 100; tries++) {
    const text = await readFile(path, 'utf8')
    if (text.length === 44) return text
    await new Promise((done) => setTimeout(done, 20))
  }
  throw new HeavyliftError({
    code: 'seal-key-unusable',
    message: `The file ${path} is no key. Put the one of your backup there.`,
  })
}
