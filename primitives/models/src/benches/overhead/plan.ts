/** How the upstream answers. It stands in the first part of a request's path, so that every gateway can be told by an address. */
export interface AnswerPlan {
  /** Before the first byte. */
  delayMs: number
  /** Of a stream; a whole answer comes at once after `delayMs`. */
  chunks: number
  everyMs: number
  /** Other than 200: every answer is an error, in one piece. */
  status?: number
}

/** Answers at once, for the cost in CPU: 64 such streams are 6,400 chunks a second. */
export const busyPlan: AnswerPlan = { delayMs: 0, chunks: 200, everyMs: 10 }
/** Answers like a quick model, for latency. A stream takes five seconds. */
export const calmPlan: AnswerPlan = { delayMs: 20, chunks: 50, everyMs: 100 }

export const pathOfPlan = ({ delayMs, chunks, everyMs, status = 200 }: AnswerPlan): string =>
  `/${delayMs}-${chunks}-${everyMs}-${status}/v1`

export function planOfPath(path: string): AnswerPlan {
  const [delayMs = 0, chunks = 1, everyMs = 0, status = 200] = (path.split('/')[1] ?? '')
    .split('-')
    .map(Number)
  return { delayMs, chunks, everyMs, status }
}

/** Stands in the text of every chunk, so that a client can count what arrived. */
export const chunkMark = ' mark'

/** Two addresses of one server, so that there is something to choose between. */
export const planAddresses = (upstream: string, plan: AnswerPlan): string[] => {
  const [, part = ''] = pathOfPlan(plan).split('/')
  return ['a', 'b'].map((replica) => `${upstream}/${part}/${replica}/v1`)
}
