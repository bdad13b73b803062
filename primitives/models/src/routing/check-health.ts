import { request } from 'undici'
import type { HealthTarget } from './active-health-checks.ts'

/** Whether a GET of the address is answered within `timeoutMs` with a status that says that it is well. Never rejects. */
export async function checkHealth(
  { url, dispatcher = null, headers, isWell = isOk }: HealthTarget,
  timeoutMs: number,
): Promise<boolean> {
  try {
    const signal = AbortSignal.timeout(timeoutMs)
    const { statusCode, body } = await request(url, {
      signal,
      headers: (await headers?.()) ?? {},
      ...(dispatcher && { dispatcher }),
    })
    await body.dump()
    return isWell(statusCode)
  } catch {
    return false
  }
}

function isOk(status: number): boolean {
  return status >= 200 && status < 300
}
