import { formatTable } from '@heavylift/core/text'
import type { KeyLimits, Scope } from '@heavylift/core'
import { z } from 'zod'
import { readAnswer } from '../server-client.ts'
import type { CliContext } from '../cli-context.ts'
import { CliError, toExitCode, exitCodes } from '../exit-codes.ts'
import { printJson } from '../output.ts'
import { createKeyOffline } from './create-key-offline.ts'
import type { KeySpec } from './create-key-offline.ts'

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
  expiresAtMs: z.number().nullable(),
  limits: z
    .object({
      models: z.array(z.string()).nullable(),
      requestsPerMinute: z.number().nullable(),
      tokensPerMinute: z.number().nullable(),
      maxInFlight: z.number().nullable(),
      budgetUsdPerDay: z.number().nullable(),
      budgetUsdPerMonth: z.number().nullable(),
    })
    .nullable(),
})

const keysPath = '/api/heavylift/keys'

export interface CreateKeyOptions {
  scope?: Scope
  publishable?: boolean
  origin?: string[]
  tenant?: string
  models?: string
  budget?: string
  budgetPerDay?: string
  requestsPerMinute?: string
  tokensPerMinute?: string
  maxInFlight?: string
  expires?: string
  json?: boolean
}

/** Creates a key, by the running server or where keys are kept while none runs. Its secret is printed once and can never be read again. */
export async function createKey(context: CliContext, name: string, options: CreateKeyOptions): Promise<void> {
  const limits = limitsOf(options)
  const tenantId = options.tenant ?? 'main'
  const spec: KeySpec = {
    name,
    // Who says what it may use of the models wants a key for models.
    scope: options.scope ?? (limits === null ? 'operator' : 'models'),
    kind: options.publishable === true ? 'publishable' : 'secret',
    allowedOrigins: options.origin ?? [],
    expiresAtMs: options.expires === undefined ? null : endOf(options.expires, Date.now()),
    limits,
  }
  const answer = await context
    .api(keysPath, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(tenantId === 'main' ? {} : { 'x-heavylift-tenant': tenantId }),
      },
      body: JSON.stringify(spec),
    })
    .then((response) => readAnswer(response, z.object({ key: keySchema, secret: z.string() })))
    .catch((error: unknown) => {
      if (toExitCode(error) !== exitCodes.serverNotRunning) throw error
      return createKeyOffline(context, tenantId, spec)
    })
  if (options.json === true) printJson(context.stdout, answer)
  else {
    context.stdout.write(`${answer.secret}\n`)
    context.stderr.write(
      `Key ${answer.key.keyId} "${answer.key.name}" (${describe(answer.key)}). Keep the line above: it is not shown again.\n`,
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
    describeLimits(key.limits),
    `${key.prefix}…`,
    day(key.createdAtMs),
    key.lastUsedAtMs === null ? 'never' : day(key.lastUsedAtMs),
    stateOf(key, Date.now()),
  ])
  context.stdout.write(
    `${formatTable(['id', 'name', 'kind', 'scope', 'models', 'key', 'created', 'last used', 'state'], rows)}\n`,
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

type Key = z.output<typeof keySchema>

/** What the options say of models; null where they say nothing. @throws CliError `option-invalid` */
function limitsOf(options: CreateKeyOptions): KeyLimits | null {
  const models = options.models?.split(',').flatMap((model) => model.trim() || []) ?? null
  const limits: KeyLimits = {
    models,
    requestsPerMinute: numberOf('requests-per-minute', options.requestsPerMinute),
    tokensPerMinute: numberOf('tokens-per-minute', options.tokensPerMinute),
    maxInFlight: numberOf('max-in-flight', options.maxInFlight),
    budgetUsdPerDay: numberOf('budget-per-day', options.budgetPerDay),
    budgetUsdPerMonth: numberOf('budget', options.budget),
  }
  return Object.values(limits).every((limit) => limit === null) ? null : limits
}

function numberOf(option: string, text: string | undefined): number | null {
  if (text === undefined) return null
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value >= 0) return value
  throw new CliError({
    code: 'option-invalid',
    exitCode: exitCodes.usage,
    message: `--${option} is ${JSON.stringify(text)}; expected a number that is not negative.`,
  })
}

const unitMs = { h: 3_600_000, d: 86_400_000 }

/** `30d` and `12h` from now, or a date: until the beginning of that day (UTC). @throws CliError `option-invalid` */
function endOf(text: string, nowMs: number): number {
  const span = /^(\d{1,5})([hd])$/.exec(text)
  if (span) return nowMs + Number(span[1]) * unitMs[span[2] as 'h' | 'd']
  const endMs = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN
  if (endMs > nowMs) return endMs
  throw new CliError({
    code: 'option-invalid',
    exitCode: exitCodes.usage,
    message: `--expires is ${JSON.stringify(text)}; expected 30d, 12h, or a date to come such as 2031-01-31.`,
  })
}

function describe({ scope, limits, expiresAtMs }: Key): string {
  const parts = [scope, describeLimits(limits), expiresAtMs === null ? '' : `until ${day(expiresAtMs)}`]
  return parts.filter((part) => part !== '').join(', ')
}

function describeLimits(limits: Key['limits']): string {
  if (limits === null) return ''
  const { models, requestsPerMinute, tokensPerMinute, maxInFlight, budgetUsdPerDay, budgetUsdPerMonth } =
    limits
  return [
    models === null ? '' : models.join(' '),
    requestsPerMinute === null ? '' : `${requestsPerMinute} requests/min`,
    tokensPerMinute === null ? '' : `${tokensPerMinute} tokens/min`,
    maxInFlight === null ? '' : `${maxInFlight} at once`,
    budgetUsdPerDay === null ? '' : `$${budgetUsdPerDay}/day`,
    budgetUsdPerMonth === null ? '' : `$${budgetUsdPerMonth}/month`,
  ]
    .filter((part) => part !== '')
    .join(', ')
}

function stateOf({ revokedAtMs, expiresAtMs }: Key, nowMs: number): string {
  if (revokedAtMs !== null) return `revoked ${day(revokedAtMs)}`
  if (expiresAtMs === null) return 'active'
  return `${expiresAtMs <= nowMs ? 'ended' : 'active until'} ${day(expiresAtMs)}`
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10)
}
