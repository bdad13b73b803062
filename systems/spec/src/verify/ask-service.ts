import { lookup } from 'node:dns/promises'
import { InvalidInputError } from '@heavylift/core'
import type { ReportProgress } from '@heavylift/core'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import type { Fact } from '../facts/fact.ts'
import type { Observation } from './observation.ts'
import { safeRequests } from './verify.ts'

/** What a host that is not this machine serves, with any text, so that it may be asked. */
const consentPath = '/.well-known/heavylift-verify-consent'

/**
 * Sends the safe requests of a spec to a running service, one after the other; redirects are not followed.
 * @throws InvalidInputError `service-invalid`, `service-not-consented`, `service-not-there`
 */
export async function askService(
  url: string,
  facts: readonly Fact[],
  report: ReportProgress,
  signal: AbortSignal,
): Promise<Observation[]> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new InvalidInputError({ code: 'service-invalid', message: `"${url}" is no http address.` })
  const base = new URL(url)
  const addresses = await lookup(base.hostname.replaceAll(/^\[|\]$/g, ''), { all: true }).catch(() => [])
  const isOwn = addresses.length > 0 && addresses.every(({ address }) => /^(?:127\.|::1$)/.test(address))
  const fetchSafely = createSafeFetch({
    ports: [Number(base.port) || (base.protocol === 'https:' ? 443 : 80)],
    maxRedirects: 0,
    ...(isOwn && { allowNetworks: ['127.0.0.0/8', '::1/128'] }),
  })
  const ask = async (path: string) => (await fetchSafely(new URL(path, base).href, { signal })).status
  if (!isOwn && (await ask(consentPath).catch(() => 0)) !== 200)
    throw new InvalidInputError({
      code: 'service-not-consented',
      message: `${base.host} is not this machine. It must serve ${consentPath} to be asked.`,
    })
  const requests = safeRequests(facts)
  const seen: Observation[] = []
  const prefix = base.pathname.replace(/\/$/, '')
  for (const [done, { path }] of requests.entries()) {
    report({ stage: 'asking', done, total: requests.length, unit: 'requests' })
    const status = await ask(prefix + path).catch((cause: unknown) => {
      throw new InvalidInputError({
        code: 'service-not-there',
        message: `${base.host} did not answer GET ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
        cause,
      })
    })
    seen.push({ method: 'GET', path, status })
  }
  return seen
}
