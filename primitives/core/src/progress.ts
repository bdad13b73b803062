/** One report of a long task; the CLI draws it as a bar, the console receives it over SSE. */
export interface ProgressUpdate {
  /** What is being done now, e.g. `indexing`. */
  stage: string
  done: number
  /** Absent while the amount is unknown. */
  total?: number
  /** What is counted: `rows`, `bytes`, `queries`. */
  unit: string
  message?: string
}

export type ReportProgress = (update: ProgressUpdate) => void
