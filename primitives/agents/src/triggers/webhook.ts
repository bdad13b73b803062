import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { HeavyliftError, InvalidInputError } from '@heavylift/core'

/** What was signed longer ago, or so far ahead, is refused: it may be a replay. */
const toleranceSeconds = 5 * 60
const prefix = 'whsec_'

/** A secret of 24 random bytes, as the Standard Webhooks libraries take it. */
export function newWebhookSecret(): string {
  return prefix + randomBytes(24).toString('base64')
}

export interface WebhookMessage {
  /** The sender's id of the message; the same for each time it is sent. */
  id: string
  /** The body as JSON. */
  data: unknown
}

/**
 * The message of a request that is signed with the secret (Standard Webhooks 1.0, symmetric signatures): `webhook-id`, `webhook-timestamp`, and in
 * `webhook-signature` one or more of `v1,<base64 of HMAC-SHA256 over id.timestamp.body>`.
 * @throws HeavyliftError `webhook-signature-wrong` or `webhook-too-old` (401); InvalidInputError `webhook-body-wrong`
 */
export function readWebhook(
  secret: string,
  headers: Pick<Headers, 'get'>,
  body: Uint8Array,
  nowMs: number,
): WebhookMessage {
  const id = headers.get('webhook-id') ?? ''
  const timestamp = headers.get('webhook-timestamp') ?? ''
  const given = headers.get('webhook-signature') ?? ''
  if (!/^[\x21-\x7e]{1,256}$/.test(id) || !/^\d{1,12}$/.test(timestamp))
    throw unsigned('The headers webhook-id and webhook-timestamp are missing or no such.')
  const expected = signature(secret, id, timestamp, body)
  const isSigned = given.split(' ').some((each) => {
    const found = Buffer.from(each.replace(/^v1,/, ''), 'base64')
    return each.startsWith('v1,') && found.length === expected.length && timingSafeEqual(found, expected)
  })
  if (!isSigned) throw unsigned('The signature does not fit this body. Sign with the secret of this webhook.')
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > toleranceSeconds)
    throw new HeavyliftError({
      code: 'webhook-too-old',
      status: 401,
      message: `The message was signed more than ${toleranceSeconds / 60} minutes from now. Send it with a fresh timestamp; look at the sender's clock.`,
    })
  try {
    return {
      id,
      data: body.length === 0 ? null : JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)),
    }
  } catch (cause) {
    throw new InvalidInputError({ code: 'webhook-body-wrong', message: 'The body is no JSON.', cause })
  }
}

/** The header that a sender writes; for tests and for people who try a webhook. */
export function signWebhook(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  return `v1,${signature(secret, id, timestamp, body).toString('base64')}`
}

function signature(secret: string, id: string, timestamp: string, body: Uint8Array): Buffer {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
}

function unsigned(message: string): HeavyliftError {
  return new HeavyliftError({ code: 'webhook-signature-wrong', status: 401, message })
}
