import { z } from 'zod'

const text = z.string().min(1).max(500)
const address = z.url({ protocol: /^https?$/ }).max(2_000)

/** What anyone who sees the page may see of a credential. Nothing here is secret. */
export const credentialSpec = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer') }),
  z.strictObject({ kind: z.literal('basic'), user: text }),
  z.strictObject({
    kind: z.literal('header'),
    header: z.string().regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/, 'a name of a header'),
    prefix: z.string().max(100).default(''),
  }),
  z.strictObject({ kind: z.literal('query'), parameter: text }),
  z.strictObject({
    kind: z.literal('oauth2'),
    grant: z.enum(['client_credentials', 'authorization_code', 'device_code']),
    issuer: address.describe(
      'The authorization server; its endpoints are found by its metadata (RFC 8414, OpenID Discovery).',
    ),
    clientId: text,
    scopes: z.array(text).max(50).default([]),
    clientAuth: z.enum(['none', 'client_secret_basic', 'client_secret_post']).default('client_secret_basic'),
    resource: address.optional().describe('For whom tokens are (RFC 8707).'),
    user: text.optional().describe('Who signs in to a mailbox with the token.'),
  }),
])
export type CredentialSpec = z.output<typeof credentialSpec>
export type OAuthSpec = Extract<CredentialSpec, { kind: 'oauth2' }>

export const credentialName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and hyphens, 63 at most')

/** What is sealed of one. */
export interface CredentialSecrets {
  /** Token, password, key, or the client's secret of OAuth 2. */
  secret?: string
  accessToken?: string
  refreshToken?: string
}

export interface CredentialRow {
  tenant_id: string
  name: string
  spec: CredentialSpec
  /** Agents of this team only; null for all of the tenant. */
  team: string | null
  /** Names of the sources that it is for. */
  sources: string[]
  /** `CredentialSecrets`, sealed; null when it was revoked. */
  sealed: string | null
  /** OAuth 2: until when the access token holds; null before it was connected. */
  expires_ms: number | null
  is_connected: boolean
  /** Why it cannot be used any more, e.g. that its refresh was refused. */
  problem: string | null
  made_ms: number
  rotated_ms: number | null
  revoked_ms: number | null
}
