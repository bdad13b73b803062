import type { SourceContext } from '../tools/tool.ts'

/** Who signs in to a database or a mailbox. With `accessToken` (OAuth 2) there is no password. */
export interface Login {
  user: string
  password: string
  accessToken?: string
}

/** What the edge adds to one call. It goes to the other end and nowhere else. */
export interface Authorization {
  headers: Record<string, string>
  query: Record<string, string>
  login: Login | null
  /** What must not stand in an answer, an error or the journal: `hideSecrets` takes it out. */
  secrets: readonly string[]
}

/** For whom a credential is used. */
export type AskedFor = Pick<SourceContext, 'tenantId' | 'credential'> & {
  caller?: { agent: string; version: number; runId: string; path: string } | null
  /** The tool that is called; absent where tools are listed. */
  tool?: string
}

/** Gives what a credential adds, at the moment of the call. @throws InvalidInputError `credential-…` */
export type Authorize = (source: string, asked: AskedFor) => Promise<Authorization>

export const noAuthorization: Authorization = { headers: {}, query: {}, login: null, secrets: [] }

const mask = '[credential]'
/** Anything shorter is in texts by chance. */
const leastLength = 6

/** A text of the other end without the secrets that it was sent: a server may answer with what it was given. */
export function hideSecrets(text: string, secrets: readonly string[]): string {
  let hidden = text
  for (const secret of secrets)
    if (secret.length >= leastLength)
      for (const form of formsOf(secret)) hidden = hidden.replaceAll(form, mask)
  return hidden
}

/** As it was sent, and as JSON, addresses, and base64 write it. */
function formsOf(secret: string): Set<string> {
  return new Set([
    secret,
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    Buffer.from(secret).toString('base64'),
  ])
}
