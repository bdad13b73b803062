import type { TaskReference } from '../src/task/task.ts'
import type { TestInput } from './test-tasks.ts'

export const computeTask: TaskReference = {
  module: new URL('./test-tasks.ts', import.meta.url).href,
  export: 'compute',
}

export function numbers(count: number, extra: (x: number) => Partial<TestInput> = () => ({})): TestInput[] {
  return Array.from({ length: count }, (_, x) => ({ x, ...extra(x) }))
}
