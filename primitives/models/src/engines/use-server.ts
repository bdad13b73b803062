import { ConflictError, NotFoundError } from '@heavylift/core'
import type { ConfigEdit } from '../context.ts'
import type { GatewayConfig } from '../table/gateway-config.ts'
import type { FoundServer } from '../discovery/find-servers.ts'

/**
 * The edits that put a found server into the table: a provider named for its kind, and each of its models that the table
 * does not know yet under its own name. Throws ConflictError `server-used` when it stands there already, and
 * NotFoundError `server-without-models` when it serves none yet.
 */
export function serverEdits(
  server: FoundServer,
  table: Pick<GatewayConfig, 'providers' | 'models'>,
): ConfigEdit[] {
  if (isUsed(server, table)) {
    throw new ConflictError({ code: 'server-used', message: `${server.url} is in the table already.` })
  }
  if (server.models.length === 0) {
    throw new NotFoundError({
      code: 'server-without-models',
      message: `${server.kind} at ${server.url} serves no model yet. Load one there, and look again.`,
    })
  }
  const provider = freeName(nameOf(server.kind), Object.keys(table.providers))
  const edits: ConfigEdit[] = [
    { path: ['providers', provider], value: { kind: 'openai', replicas: [server.url] } },
  ]
  const names = new Set(Object.keys(table.models))
  for (const model of server.models) {
    const name = nameOf(model)
    if (name === '' || names.has(name)) continue
    names.add(name)
    edits.push({ path: ['models', name], value: { targets: [{ provider, model }] } })
  }
  return edits
}

/** Whether a provider of the table has this address. */
export function isUsed(
  { url }: Pick<FoundServer, 'url'>,
  { providers }: Pick<GatewayConfig, 'providers'>,
): boolean {
  const addresses = Object.values(providers).flatMap((provider) =>
    'replicas' in provider ? provider.replicas.map((replica) => replica.url) : [],
  )
  return addresses.some((address) => sameAddress(address) === sameAddress(url))
}

/** `localhost` and 127.0.0.1 are one machine. */
function sameAddress(url: string): string {
  return url.replace(/\/+$/, '').replace(/^http:\/\/localhost\b/, 'http://127.0.0.1')
}

/** A name that the table may have: see `gateway-config.ts`. */
function nameOf(text: string): string {
  return text
    .replaceAll(/[^A-Za-z0-9._:/-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
    .slice(0, 128)
}

function freeName(name: string, taken: readonly string[]): string {
  const lower = name.toLowerCase()
  if (!taken.includes(lower)) return lower
  for (let count = 2; ; count++) if (!taken.includes(`${lower}-${count}`)) return `${lower}-${count}`
}
