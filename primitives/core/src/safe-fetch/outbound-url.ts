import { OutboundError } from './outbound-error.ts'

/**
 * Parses an address to fetch. The URL standard's parser turns every way to write an IPv4 host (decimal, octal, hex,
 * short, full-width digits) into dotted decimal and names into their ASCII form, so what is checked later is what is
 * connected to. Throws `outbound-url-refused` or `outbound-port-refused`.
 */
export function parseOutboundUrl(text: string, ports: readonly number[], base?: URL): URL {
  const url = URL.parse(text, base)
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new OutboundError('outbound-url-refused', 'Only http and https addresses can be fetched.')
  }
  if (url.username !== '' || url.password !== '') {
    throw new OutboundError(
      'outbound-url-refused',
      'An address to fetch must not hold a user name or password.',
    )
  }
  if (url.hostname === '') throw new OutboundError('outbound-url-refused', 'The address has no host.')
  if (!ports.includes(readPort(url))) {
    throw new OutboundError(
      'outbound-port-refused',
      `Port ${readPort(url)} may not be fetched from; allowed: ${ports.join(', ')}.`,
    )
  }
  url.hash = ''
  return url
}

export function readPort(url: URL): number {
  if (url.port !== '') return Number(url.port)
  return url.protocol === 'https:' ? 443 : 80
}

/** The host without the brackets of an IPv6 address. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1')
}
