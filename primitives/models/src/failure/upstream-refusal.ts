import type { WireError } from '../wire/codec.ts'

/** A chat server's refusal of a request, from what it answered: OpenAI's error object, or anything else. */
export function upstreamRefusal(status: number, body: string): WireError {
  const { error } = parseObject(body) ?? {}
  const { message, code, type, param } = (typeof error === 'object' && error !== null ? error : {}) as Record<
    string,
    unknown
  >
  return {
    status,
    code: [code, type].find((value) => typeof value === 'string') ?? 'model-rejected',
    message: typeof message === 'string' ? message : `The model refused the request with status ${status}.`,
    ...(typeof param === 'string' ? { param } : {}),
  }
}

export function isJsonObject(text: string): boolean {
  return parseObject(text) !== null
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
  } catch {
    return null
  }
}
