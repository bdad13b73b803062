import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { credentialName, credentialSpec } from '../credentials/credential.ts'
import type { CredentialRow } from '../credentials/credential.ts'

const params = z.object({ name: credentialName })
const secret = z.string().min(1).max(20_000).describe('Sealed at once, and never shown again.')
const byOf = (caller: { keyId: string | null }): string => caller.keyId ?? 'local'

/** Credentials of the tenant, below `/api/agents`. No answer holds what is secret of one. */
export function credentialRoutes({
  credentials,
  catalogue,
}: Pick<AgentsContext, 'credentials' | 'catalogue'>) {
  return [
    route({
      method: 'get',
      path: '/credentials',
      summary: 'Credentials of the tenant: what each is for and who uses it, never what it holds.',
      access: 'operator',
      response: z.object({
        credentials: z.array(
          z.object({
            name: z.string(),
            kind: z.string(),
            grant: z.string().nullable().describe('Of OAuth 2.'),
            about: z.string().describe('A user, a header, an authorization server.'),
            team: z.string().nullable(),
            sources: z.array(z.string()),
            state: z.enum(['ready', 'unconnected', 'broken', 'revoked']),
            problem: z.string().nullable(),
            expiresMs: z.number().nullable(),
            madeMs: z.number(),
            rotatedMs: z.number().nullable(),
            lastUsedMs: z.number().nullable(),
            agents: z.array(z.string()),
          }),
        ),
      }),
      handle: async ({ caller }) => {
        const { tenantId } = caller
        const [rows, last, users] = await Promise.all([
          credentials.list(tenantId),
          credentials.lastUses(tenantId),
          catalogue.users(tenantId),
        ])
        return {
          credentials: rows.map((row) => ({
            ...shown(row),
            lastUsedMs: last.get(row.name) ?? null,
            agents: [
              ...new Set(users.filter((each) => each.credential === row.name).map(({ agent }) => agent)),
            ],
          })),
        }
      },
    }),
    route({
      method: 'post',
      path: '/credentials',
      summary: 'Adds a credential. Its secret is sealed and goes to the named sources only.',
      access: 'admin',
      body: z.object({
        name: credentialName,
        spec: credentialSpec,
        team: z.string().min(1).max(100).nullable().default(null),
        sources: z.array(z.string().min(1).max(200)).min(1).max(100),
        secret: secret.optional(),
      }),
      response: z.object({ name: z.string() }),
      handle: async ({ caller, body }) => {
        await credentials.create(caller.tenantId, body)
        return { name: body.name }
      },
    }),
    route({
      method: 'post',
      path: '/credentials/sign-in',
      summary:
        'Adds the OAuth 2 credential that an MCP server asks for, as the server says; it is connected afterwards. A client is registered where the authorization server takes one.',
      access: 'admin',
      body: z.object({
        name: credentialName,
        source: z.string().regex(/^mcp:/, 'a source of the kind `mcp:`').max(200),
        redirectUri: z
          .url({ protocol: /^https?$/ })
          .max(2_000)
          .describe('The page that people come back to.'),
        team: z.string().min(1).max(100).nullable().default(null),
        clientId: z.string().min(1).max(500).optional().describe('Of a client that is registered already.'),
        secret: secret.optional(),
      }),
      response: z.object({
        name: z.string(),
        issuer: z.string(),
        scopes: z.array(z.string()),
        isRegistered: z.boolean().describe('A client was registered for it.'),
      }),
      handle: async ({ caller, body }) => {
        const { name, source, redirectUri, team, clientId, secret: given } = body
        const url = (await catalogue.sources(caller.tenantId)).find((each) => each.name === source)?.address
        if (url == null)
          throw new NotFoundError({
            code: 'tool-source-unknown',
            message: `There is no source of tools "${source}". Add it under Tools first.`,
          })
        const client = clientId === undefined ? null : { clientId, secret: given }
        const made = { name, team, source, url, redirectUri, client }
        return { name, ...(await credentials.createFor(caller.tenantId, made)) }
      },
    }),
    route({
      method: 'post',
      path: '/credentials/:name/rotate',
      summary: 'Puts another secret in the place of the one there is, from the next call on.',
      access: 'admin',
      params,
      body: z.object({ secret }),
      handle: async ({ caller, params: { name }, body }) => {
        await credentials.rotate(caller.tenantId, name, body.secret)
        return null
      },
    }),
    route({
      method: 'post',
      path: '/credentials/:name/revoke',
      summary: 'Takes away what a credential holds: the next call with it is refused.',
      access: 'admin',
      params,
      handle: async ({ caller, params: { name } }) => {
        await credentials.revoke(caller.tenantId, name)
        return null
      },
    }),
    route({
      method: 'get',
      path: '/credentials/:name/uses',
      summary: 'Who used a credential for which call, the last first.',
      access: 'admin',
      params,
      query: z.object({ limit: z.coerce.number().int().min(1).max(500).default(50) }),
      response: z.object({
        uses: z.array(
          z.object({
            atMs: z.number(),
            source: z.string(),
            tool: z.string(),
            agent: z.string().nullable(),
            version: z.number().nullable(),
            runId: z.string().nullable(),
            path: z.string().nullable(),
          }),
        ),
      }),
      handle: async ({ caller, params: { name }, query }) => ({
        uses: (await credentials.uses(caller.tenantId, name, query.limit)).map((each) => ({
          atMs: each.at_ms,
          source: each.source,
          tool: each.tool,
          agent: each.agent,
          version: each.version,
          runId: each.run_id,
          path: each.path,
        })),
      }),
    }),
    route({
      method: 'post',
      path: '/credentials/:name/connect',
      summary:
        'Begins to connect an OAuth 2 credential: an address to go to, or a code to type. `redirectUri` is the page that the person comes back to.',
      access: 'admin',
      params,
      body: z.object({ redirectUri: z.url({ protocol: /^https?$/ }).max(2_000) }),
      response: z.object({
        kind: z.enum(['done', 'redirect', 'device']),
        url: z.string().nullable(),
        device: z
          .object({
            id: z.string(),
            userCode: z.string(),
            verificationUri: z.string(),
            verificationUriComplete: z.string().nullable(),
            expiresMs: z.number(),
            intervalS: z.number(),
          })
          .nullable(),
      }),
      handle: async ({ caller, params: { name }, body }) => {
        const begun = await credentials.connect(caller.tenantId, name, { by: byOf(caller), ...body })
        return {
          kind: begun.kind,
          url: begun.kind === 'redirect' ? begun.url : null,
          device: begun.kind === 'device' ? begun : null,
        }
      },
    }),
    route({
      method: 'post',
      path: '/credentials/finish',
      summary:
        'Ends a connection with the parameters of the address that the person came back to. Only who began it ends it, once.',
      access: 'admin',
      body: z.object({ parameters: z.string().max(20_000) }),
      response: z.object({ name: z.string() }),
      handle: async ({ caller, body }) => ({
        name: await credentials.finish(caller.tenantId, byOf(caller), new URLSearchParams(body.parameters)),
      }),
    }),
    route({
      method: 'post',
      path: '/credentials/poll',
      summary: 'Whether the code of a device was typed.',
      access: 'admin',
      body: z.object({ id: z.string().max(100) }),
      response: z.object({ isConnected: z.boolean() }),
      handle: async ({ caller, body }) => ({
        isConnected: await credentials.poll(caller.tenantId, byOf(caller), body.id),
      }),
    }),
  ]
}

function shown({ name, spec, team, sources, sealed, is_connected: isConnected, ...row }: CredentialRow) {
  return {
    name,
    kind: spec.kind,
    grant: spec.kind === 'oauth2' ? spec.grant : null,
    about:
      spec.kind === 'basic'
        ? spec.user
        : spec.kind === 'header'
          ? spec.header
          : spec.kind === 'query'
            ? `?${spec.parameter}=`
            : spec.kind === 'oauth2'
              ? spec.issuer
              : '',
    team,
    sources,
    state:
      sealed === null
        ? ('revoked' as const)
        : row.problem !== null
          ? ('broken' as const)
          : isConnected
            ? ('ready' as const)
            : ('unconnected' as const),
    problem: row.problem,
    expiresMs: row.expires_ms,
    madeMs: row.made_ms,
    rotatedMs: row.rotated_ms,
  }
}
