import { HeavyliftError } from '../errors.ts'

/** Why a call to the outside was refused or failed. */
export type OutboundErrorCode =
  /** Not an http(s) address, or with a user name or password in it. */
  | 'outbound-url-refused'
  /** A port that is not on the list. */
  | 'outbound-port-refused'
  /** The name does not resolve. */
  | 'outbound-name-unknown'
  /** The name resolves to an address that is not public. */
  | 'outbound-address-refused'
  /** A header that the caller may not set. */
  | 'outbound-header-refused'
  /** No connection, or it broke. */
  | 'outbound-failed'
  /** Too long in all, or too long silent. */
  | 'outbound-timeout'
  /** More bytes than allowed, before or after decompression. */
  | 'outbound-too-large'
  /** A type of content that was not asked for. */
  | 'outbound-content-type'
  /** An encoding that is not known, or broken compressed data. */
  | 'outbound-encoding'
  /** Too many redirects, one of a write, or from https to http. */
  | 'outbound-redirect-refused'

const statuses: Partial<Record<OutboundErrorCode, number>> = {
  'outbound-timeout': 504,
  'outbound-failed': 502,
  'outbound-name-unknown': 502,
  'outbound-too-large': 502,
  'outbound-content-type': 502,
  'outbound-encoding': 502,
}

const retryable: readonly OutboundErrorCode[] = [
  'outbound-timeout',
  'outbound-failed',
  'outbound-name-unknown',
]

/** A call to the outside that did not end in an answer. The message never names an inner address. */
export class OutboundError extends HeavyliftError {
  constructor(code: OutboundErrorCode, message: string, cause?: unknown) {
    super({
      code,
      message,
      status: statuses[code] ?? 422,
      isRetryable: retryable.includes(code),
      ...(cause === undefined ? {} : { cause }),
    })
  }
}
