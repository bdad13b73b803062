/** The part of compatcanary that is used here; the package has no types of its own. */
declare module 'compatcanary' {
  export function scanEndpoint(options: {
    baseUrl: string
    model: string
    timeoutMs?: number
    profile?: 'modern' | 'chat'
  }): Promise<{ results: { name: string; status: 'pass' | 'warn' | 'fail'; summary: string }[] }>
}
