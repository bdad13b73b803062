const timeoutMs = 10_000

/** Requests that an engine answers, and those that wait. */
export interface EngineHealth {
  running: number
  waiting: number
}

/** What the engine at this base address says of itself; null when it does not answer within ten seconds. */
export async function askHealth(url: string | null): Promise<EngineHealth | null> {
  if (url === null) return null
  try {
    const answer = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(timeoutMs) })
    return answer.ok ? ((await answer.json()) as EngineHealth) : null
  } catch {
    return null
  }
}
