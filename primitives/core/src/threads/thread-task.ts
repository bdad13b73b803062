import type { ProgressUpdate, ReportProgress } from '../progress.ts'

/** What a thread is to do: an exported function of a module. */
export interface ThreadTask {
  /** Address of the module, e.g. `import.meta.url` of the file that exports it. */
  module: string
  export: string
}

export type ThreadPart = Uint8Array<ArrayBuffer>

/**
 * The function of a task. It gives bytes in parts, each when the one before has been taken; a part owns its memory and is handed over without a
 * copy. What it throws reaches the caller: a `HeavyliftError` with code, status and details, anything else as a defect.
 */
export type ThreadFunction<Input> = (
  input: Input,
  report: ReportProgress,
) => Iterable<ThreadPart> | AsyncIterable<ThreadPart>

/** Sent to a thread: a task when it has none, then `more` for each part, the first included. */
export type ThreadRequest = { type: 'begin'; task: ThreadTask; input: unknown } | { type: 'more' }

/** Sent by a thread; the last three end the task. */
export type ThreadMessage =
  | { type: 'progress'; progress: ProgressUpdate }
  | { type: 'part'; part: ThreadPart }
  | { type: 'done' }
  | {
      type: 'refused'
      code: string
      message: string
      status: number
      isRetryable: boolean
      details: unknown
    }
  | { type: 'failed'; message: string; stack: string }
