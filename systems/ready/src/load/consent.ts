import { isIP } from 'node:net'
import { createSafeFetch } from '@heavylift/core/safe-fetch'
import { consentPath } from './target.ts'
import type { AskConsent } from './target.ts'

const mostBytes = 1024

/**
 * Asks the very address that would be loaded: its name is not looked up again, and nothing is followed.
 * @param allowNetworks networks (CIDR) that are not public and may be asked
 */
export function askByFetch(allowNetworks: readonly string[]): AskConsent {
  return async ({ protocol, authority, host, port }) => {
    const fetchSafely = createSafeFetch({
      maxBytes: mostBytes,
      maxRedirects: 0,
      ports: [port],
      allowNetworks,
      resolve: () => Promise.resolve([{ address: host, family: isIP(host) }]),
    })
    try {
      const answer = await fetchSafely(`${protocol}//${authority}${consentPath}`)
      return answer.status === 200 ? answer.text() : null
    } catch {
      return null
    }
  }
}
