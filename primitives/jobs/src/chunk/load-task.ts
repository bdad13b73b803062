import { HeavyliftError } from '@heavylift/core'
import type { TaskFunction, TaskReference } from '../task/task.ts'

/** The task's module cannot be imported, or exports no function of that name. */
export class TaskNotLoadableError extends HeavyliftError {
  constructor(message: string, cause?: unknown) {
    super({ code: 'job-task-not-loadable', message, cause })
  }
}

/** Imports a task. Modules are kept by Node, so the second call is cheap. Throws a `TaskNotLoadableError`. */
export async function loadTask(reference: TaskReference): Promise<TaskFunction<unknown, unknown>> {
  let exports: Record<string, unknown>
  try {
    exports = (await import(reference.module)) as Record<string, unknown>
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new TaskNotLoadableError(`The task's module ${reference.module} cannot be loaded: ${reason}`, error)
  }
  const task = exports[reference.export]
  if (typeof task !== 'function') {
    throw new TaskNotLoadableError(`${reference.module} exports no function named ${reference.export}.`)
  }
  return task as TaskFunction<unknown, unknown>
}
