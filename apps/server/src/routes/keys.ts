import { ConflictError, InvalidInputError, NotFoundError, route, scopes } from '@heavylift/core'
import { z } from 'zod'
import { mainTenantId } from '../access/api-keys.ts'
import type { ApiKeyRecord } from '../access/api-keys.ts'
import { originSchema } from '../server-config.ts'
import type { ServerContext } from './server-context.ts'

const scope = z.enum(scopes)

const perMinute = z.int().min(1).nullable().default(null)
const usd = z.number().min(0).nullable().default(null)

const limits = z.strictObject({
  models: z
    .array(z.string().min(1).max(128))
    .min(1)
    .max(500)
    .nullable()
    .default(null)
    .describe('Models and tasks that it may ask for; null for all of its tenant.'),
  requestsPerMinute: perMinute,
  tokensPerMinute: perMinute,
  maxInFlight: perMinute.describe('Requests at once.'),
  budgetUsdPerDay: usd.describe('In US dollars a UTC day.'),
  budgetUsdPerMonth: usd.describe('In US dollars a UTC month.'),
})

const keySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  tenantId: z.string(),
  kind: z.enum(['secret', 'publishable']),
  scope,
  prefix: z.string(),
  allowedOrigins: z.array(z.string()),
  createdAtMs: z.number(),
  lastUsedAtMs: z.number().nullable(),
  revokedAtMs: z.number().nullable(),
  expiresAtMs: z.number().nullable(),
  limits: limits.nullable(),
})

const newKey = z.object({
  name: z.string().trim().min(1).max(100).describe('What the key is for.'),
  scope: scope.default('operator').describe('`models` calls models and nothing else.'),
  kind: z.enum(['secret', 'publishable']).default('secret'),
  allowedOrigins: z.array(originSchema).max(50).default([]).describe('Pages that may use a publishable key.'),
  expiresAtMs: z.int().nullable().default(null).describe('When it ends; null for never.'),
  limits: limits
    .nullable()
    .default(null)
    .describe('What it may use of the models, beside the limits of its tenant.'),
})

const tenantSchema = z.object({ tenantId: z.string(), name: z.string(), createdAtMs: z.number() })

/** API keys of the caller's tenant, and the tenants of the installation. */
export function keyRoutes({ keys, tenants, clock }: Pick<ServerContext, 'keys' | 'tenants' | 'clock'>) {
  return [
    route({
      method: 'get',
      path: '/keys',
      summary: "The tenant's API keys, revoked ones included; never the secrets.",
      access: 'admin',
      response: z.object({ keys: z.array(keySchema) }),
      handle: async ({ caller }) => ({ keys: (await keys.list(caller.tenantId)).map(toWire) }),
    }),
    route({
      method: 'post',
      path: '/keys',
      summary: 'Creates an API key. The secret is in this answer and nowhere else.',
      access: 'admin',
      body: newKey,
      response: z.object({ key: keySchema, secret: z.string() }),
      async handle({ body, caller }) {
        checkKind(body)
        checkUse(body, clock.nowMs())
        const { key: secret, record } = await keys.create({ ...body, tenantId: caller.tenantId })
        return { key: toWire(record), secret }
      },
    }),
    route({
      method: 'delete',
      path: '/keys/:keyId',
      summary: 'Revokes an API key: at once here, within five seconds in other processes.',
      access: 'admin',
      params: z.object({ keyId: z.string() }),
      response: z.object({ key: keySchema }),
      async handle({ params, caller }) {
        const record = await keys.revoke(caller.tenantId, params.keyId)
        if (record) return { key: toWire(record) }
        throw new NotFoundError({
          code: 'key-unknown',
          message: 'There is no such key. GET /api/heavylift/keys lists them.',
        })
      },
    }),
    route({
      method: 'get',
      path: '/tenants',
      summary: 'The tenants: all for administrators of the main tenant, else the own one.',
      access: 'admin',
      response: z.object({ tenants: z.array(tenantSchema) }),
      async handle({ caller }) {
        const all = await tenants.list()
        const seen = all.filter(({ id }) => caller.tenantId === mainTenantId || id === caller.tenantId)
        return { tenants: seen.map(({ id, ...rest }) => ({ tenantId: id, ...rest })) }
      },
    }),
    route({
      method: 'post',
      path: '/tenants',
      summary: 'Creates a tenant. Send `x-heavylift-tenant` with its id to act for it.',
      access: 'admin',
      reach: 'installation',
      body: z.object({
        tenantId: z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'Use lower-case letters, digits and dashes.'),
        name: z.string().trim().min(1).max(100),
      }),
      response: tenantSchema,
      async handle({ body }) {
        const { tenantId, name } = body
        const createdAtMs = clock.nowMs()
        if (await tenants.insert({ id: tenantId, name, createdAtMs })) return { tenantId, name, createdAtMs }
        throw new ConflictError({
          code: 'tenant-exists',
          message: `The tenant "${tenantId}" exists already. Choose another id.`,
        })
      },
    }),
  ]
}

function checkKind(key: z.output<typeof newKey>): void {
  if (key.kind === 'publishable' && (key.scope !== 'storefront' || key.allowedOrigins.length === 0)) {
    throw new InvalidInputError({
      code: 'publishable-key-invalid',
      message:
        'A publishable key is seen by everyone: give it the scope "storefront" and at least one allowed origin.',
    })
  }
  if (key.kind === 'secret' && key.allowedOrigins.length > 0) {
    throw new InvalidInputError({
      code: 'secret-key-origins',
      message: 'Allowed origins are for publishable keys; a secret key must not stand in a page.',
    })
  }
}

function checkUse(key: z.output<typeof newKey>, nowMs: number): void {
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) {
    throw new InvalidInputError({
      code: 'key-expiry-past',
      message: 'The key would have ended already. Give a time to come, in milliseconds since 1970.',
    })
  }
  if (key.limits !== null && key.scope === 'storefront') {
    throw new InvalidInputError({
      code: 'key-limits-unused',
      message:
        'A key of the scope "storefront" calls no models, so limits on them mean nothing. Leave them out.',
    })
  }
}

function toWire({ id, ...record }: ApiKeyRecord): z.output<typeof keySchema> {
  return { keyId: id, ...record }
}
