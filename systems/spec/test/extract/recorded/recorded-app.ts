/** A small service, and what the real framework answered when it was run and asked in every way that its code tells apart. */
export interface RecordedApp {
  /** The framework with its version. */
  framework: string
  files: Record<string, string>
  /** All statuses of each operation that were seen, but 500 of what nothing takes. */
  answers: Record<string, number[]>
}
