export type Priority = 'interactive' | 'batch'

export interface AdmitRequest {
  tenantId: string
  priority: Priority
  /** Share of the queue under load. */
  weight: number
  /** Prompt and expected output; what the queue counts as this request's size. */
  tokens: number
  signal: AbortSignal
}

/** A bounded queue in front of one model. Interactive goes before batch; within a class tenants take fair turns by weight. */
export interface RequestQueue {
  /**
   * Calls `start` at once when nothing waits, and returns what it returned (no promise in the common case). When that is
   * null (no room) or others wait, the request waits; `start` is called again when it is its turn and `wake` says that
   * there may be room. Rejects with `ShedError`: `queue-full`, `queue-timeout`; or with the signal's reason.
   */
  enter<Started extends object>(
    request: AdmitRequest,
    start: () => Started | null,
  ): Started | Promise<Started>
  /** Call whenever room may have appeared: a request ended, a replica came back. Cheap when nothing waits. */
  wake(): void
  readonly waiting: number
}
