import { median } from '@heavylift/core/math'

/** How a model did on tasks whose answer is known. `medianMs`: of one; null where it was given up before it did any. */
export interface ExamResult {
  right: number
  asked: number
  medianMs: number | null
}

/** A model that does less than this share of an examination's tasks rightly does worse than the shop's own rules. */
const passMark = 0.8

/**
 * Sets a model the tasks of each part, until too many of a part were done wrongly. It passes where each part was done; a part without
 * any task is not. `times`: what the tasks of the last part took.
 */
export async function examine<Task>(
  parts: readonly (readonly Task[])[],
  isDoneRightly: (task: Task) => Promise<boolean>,
): Promise<{ hasPassed: boolean; result: ExamResult; times: number[] }> {
  let times: number[] = []
  let right = 0
  let asked = 0
  const result = () => ({ right, asked, medianMs: times.length > 0 ? median(times) : null })
  for (const tasks of parts) {
    times = []
    let wrong = 0
    for (const task of tasks) {
      const began = performance.now()
      const isRight = await isDoneRightly(task)
      times.push(performance.now() - began)
      asked++
      if (isRight) right++
      else wrong++
      if (wrong > tasks.length * (1 - passMark)) return { hasPassed: false, result: result(), times }
    }
    if (tasks.length === 0) return { hasPassed: false, result: result(), times }
  }
  return { hasPassed: parts.length > 0, result: result(), times }
}
