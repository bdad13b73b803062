import { HeavyliftError } from '@heavylift/core'

export const unauthorized = (code: string, message: string) =>
  new HeavyliftError({ code, message, status: 401 })

export const forbidden = (code: string, message: string) => new HeavyliftError({ code, message, status: 403 })

export const bodyTooLarge = (maxBytes: number) =>
  new HeavyliftError({
    code: 'body-too-large',
    message: `The body is larger than the ${maxBytes} bytes that this route accepts. Send less at once.`,
    status: 413,
    details: { maxBytes },
  })

export const bodyTooSlow = (idleMs: number) =>
  new HeavyliftError({
    code: 'body-too-slow',
    message: `No byte of the body came for ${idleMs} ms. Send the request again.`,
    status: 408,
    isRetryable: true,
  })
