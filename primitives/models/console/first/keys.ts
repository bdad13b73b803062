import { getJson, sendJson } from '@heavylift/ui'

// The server's own routes: this package knows no types of the server.
const path = '/api/heavylift/keys'

/** Whether a key that works is there already. True for who may not look. */
export async function hasKey(signal: AbortSignal): Promise<boolean> {
  const { keys } = await getJson<{ keys: { revokedAtMs: number | null; kind: string }[] }>(path, { signal })
  return keys.some(({ revokedAtMs, kind }) => revokedAtMs === null && kind === 'secret')
}

/** Makes a key that calls models and nothing else. Resolves to its secret, which nobody tells again. */
export async function makeKey(name: string): Promise<string> {
  const { secret } = await sendJson<{ secret: string }>('POST', path, { name, scope: 'models' })
  return secret
}
