import { createHash } from 'node:crypto'
import { HeavyliftError } from '@heavylift/core'
import type { Objects } from '@heavylift/store'

/** JSON in a row, or where it is kept when it is long. */
export type Payload = { value: unknown } | { ref: string; bytes: number }

/** Longer ones are objects. Bytes of UTF-8, as JSON. */
export const mostInlineBytes = 64 * 1024

/** Values of runs, the long ones as objects that are named by what they hold. */
export class Payloads {
  readonly #objects: Objects

  constructor(objects: Objects) {
    this.#objects = objects
  }

  /** Resolves once a long one is stored; undefined is kept as null. */
  async keep(tenantId: string, runId: string, value: unknown): Promise<Payload> {
    if (!mayBeLong(value)) return { value: value ?? null }
    const json = JSON.stringify(value ?? null)
    const bytes = Buffer.byteLength(json)
    if (bytes <= mostInlineBytes) return { value: value ?? null }
    const hash = createHash('sha256').update(json).digest('hex')
    const ref = `runs/${segment(tenantId)}/${segment(runId)}/${hash}.json`
    await this.#objects.put(ref, json)
    return { ref, bytes }
  }

  /** @throws HeavyliftError `payload-gone` when the object is not there any more */
  async read(payload: Payload): Promise<unknown> {
    if (!('ref' in payload)) return payload.value
    const body = await this.#objects.get(payload.ref)
    if (body === null)
      throw new HeavyliftError({
        code: 'payload-gone',
        message: `The value ${payload.ref} is not in the object store any more; the run cannot go on from it.`,
      })
    return JSON.parse(await new Response(body).text())
  }

  /** Removes what a run kept. */
  async removeOf(tenantId: string, runId: string): Promise<void> {
    for await (const key of this.#objects.list(`runs/${segment(tenantId)}/${segment(runId)}/`))
      await this.#objects.delete(key)
  }
}

/** Ids of runs are the caller's: what a key of an object may not hold is written by its code. */
function segment(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9-]/g, (char) => `_${char.codePointAt(0)!.toString(16)}.`)
}

/** Short texts, numbers and small objects are not worth writing out twice. */
function mayBeLong(value: unknown, left = { count: 4096 }): boolean {
  if (typeof value === 'string') return (left.count -= value.length) < 0
  if (typeof value !== 'object' || value === null) return (left.count -= 8) < 0
  for (const key in value) {
    left.count -= key.length + 8
    if (left.count < 0 || mayBeLong((value as Record<string, unknown>)[key], left)) return true
  }
  return false
}
