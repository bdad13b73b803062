import { readFile } from 'node:fs/promises'
import { Agent, request } from 'undici'
import { z } from 'zod'
import { HeavyliftError } from '@heavylift/core'
import type { ReadSecret } from '../secret.ts'
import type { DiscoverOf } from './discover-config.ts'
import { jsonLines, readJson } from './read-json.ts'
import type { DiscoverySource, FoundAddress } from './source.ts'

/** Where a pod finds its own account (Kubernetes, "Accessing the Kubernetes API from a Pod"). */
const accountFolder = '/var/run/secrets/kubernetes.io/serviceaccount'
/** The server ends a watch after so long; it is then taken up where it ended. */
const WATCH_SECONDS = 300
const PAGE = 500
const TIMEOUT_MS = 10_000
/** `410 Gone`: what changed since is no longer known, so all is listed anew. */
const GONE = 410

const slice = z.object({
  metadata: z.object({ name: z.string(), resourceVersion: z.string().optional() }),
  endpoints: z
    .array(
      z.object({
        addresses: z.array(z.string()).min(1),
        conditions: z.object({ ready: z.boolean().nullish() }).nullish(),
        zone: z.string().nullish(),
      }),
    )
    .nullish(),
  ports: z.array(z.object({ name: z.string().nullish(), port: z.number().nullish() })).nullish(),
})
type Slice = z.output<typeof slice>
const sliceList = z.object({
  metadata: z.object({ resourceVersion: z.string(), continue: z.string().optional() }),
  items: z.array(slice),
})
const watchEvent = z.object({ type: z.string(), object: z.unknown() })
const versioned = z.object({ metadata: z.object({ resourceVersion: z.string() }) })
const status = z.object({ code: z.number().optional(), message: z.string().optional() })

interface Cluster {
  server: string
  token: () => Promise<string | null>
  ca: string | null
}

/**
 * The ready endpoints of a service from its EndpointSlices (discovery.k8s.io/v1): listed page by page, then watched from the
 * list's version on, through the ends of watches and bookmarks. After `410 Gone` they are listed anew.
 */
export function kubernetesSource(
  config: DiscoverOf<'kubernetes'>,
  readSecret: ReadSecret,
  folder = accountFolder,
  environment: NodeJS.ProcessEnv = process.env,
): DiscoverySource {
  return async function* (signal) {
    const cluster = await clusterOf(config, readSecret, folder, environment)
    const agent = new Agent({ connect: cluster.ca === null ? {} : { ca: cluster.ca } })
    const url = new URL(
      `/apis/discovery.k8s.io/v1/namespaces/${config.namespace}/endpointslices`,
      cluster.server,
    )
    url.searchParams.set('labelSelector', `kubernetes.io/service-name=${config.service}`)
    const ask = async (parameters: Record<string, string>, bodyTimeout: number) => {
      const asked = new URL(url)
      for (const [name, value] of Object.entries(parameters)) asked.searchParams.set(name, value)
      const token = await cluster.token()
      const { statusCode, body } = await request(asked, {
        dispatcher: agent,
        signal,
        headersTimeout: TIMEOUT_MS,
        bodyTimeout,
        headers: {
          accept: 'application/json',
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        },
      })
      if (statusCode === 200) return body
      await body.dump()
      if (statusCode === GONE) return null
      throw refusal(statusCode, config)
    }
    try {
      while (!signal.aborted) {
        const slices = new Map<string, Slice>()
        let version = ''
        let page: string | undefined
        do {
          const body = await ask(
            { limit: String(PAGE), ...(page === undefined ? {} : { continue: page }) },
            TIMEOUT_MS,
          )
          if (body === null) {
            // The list changed too much while it was read: from its beginning again.
            slices.clear()
            page = undefined
            version = ''
            continue
          }
          const list = sliceList.parse(await readJson(body))
          for (const one of list.items) slices.set(one.metadata.name, one)
          version = list.metadata.resourceVersion
          page = list.metadata.continue === '' ? undefined : list.metadata.continue
        } while (version === '' || page !== undefined)
        yield endpointsOf(slices, config)
        for (let isKnown = true; isKnown;) {
          const body = await ask(
            {
              watch: 'true',
              resourceVersion: version,
              allowWatchBookmarks: 'true',
              timeoutSeconds: String(WATCH_SECONDS),
            },
            (WATCH_SECONDS + 30) * 1000,
          )
          if (body === null) break
          for await (const line of jsonLines(body)) {
            const { type, object } = watchEvent.parse(line)
            if (type === 'ERROR') {
              const { code, message } = status.parse(object)
              if (code !== GONE) throw new Error(`The watch ended: ${message ?? code ?? 'no reason given'}`)
              isKnown = false
              break
            }
            version = versioned.parse(object).metadata.resourceVersion
            if (type === 'BOOKMARK') continue
            const changed = slice.parse(object)
            if (type === 'DELETED') slices.delete(changed.metadata.name)
            else slices.set(changed.metadata.name, changed)
            yield endpointsOf(slices, config)
          }
        }
      }
    } finally {
      await agent.destroy()
    }
  }
}

function endpointsOf(slices: ReadonlyMap<string, Slice>, { port }: DiscoverOf<'kubernetes'>): FoundAddress[] {
  const found = new Map<string, FoundAddress>()
  for (const { endpoints, ports } of slices.values()) {
    const named = (ports ?? []).find((one) => port === null || one.port === port || one.name === port)
    const number = named?.port
    if (number === undefined || number === null) continue
    for (const { addresses, conditions, zone } of endpoints ?? []) {
      // "nil should be interpreted as true" (EndpointConditions). A terminating one is not ready.
      if (conditions?.ready === false) continue
      const address = addresses[0] ?? ''
      found.set(`${address} ${number}`, { address, port: number, ...(zone ? { zone } : {}) })
    }
  }
  return [...found.values()]
}

async function clusterOf(
  { server, token, ca }: DiscoverOf<'kubernetes'>,
  readSecret: ReadSecret,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<Cluster> {
  if (server !== null) {
    return {
      server,
      token: async () => (token === null ? null : readSecret(token)),
      ca: ca === null ? null : await readSecret(ca),
    }
  }
  const host = environment['KUBERNETES_SERVICE_HOST']
  const port = environment['KUBERNETES_SERVICE_PORT'] ?? '443'
  if (host === undefined) {
    throw new HeavyliftError({
      code: 'kubernetes-not-inside',
      message:
        'This process runs in no Kubernetes pod (KUBERNETES_SERVICE_HOST is not set). Name the API server in "server", with "token" and "ca".',
    })
  }
  return {
    server: `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    // Read each time: the kubelet replaces it every hour.
    token: async () => (await readFile(`${folder}/token`, 'utf8')).trim(),
    ca: await readFile(`${folder}/ca.crt`, 'utf8'),
  }
}

function refusal(statusCode: number, { namespace, service }: DiscoverOf<'kubernetes'>): HeavyliftError {
  const advice =
    statusCode === 401 || statusCode === 403
      ? ` Let the account list and watch endpointslices (discovery.k8s.io) in namespace "${namespace}".`
      : ''
  return new HeavyliftError({
    code: 'kubernetes-refused',
    message: `The Kubernetes API answered ${statusCode} for the endpoints of ${namespace}/${service}.${advice}`,
  })
}
