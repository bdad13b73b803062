import { formatTable } from '@heavylift/core/text'
import type { Scope } from '@heavylift/core'
import { z } from 'zod'
import { readAnswer } from '../server-client.ts'
import type { CliContext } from '../cli-context.ts'
import { toExitCode, exitCodes } from '../exit-codes.ts'
import { printJson } from '../output.ts'
import { createKeyOffline } from './create-key-offline.ts'

const keySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  tenantId: z.string(),
  kind: z.string(),
  scope: z.string(),
  prefix: z.string(),
  createdAtMs: z.number(),
  lastUsedAtMs: z.number().nullable(),
  revokedAtMs: z.number().nullable(),
})

const keysPath = '/api/heavylift/keys'

export interface CreateKeyOptions {
  scope: Scope
  publishable?: boolean
  origin?: string[]
  json?: boolean
}

/** Creates a key, by the running server or in its database while none runs. Its secret is printed once and can never be read again. */
export async function createKey(context: CliContext, name: string, options: CreateKeyOptions): Promise<void> {
  const spec = {
    name,
    scope: options.scope,
    kind: options.publishable === true ? 'publishable' : 'secret',
    allowedOrigins: options.origin ?? [],
  } as const
  const answer = await context
    .api(keysPath, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(spec),
    })
    .then((response) => readAnswer(response, z.object({ key: keySchema, secret: z.string() })))
    .catch((error: unknown) => {
      if (toExitCode(error) !== exitCodes.serverNotRunning) throw error
      return createKeyOffline(context, spec)
    })
  if (options.json === true) printJson(context.stdout, answer)
  else {
    context.stdout.write(`${answer.secret}\n`)
    context.stderr.write(
      `Key ${answer.key.keyId} "${answer.key.name}" (${answer.key.scope}). Keep the line above: it is not shown again.\n`,
    )
  }
}

/** Ids of the keys that still work, for the shell. */
export async function keyIds(context: CliContext): Promise<string[]> {
  const { keys } = await readAnswer(await context.api(keysPath), z.object({ keys: z.array(keySchema) }))
  return keys.flatMap(({ keyId, revokedAtMs }) => (revokedAtMs === null ? [keyId] : []))
}

export async function listKeys(context: CliContext, options: { json?: boolean }): Promise<void> {
  const answer = await readAnswer(await context.api(keysPath), z.object({ keys: z.array(keySchema) }))
  if (options.json === true) {
    printJson(context.stdout, answer)
    return
  }
  if (answer.keys.length === 0) {
    context.stdout.write('No keys. `heavylift keys create <name>` makes one.\n')
    return
  }
  const rows = answer.keys.map((key) => [
    key.keyId,
    key.name,
    key.kind,
    key.scope,
    `${key.prefix}…`,
    day(key.createdAtMs),
    key.lastUsedAtMs === null ? 'never' : day(key.lastUsedAtMs),
    key.revokedAtMs === null ? 'active' : `revoked ${day(key.revokedAtMs)}`,
  ])
  context.stdout.write(
    `${formatTable(['id', 'name', 'kind', 'scope', 'key', 'created', 'last used', 'state'], rows)}\n`,
  )
}

export async function revokeKey(
  context: CliContext,
  keyId: string,
  options: { json?: boolean },
): Promise<void> {
  const response = await context.api(`${keysPath}/${encodeURIComponent(keyId)}`, { method: 'DELETE' })
  const answer = await readAnswer(response, z.object({ key: keySchema }))
  if (options.json === true) printJson(context.stdout, answer)
  else context.stdout.write(`Revoked ${answer.key.keyId} "${answer.key.name}".\n`)
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
