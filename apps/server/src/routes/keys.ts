import { ConflictError, InvalidInputError, NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import { mainTenantId } from '../access/api-keys.ts'
import type { ApiKeyRecord } from '../access/api-keys.ts'
import type { ServerContext } from './server-context.ts'

const scope = z.enum(['storefront', 'operator', 'admin'])

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
})

const origin = z
  .string()
  .max(300)
  .refine((text) => URL.canParse(text) && new URL(text).origin === text, {
    message: 'Give an origin: scheme, host and port if any, no path, e.g. https://shop.example.com.',
  })

const newKey = z.object({
  name: z.string().trim().min(1).max(100).describe('What the key is for.'),
  scope: scope.default('operator'),
  kind: z.enum(['secret', 'publishable']).default('secret'),
  allowedOrigins: z.array(origin).max(50).default([]).describe('Pages that may use a publishable key.'),
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

function toWire({ id, ...record }: ApiKeyRecord): z.output<typeof keySchema> {
  return { keyId: id, ...record }
}
