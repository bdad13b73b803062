import { availableParallelism, hostname } from 'node:os'
import type { JobExecutor } from '../job-executor.ts'
import { LocalExecutor } from './local-executor.ts'

export interface LocalExecutorOptions {
  /** Threads. Default: as many as the machine runs at once. */
  workers?: number
  /** How long an input may go on after a cancel or close before its thread is ended. Default 5 s. */
  stopGraceMs?: number
  /** What this machine is called in the reasons of failed attempts. Default: its host name. */
  node?: string
  /** Who started it, for those who look at its jobs. Default `process`. */
  origin?: string
}

/** Runs jobs on worker threads of this process. They are started as they are needed. */
export function openLocalExecutor(options: LocalExecutorOptions = {}): JobExecutor {
  return new LocalExecutor({
    workers: options.workers ?? availableParallelism(),
    stopGraceMs: options.stopGraceMs ?? 5000,
    node: options.node ?? hostname(),
    origin: options.origin ?? 'process',
    role: 'local',
  })
}
