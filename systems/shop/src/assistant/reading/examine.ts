import { median } from '@heavylift/core/math'
import type { ModelWorth } from '../model-worth.ts'
import type { AskOptions } from './ask-for-json.ts'

/** A part that a model may play once it passed an examination. */
export interface ModelRoleOptions extends AskOptions {
  worth: ModelWorth
  /** Ends examinations that nobody waits for. */
  stopping: AbortSignal
  /** Told what an examination came to. */
  onExam?: (result: ExamResult) => void
}

/** How a model did on tasks whose answer is known. `medianMs`: of one; null where it was given up before it did any. */
export interface ExamResult {
  right: number
  asked: number
  medianMs: number | null
}

/** A model that does less than this share of an examination's tasks rightly does worse than the shop's own rules. */
const passMark = 0.8

/** Sets a model the tasks, until too many were done wrongly, and reports what it came to. Without any task nothing is known: it is not passed. */
export async function examine<Task>(
  { model, worth, log, stopping, onExam }: ModelRoleOptions,
  tasks: readonly Task[],
  isDoneRightly: (task: Task, leaving: AbortSignal) => Promise<boolean>,
): Promise<void> {
  const mostWrong = Math.floor(tasks.length * (1 - passMark))
  const times: number[] = []
  let right = 0
  let asked = 0
  try {
    for (const task of tasks) {
      const began = performance.now()
      const isRight = await isDoneRightly(task, stopping)
      times.push(performance.now() - began)
      asked++
      if (isRight) right++
      if (asked - right > mostWrong) break
    }
  } catch (error) {
    if (!stopping.aborted) log.warn({ err: error }, 'a model was examined')
  } finally {
    const hasPassed = asked === tasks.length && asked > 0 && asked - right <= mostWrong
    const medianMs = times.length > 0 ? median(times) : null
    onExam?.({ right, asked, medianMs })
    worth.report(model.name, { firstSentenceMs: hasPassed ? medianMs : null, kept: right })
  }
}
