export { ThreadPool } from './thread-pool.ts'
export type { ThreadFunction, ThreadPart, ThreadTask } from './thread-task.ts'
