import { createHmac, timingSafeEqual } from 'node:crypto'

const pattern = /^heavylift-consent v1 host=([^\s]{1,300}) until=(\d{4}-\d{2}-\d{2}) mac=([0-9a-f]{64})$/

const macOf = (secret: string, authority: string, until: string) =>
  createHmac('sha256', secret).update(`v1\n${authority.toLowerCase()}\n${until}`).digest()

/**
 * What a host serves so that this installation may load it and put faults to it: for this host and port only, and to the end of a day (UTC). Whoever
 * reads it can make no other from it, as the secret is not in it.
 * @param authority host and port as the Host header has them
 * @param until `YYYY-MM-DD`
 */
export function consentLine(secret: string, authority: string, until: string): string {
  return `heavylift-consent v1 host=${authority.toLowerCase()} until=${until} mac=${macOf(secret, authority, until).toString('hex')}`
}

/** Whether what a host served is a consent to this installation, for that host, that has not run out. */
export function isConsent(said: string, secret: string, authority: string, nowMs: number): boolean {
  const found = pattern.exec(said.trim())
  if (found === null) return false
  const [, host = '', until = '', mac = ''] = found
  if (host !== authority.toLowerCase() || new Date(nowMs).toISOString().slice(0, 10) > until) return false
  return timingSafeEqual(Buffer.from(mac, 'hex'), macOf(secret, authority, until))
}
